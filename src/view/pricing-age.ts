import { html, nothing, type TemplateResult } from 'lit';
import { formatPlural } from './format.js';
import { renderMark } from './mark.js';

const DAY_MS = 86_400_000;

/** After so many days a list of prices is worth a look: providers change them about that often. */
const STALE_DAYS = 30;

/** `today`, `41 days`, `4 months`, `2 years`: as old as a list is said to be. */
export function describeAge(days: number): string {
  if (days < 1) return 'today';
  if (days < 61) return formatPlural(days, 'day');
  const months = Math.floor(days / 30.44);
  return months < 24 ? formatPlural(months, 'month') : formatPlural(Math.floor(days / 365.25), 'year');
}

const daysSince = (time: number, now: number): number => Math.max(0, Math.floor((now - time) / DAY_MS));

/** `List shipped with the daemon: 13 July 2026, 4 months old`. A text that is no date is shown as it is. */
export function describeBundled(date: string, now: number): string {
  const at = new Date(`${date}T00:00:00Z`).getTime();
  if (Number.isNaN(at)) return `List shipped with the daemon: ${date}`;
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
  const age = describeAge(daysSince(at, now));
  return `List shipped with the daemon: ${day}, ${age === 'today' ? 'of today' : `${age} old`}`;
}

/** `last verified 41 days ago`, of the newest check of any rate. */
export function describeVerified(verified: string | null, now: number): string {
  if (verified === null) return 'no rate verified since';
  const age = describeAge(daysSince(Date.parse(verified), now));
  return `last verified ${age === 'today' ? age : `${age} ago`}`;
}

interface Ages {
  readonly bundledDate: string | null;
  readonly rates: readonly { readonly lastVerifiedAt: string | null }[];
}

/** How old the list is and when it was last looked at; where that is long ago, a mark, and what to do once it is asked for. */
export function renderAges(
  { bundledDate, rates }: Ages,
  now: number,
  help: { readonly content: unknown; readonly load: () => unknown },
): TemplateResult | typeof nothing {
  if (bundledDate === null && rates.length === 0) return nothing;
  const verified = rates.map(({ lastVerifiedAt }) => lastVerifiedAt).filter((at) => at !== null);
  const newest = verified.length === 0 ? null : verified.reduce((a, b) => (a > b ? a : b));
  const isOld = (time: number): boolean => daysSince(time, now) > STALE_DAYS;
  const isListOld = bundledDate !== null && isOld(new Date(`${bundledDate}T00:00:00Z`).getTime());
  const isCheckOld = newest !== null && isOld(Date.parse(newest));
  return html`<p class="note muted">
      ${
        bundledDate === null
          ? nothing
          : html`<span>${isListOld ? renderMark('warning') : nothing}${describeBundled(bundledDate, now)}</span>`
      }${bundledDate === null || rates.length === 0 ? nothing : ', '}${
        rates.length === 0
          ? nothing
          : html`<span
              >${isCheckOld ? renderMark('warning') : nothing}${bundledDate === null && newest === null ? 'no rate verified yet' : describeVerified(newest, now)}</span
            >`
      }.
    </p>
    ${
      isListOld || isCheckOld
        ? html`<details class="note" @toggle=${help.load}>
            <summary>Prices this old may have changed. How to get newer ones</summary>
            ${help.content}
          </details>`
        : nothing
    }`;
}
