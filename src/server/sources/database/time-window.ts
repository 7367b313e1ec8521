import { Temporal } from 'temporal-polyfill';
import type { FilterQuery } from '../../../api/query.js';
import { QueryError } from '../../../api/query-error.js';
import { toStoredBound } from './stored-time.js';

/** Bounds in the form in which times are stored: `from` belongs to the window, `before` does not. */
export interface TimeWindow {
  readonly from: string | null;
  readonly before: string | null;
}

type WindowQuery = Pick<FilterQuery, 'since' | 'until' | 'last' | 'tz'>;

const DAY = /^\d{4}-\d\d-\d\d$/;
const UNIT_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

/** Milliseconds of a span: `30d`, `12h`, `45m`, `90s`. */
export const readSpanMs = (span: string): number => Number(span.slice(0, -1)) * UNIT_MS[span.slice(-1)]!;

/**
 * The window that `since`, `until`, `last` and `tz` ask for. A day begins at its first instant in `tz`, and `until`
 * takes a whole day in.
 * @throws QueryError for an impossible day or instant, and for `since` after `until`.
 */
export function readWindow(query: WindowQuery, nowMs: number): TimeWindow {
  if (query.last !== undefined) {
    const from = Temporal.Instant.fromEpochMilliseconds(nowMs - readSpanMs(query.last));
    return { from: toStoredBound(from), before: null };
  }
  const timeZone = query.tz ?? 'UTC';
  const since = query.since === undefined ? null : readBound('since', query.since, timeZone, 0);
  const until = query.until === undefined ? null : readBound('until', query.until, timeZone, 1);
  if (since !== null && until !== null && isAfter(query.since!, query.until!, since, until)) {
    throw new QueryError('since', `The parameter since, ${query.since!}, is after until, ${query.until!}.`);
  }
  return { from: since && toStoredBound(since), before: until && toStoredBound(until) };
}

/** The instant that a parameter names: itself, or the first one of its day, `daysLater` days later. */
export function readBound(name: string, value: string, timeZone: string, daysLater: 0 | 1): Temporal.Instant {
  try {
    if (!DAY.test(value)) return Temporal.Instant.from(value);
    return Temporal.PlainDate.from(value).add({ days: daysLater }).toZonedDateTime(timeZone).toInstant();
  } catch {
    throw new QueryError(name, `The parameter ${name}, "${value}", is no day or time that there is.`);
  }
}

function isAfter(since: string, until: string, from: Temporal.Instant, before: Temporal.Instant): boolean {
  if (DAY.test(since) && DAY.test(until)) return since > until;
  return Temporal.Instant.compare(from, before) > 0;
}
