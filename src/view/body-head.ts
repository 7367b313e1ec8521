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

/** Beside the title: what one call is, or how several belong together, and how many more are chosen. */
export function describeContext(shown: readonly Shown[], chosen: number, timeZone: string): string {
  const calls = shown.flatMap(({ found }) => found.data?.call ?? []);
  const [a] = calls;
  const left = chosen - shown.length;
  const more = left > 0 ? [`${formatPlural(left, 'more chosen call')} not shown`] : [];
  if (a === undefined || calls.length < shown.length) return more.join('');
  if (shown.length === 1) {
    const time = `${formatDay(a.requestedAt, timeZone)}, ${formatClock(a.requestedAt, timeZone)}`;
    return [a.project, a.model, time, ...more].filter((part) => part !== null).join(' · ');
  }
  const projects = [...new Set(calls.map(({ project }) => project))].join(', ');
  return [`${projects}, ${describeApart(calls)}`, ...more].join(' · ');
}

function describeApart(calls: readonly CallDetail[]): string {
  const times = calls.map(({ requestedAt }) => Date.parse(requestedAt));
  const ms = Math.max(...times) - Math.min(...times);
  return `${ms < 120_000 ? formatDuration(ms) : formatAge(ms)} apart`;
}

interface OfCall {
  readonly letter: string;
  /** Class of its column. */
  readonly place: string;
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
