import { html, nothing, type TemplateResult } from 'lit';
import type { BodyMeta } from '../bodies/worker/protocol.js';
import { renderMarked } from './body-marked.js';
import type { Pane } from './body-pane.js';
import { describeCut } from './body-words.js';
import { renderCallMark } from './call-mark.js';
import { formatCount } from './format.js';

/** A body of no characters, which is not the same as none. */
export function renderEmptyBody(side: Pane['side']): TemplateResult {
  return html`<div class="box">
    <p class="muted">Empty body: it was stored, with no character in it.</p>
    ${renderEnd(side, null)}
  </div>`;
}

/** How a body ends that is not whole, or is not what it seems to be. */
export function renderEnd(side: Pane['side'], meta: BodyMeta | null): unknown {
  const end = describeEnd(side);
  const fault = meta?.fault ?? null;
  const [, cut = '', rest] = /^(Cut here)?(.*)$/.exec(end ?? '')!;
  return html`${
    end === null
      ? nothing
      : html`<p class="end">${renderCallMark(side.truncated ? 'body-cut' : 'stream-cut')}<b>${cut}</b>${rest}</p>`
  }${
    fault === null
      ? nothing
      : html`<p class="end">
          ${renderCallMark('warning')}<b>Not JSON</b> from line ${formatCount(fault.line)}, column
          ${formatCount(fault.column)}: expected ${fault.expected},
          ${fault.found === null ? 'but the text ends there' : html`found <code>${renderMarked(fault.found)}</code>`}.
        </p>`
  }`;
}

/** How a body that is not whole ends; null for a whole one. */
function describeEnd(side: Pane['side']): string | null {
  if (side.truncated) {
    const stored = describeCut(side).replace(/ stored$/, '');
    return side.storedBytes === null
      ? 'Cut here. The rest was never kept.'
      : `Cut here: ${stored} stored. The rest was never kept.`;
  }
  return 'incomplete' in side && side.incomplete ? 'The stream ended before its last event.' : null;
}
