import { html, nothing, type TemplateResult } from 'lit';
import type { WireBody } from '../api/body.js';
import type { CamelCased } from '../api/camel-case.js';
import type { BodyMeta } from '../bodies/worker/protocol.js';
import { renderSize } from './body-words.js';
import { formatTenths } from './format.js';

export type Body = CamelCased<WireBody>;

/** One side of one call, ready to be drawn. */
export interface Pane {
  readonly letter: string;
  readonly sideName: 'request' | 'response';
  readonly side: Body['request'] | Body['response'];
  /** `Request of A` */
  readonly label: string;
}

interface BarParts {
  /** Null: nothing was read of it yet. */
  readonly meta: BodyMeta | null;
  readonly marks: unknown;
  readonly copies: unknown;
}

interface PaneParts extends BarParts {
  readonly content: unknown;
}

/** Frame of one body: its bar, and below what there is of it. */
export function renderPane(pane: Pane, parts: PaneParts): TemplateResult {
  return html`<section
    part="pane"
    class="pane ${pane.sideName} place-${pane.letter.toLowerCase()}"
    aria-label=${pane.label}
  >
    ${renderBarLine(pane, parts)} ${parts.content}
  </section>`;
}

/** The bar alone, of a body that is drawn elsewhere. */
export function renderBar(pane: Pane, parts: BarParts): TemplateResult {
  const { sideName, letter, label } = pane;
  return html`<section part="pane" class="pane ${sideName} place-${letter.toLowerCase()}" aria-label=${label}>
    ${renderBarLine(pane, parts)}
  </section>`;
}

function renderBarLine({ letter, sideName, side }: Pane, { meta, marks, copies }: BarParts): TemplateResult {
  return html`<div class="bar" part="bar">
    <span class="letter" aria-hidden="true">${letter}</span>
    <h3>${sideName === 'request' ? 'Request' : 'Response'}</h3>
    ${renderSize(side)} ${side.contentType === null ? nothing : html`<span>${side.contentType}</span>`}
    ${meta === null || meta.isRead ? nothing : renderProgress(meta)}
    <span class="bar-tools">${marks}${copies}</span>
  </div>`;
}

const MEGABYTE = 1_000_000;

function renderProgress({ bytes, totalBytes }: BodyMeta): TemplateResult {
  const read = formatTenths(bytes / MEGABYTE);
  return html`<span role="status"
    >${totalBytes === null ? `${read} MB read` : `${read} of ${formatTenths(totalBytes / MEGABYTE)} MB read`}</span
  >`;
}
