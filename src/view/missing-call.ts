import { html, type TemplateResult } from 'lit';
import { renderEmpty } from './states.js';

/** There is no call of this id, and what the server said to that. */
export function renderMissing(id: string, reason: string): TemplateResult {
  return renderEmpty(
    html`There is no call <bdi>${id}</bdi>. It was removed from the database, or the link comes from another machine.`,
    html`<p class="muted">${reason}</p>`,
  );
}
