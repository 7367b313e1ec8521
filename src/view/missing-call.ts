import { html, type TemplateResult } from 'lit';
import { renderEmpty } from './states.js';

/** There is no call of this id, and what the server said to that. */
export function renderMissing(id: string, reason: string): TemplateResult {
  return renderEmpty(
    `There is no call ${id}. It was removed from the database, or the link comes from another machine.`,
    html`<p class="muted">${reason}</p>`,
  );
}
