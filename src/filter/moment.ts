import { isDay, localToInstant } from './local-time.js';

/** Days and instants as the filter's language writes them, and which of two comes first. */

const INSTANT =
  /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/** A day or an instant as the contract takes it; null where the text is neither. */
export function readMoment(text: string, timeZone: string): string | null {
  if (isDay(text)) return text;
  const day = INSTANT.exec(text)?.[1];
  if (day !== undefined) return isDay(day) ? text : null;
  return localToInstant(text, timeZone);
}

/** Whether `until`, whose day counts to its end, comes before `since`. */
export function isAfter(since: string, until: string, timeZone: string): boolean {
  if (isDay(since) && isDay(until)) return since > until;
  const startMs = Date.parse(isDay(since) ? (localToInstant(`${since}T00:00`, timeZone) ?? `${since}T00:00Z`) : since);
  const nextDayMs = isDay(until) ? Date.parse(`${until}T00:00Z`) + 86_400_000 : 0;
  const nextDay = new Date(nextDayMs).toISOString().slice(0, 10);
  const endMs = Date.parse(
    isDay(until) ? (localToInstant(`${nextDay}T00:00`, timeZone) ?? `${nextDay}T00:00Z`) : until,
  );
  return startMs > endMs;
}

/** Why a value of `on`, `since` or `until` is no time. */
export function describeNoMoment(name: string, value: string, timeZone: string): string {
  if (name === 'on') return `“${value}” is not a day. Write 2026-11-24.`;
  if (/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/.test(value) && isDay(value.slice(0, 10))) {
    return `“${value}” does not exist in ${timeZone}: clocks skip it.`;
  }
  return `“${value}” is not a day or time. Write 2026-11-24 or 2026-11-24T14:00.`;
}
