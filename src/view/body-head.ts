import { html, nothing, type TemplateResult } from 'lit';
import type { WireBody } from '../api/body.js';
import type { CamelCased } from '../api/camel-case.js';
import type { CallDetail } from './body-price.js';
import { describeRedactions } from './body-words.js';
import { formatPlural } from './format.js';
import { formatClock, formatInstant } from './time.js';

/** How many more calls are chosen than are shown; empty: none. */
export function describeLeft(left: number): string[] {
  return left > 0 ? [`${formatPlural(left, 'more chosen call')} not shown`] : [];
}

interface OfCall {
  readonly letter: string;
  readonly call: CallDetail;
  readonly body: CamelCased<WireBody> | null;
  readonly timeZone: string;
}

/** What holds for both bodies of a call. */
export function renderOfCall({ letter, call, body, timeZone }: OfCall): TemplateResult {
  const redactions = body === null ? null : describeRedactions(body.redactions);
  return html`<div class="of-call place-${letter.toLowerCase()}">
    <span class="letter">${letter}</span>
    <b title=${formatInstant(call.requestedAt, timeZone)}>${formatClock(call.requestedAt, timeZone)}</b>
    ${redactions === null ? nothing : html`<span>${redactions}</span>`}
    ${
      body === null || body.uploadedAt === null
        ? nothing
        : html`<span>sent to the vendor’s cloud ${formatInstant(body.uploadedAt, timeZone)}</span>`
    }
  </div>`;
}
