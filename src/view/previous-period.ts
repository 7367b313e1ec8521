import type { Filter } from '../api/filter.js';
import { formatDuration } from './format.js';
import { formatClock, formatDay, formatInstant } from './time.js';
import {
  DAY_MS,
  dayOf,
  findDayStart,
  findInstant,
  HOUR_MS,
  readWallClock,
  toDate,
  toDay,
} from '../filter/zone-time.js';

/** The stretch of time that a filter's own is compared with. */
export interface PreviousPeriod {
  /** First instant, RFC 3339. */
  readonly since: string;
  /** Instant before which it ends. */
  readonly until: string;
  /** In a few words: `1–24 Oct`, `the 7 days before`. */
  readonly label: string;
  /** Both borders in full. */
  readonly title: string;
}

const SPAN = /^([1-9]\d*)([dhm])$/;
const UNIT_MS: Readonly<Record<string, number>> = { d: DAY_MS, h: HOUR_MS, m: 60_000 };
const UNIT_WORDS: Readonly<Record<string, string>> = { d: 'day', h: 'hour', m: 'minute' };
const DAY = /^\d{4}-\d\d-\d\d$/;

interface Bounds {
  readonly sinceMs: number;
  readonly untilMs: number;
}

/**
 * The period of the same length directly before the filter's, and the same part of it where the filter's is not over yet:
 * for a month the month before, for days as many days before, else as long a time before. Null where the filter has no
 * beginning, where none of its time has passed, or where the period before begins before 1970.
 */
export function findPreviousPeriod(filter: Filter, nowMs: number, zone: string): PreviousPeriod | null {
  if (filter.last !== undefined) {
    const [, count, unit] = SPAN.exec(filter.last) ?? [];
    const lengthMs = readSpan(filter.last);
    if (unit === undefined || lengthMs === null) return null;
    const label = count === '1' ? `the ${UNIT_WORDS[unit]} before` : `the ${count} ${UNIT_WORDS[unit]}s before`;
    return describe({ sinceMs: nowMs - 2 * lengthMs, untilMs: nowMs - lengthMs }, label, zone);
  }
  const sinceMs = readBound(filter.since, zone, 0);
  if (sinceMs === null) return null;
  const givenMs = readBound(filter.until, zone, 1);
  // What is still to come has no calls, so it is compared with nothing.
  const isSoFar = givenMs === null || givenMs > nowMs;
  const untilMs = isSoFar ? nowMs : givenMs;
  if (untilMs <= sinceMs) return null;
  const days = findDaysBefore(sinceMs, untilMs, isSoFar, zone);
  if (days !== null) return describe(days, describeDays(days, isSoFar, zone, nowMs), zone);
  const lengthMs = untilMs - sinceMs;
  const length = lengthMs < 2 * DAY_MS ? formatDuration(lengthMs) : `${Math.round(lengthMs / DAY_MS)} days`;
  const label = `the ${length} before`;
  return describe({ sinceMs: sinceMs - lengthMs, untilMs: sinceMs }, label, zone);
}

/** Milliseconds of `30d`, `12h`, `90m`; null where it is no such span. */
export function readSpan(last: string): number | null {
  const [, count, unit] = SPAN.exec(last) ?? [];
  return unit === undefined ? null : Number(count) * UNIT_MS[unit]!;
}

/** The days before, where the filter begins with a day and ends with one or with now; else null. */
function findDaysBefore(sinceMs: number, untilMs: number, isSoFar: boolean, zone: string): Bounds | null {
  const first = dayOf(sinceMs, zone);
  const last = dayOf(untilMs - 1, zone);
  const end = findDayStart(last + 1, zone);
  if (findDayStart(first, zone) !== sinceMs || (!isSoFar && end !== untilMs)) return null;
  const { year, month } = toDate(first);
  const monthStart = toDay(year, month, 1);
  const monthEnd = toDay(year, month + 1, 1);
  const isMonth = first === monthStart && (isSoFar ? last < monthEnd : last + 1 === monthEnd);
  const back = isMonth ? monthStart - toDay(year, month - 1, 1) : last - first + 1;
  // A time that the day before has not, such as the 31st of a shorter month, is past its end.
  const soFarMs = Math.min(sinceMs, findInstant(readWallClock(untilMs, zone) - back * DAY_MS, zone));
  return { sinceMs: findDayStart(first - back, zone), untilMs: isSoFar ? soFarMs : sinceMs };
}

/** The instant that `since` or `until` names; null where it is missing or none. A day counts from its first instant. */
export function readBound(value: string | undefined, zone: string, daysLater: 0 | 1): number | null {
  const instantMs = value === undefined ? NaN : Date.parse(value);
  if (Number.isNaN(instantMs)) return null;
  return DAY.test(value!) ? findDayStart(instantMs / DAY_MS + daysLater, zone) : instantMs;
}

function describeDays({ sinceMs, untilMs }: Bounds, isSoFar: boolean, zone: string, nowMs: number): string {
  const now = new Date(nowMs);
  const first = formatDay(new Date(sinceMs).toISOString(), zone, now);
  const last = formatDay(new Date(untilMs - 1).toISOString(), zone, now);
  if (first === last) return isSoFar ? `${first} until ${formatClock(new Date(untilMs), zone).slice(0, 5)}` : first;
  const [day, ...month] = first.split(' ');
  const sameMonth = month.join(' ') === last.split(' ').slice(1).join(' ');
  return sameMonth ? `${day}–${last}` : `${first} – ${last}`;
}

/** Null for a period that begins before 1970: nothing was recorded then, and further back years are none of the contract. */
function describe({ sinceMs, untilMs }: Bounds, label: string, zone: string): PreviousPeriod | null {
  if (sinceMs < 0) return null;
  const since = new Date(sinceMs).toISOString();
  const until = new Date(untilMs).toISOString();
  return { since, until, label, title: `From ${formatInstant(since, zone)} until ${formatInstant(until, zone)}` };
}
