import { html, nothing, type TemplateResult } from 'lit';
import type { EventLink } from '../bodies/streams/rebuilt-stream.js';
import type { EventRow } from '../bodies/worker/rows.js';
import { renderMarked } from './body-marked.js';
import { formatCount, formatPlural } from './format.js';

interface ShownEvent {
  readonly row: EventRow;
  /** As stored, as far as it is shown. */
  readonly written: string;
  readonly links: readonly EventLink[];
}

interface EventPlaceOptions {
  readonly goTo: (pointer: string) => void;
  readonly copy: (text: string) => void;
}

/** The chosen event as it was stored, and what it added to the rebuilt message. */
export function renderEventPlace({ row, written, links }: ShownEvent, options: EventPlaceOptions): TemplateResult {
  const text = written.replace(/\s+$/, '');
  return html`<div class="place">
    <div class="value" tabindex="0" role="group" aria-label="Event ${formatCount(row.index + 1)} as stored">
      <span class="words">${renderMarked(text)}</span>${
        row.end - row.start > written.length
          ? html`<span class="muted">… ${formatCount(row.end - row.start)} characters in all</span>`
          : nothing
      }
    </div>
    <span class="note">
      ${
        links.length === 0
          ? 'adds nothing to the message'
          : html`adds
            ${links.map(
              ({ pointer, range }, index) =>
                html`${index > 0 ? ', ' : ''}<button class="link" type="button" @click=${() => options.goTo(pointer)}>
                    ${range === null ? '' : `${formatPlural(range.end - range.start, 'character')} to\u00a0`}<code
                      >${renderMarked(pointer === '' ? 'the message' : pointer)}</code
                    >
                  </button>`,
            )}`
      }
    </span>
    <span class="copies"><button type="button" @click=${() => options.copy(text)}>Copy event</button></span>
  </div>`;
}
