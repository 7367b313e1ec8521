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
}

interface PaneParts {
  /** Null: nothing was read of it yet. */
  readonly meta: BodyMeta | null;
  /** Beside its size. */
  readonly tools: unknown;
  /** Nothing: it is drawn elsewhere. */
  readonly content: unknown;
}

const SIDE_NAMES = { request: 'Request', response: 'Response' } as const;

/** `Request of A` */
export function labelPane({ letter, sideName }: Pick<Pane, 'letter' | 'sideName'>): string {
  return `${SIDE_NAMES[sideName]} of ${letter}`;
}

/** Frame of one body: its bar, and below what there is of it. */
export function renderPane(pane: Pane, { meta, tools, content }: PaneParts): TemplateResult {
  const { letter, sideName, side } = pane;
  return html`<section part="pane" class="pane ${sideName} place-${letter.toLowerCase()}" aria-label=${labelPane(pane)}>
    <div class="bar" part="bar">
      <span class="letter" aria-hidden="true">${letter}</span>
      <h3>${SIDE_NAMES[sideName]}</h3>
      ${renderSize(side)} ${side.contentType === null ? nothing : html`<span>${side.contentType}</span>`}
      ${meta === null || meta.isRead ? nothing : renderProgress(meta)}
      <span class="bar-tools">${tools}</span>
    </div>
    ${content}
  </section>`;
}

const MEGABYTE = 1_000_000;

function renderProgress({ bytes, totalBytes }: BodyMeta): TemplateResult {
  const read = formatTenths(bytes / MEGABYTE);
  return html`<span role="status"
    >${totalBytes === null ? `${read} MB read` : `${read} of ${formatTenths(totalBytes / MEGABYTE)} MB read`}</span
  >`;
}
