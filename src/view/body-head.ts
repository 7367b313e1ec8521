import { html, nothing, type TemplateResult } from 'lit';
import type { WireBody } from '../api/body.js';
import type { CamelCased } from '../api/camel-case.js';
import type { CallDetail } from './body-price.js';
import { describeRedactions } from './body-words.js';
import { formatAge } from './age.js';
import { formatDuration, formatPlural } from './format.js';
import { formatClock, formatDay, formatInstant } from './time.js';

interface Shown {
  readonly found: { readonly data: { readonly call: CallDetail | null } | undefined };
}

/** Beside the title: what one call is, or how two belong together, and how many more are chosen. */
export function describeContext(shown: readonly Shown[], chosen: number, timeZone: string): string {
  const [a, b] = shown.map(({ found }) => found.data?.call ?? null);
  const left = chosen - shown.length;
  const more = left > 0 ? [`${formatPlural(left, 'more chosen call')} not shown`] : [];
  if (!a || b === null) return more.join('');
  if (b === undefined) {
    const time = `${formatDay(a.requestedAt, timeZone)}, ${formatClock(a.requestedAt, timeZone)}`;
    return [a.project, a.model, time, ...more].filter((part) => part !== null).join(' · ');
  }
  const projects = a.project === b.project ? a.project : `${a.project} and ${b.project}`;
  return [`${projects}, ${describeApart(a, b)}`, ...more].join(' · ');
}

function describeApart(a: CallDetail, b: CallDetail): string {
  const ms = Math.abs(Date.parse(b.requestedAt) - Date.parse(a.requestedAt));
  return `${ms < 120_000 ? formatDuration(ms) : formatAge(ms)} apart`;
}

interface OfCall {
  readonly letter: string;
  readonly place: 'a' | 'b';
  readonly call: CallDetail;
  readonly body: CamelCased<WireBody> | null;
  readonly timeZone: string;
}

/** What holds for both bodies of a call. */
export function renderOfCall({ letter, place, call, body, timeZone }: OfCall): TemplateResult {
  const redactions = body === null ? null : describeRedactions(body.redactions);
  return html`<div class="of-call ${place}">
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
