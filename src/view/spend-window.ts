import type { Filter } from '../api/filter.js';
import { DAY_MS, dayOf, findDayStart, readWallClock, toDate, toDay } from '../filter/zone-time.js';
import { readBound, readSpan } from './previous-period.js';

/** The stretch of time that spend is drawn over. */
export interface SpendWindow {
  readonly sinceMs: number;
  /** Instant before which it ends. Of a day or month that is not over it is the end of that, though it is still to come. */
  readonly untilMs: number;
  /** The filter has no beginning: it is the first call's day, and no call was left out. */
  readonly isFromFirst: boolean;
}

export type Period = 'today' | 'week' | 'month' | 'quarter' | 'all';
type PeriodTime = Pick<Filter, 'last' | 'since' | 'until'>;

export const PERIODS: readonly (readonly [period: Period, label: string])[] = [
  ['today', 'Today'],
  ['week', '7 days'],
  ['month', 'Month'],
  ['quarter', '90 days'],
  ['all', 'All'],
];

/** `YYYY-MM-DD` of a day counted from 1970. */
export function printDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** What a filter says of time for a period, in the same words as the choices of the calls' filter. */
export function findPeriodTime(period: Period, nowMs: number, zone: string): PeriodTime {
  return findTimeOf(period, printDay(dayOf(nowMs, zone)));
}

function findTimeOf(period: Period, today: string): PeriodTime {
  if (period === 'today') return { since: today };
  if (period === 'month') return { since: `${today.slice(0, 8)}01` };
  return period === 'all' ? {} : { last: period === 'week' ? '7d' : '90d' };
}

/** The period that a filter says exactly; null where its time is another one. On the first of a month it is today's. */
export function findPeriod({ last, since, until }: Filter, nowMs: number, zone: string): Period | null {
  const today = printDay(dayOf(nowMs, zone));
  for (const [period] of PERIODS) {
    const time = findTimeOf(period, today);
    if (time.last === last && time.since === since && until === undefined) return period;
  }
  return null;
}

/** The first day of a day's month, `months` later. */
export function monthStart(day: number, months = 0): number {
  const { year, month } = toDate(day);
  return toDay(year, month + months, 1);
}

/**
 * Where spend under the filter begins and ends. `firstCallMs` stands in for a beginning that the filter does not have;
 * null where it has none and there is no call.
 */
export function findWindow(
  filter: Filter,
  nowMs: number,
  zone: string,
  firstCallMs: number | null,
): SpendWindow | null {
  const spanMs = filter.last === undefined ? null : readSpan(filter.last);
  if (spanMs !== null) return { sinceMs: nowMs - spanMs, untilMs: nowMs, isFromFirst: false };
  const since = readBound(filter.since, zone, 0);
  const sinceMs = since ?? (firstCallMs === null ? null : findDayStart(dayOf(firstCallMs, zone), zone));
  if (sinceMs === null) return null;
  const untilMs = readBound(filter.until, zone, 1) ?? findOpenEnd(since, nowMs, zone);
  return { sinceMs, untilMs: Math.max(untilMs, sinceMs + 1), isFromFirst: since === null };
}

/** A day or a month that has begun is drawn to its end, so that what is left of it is seen. */
function findOpenEnd(sinceMs: number | null, nowMs: number, zone: string): number {
  const today = dayOf(nowMs, zone);
  if (sinceMs === findDayStart(today, zone)) return findDayStart(today + 1, zone);
  if (sinceMs === findDayStart(monthStart(today), zone)) return findDayStart(monthStart(today, 1), zone);
  return nowMs;
}

export const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

/** Windows this short are told with their times, where they do not begin and end with a day. */
const CLOCK_MS = 3 * DAY_MS;

const two = (value: number): string => String(value).padStart(2, '0');

/** `14:02` on the wall. */
export function formatWall(instantMs: number, zone: string): string {
  const minutes = Math.floor((readWallClock(instantMs, zone) % DAY_MS) / 60_000);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `1–24 November 2026`, `24 November 2026, 14:00–18:00`: what is there of the window until now. */
export function describeWindow({ sinceMs, untilMs }: SpendWindow, nowMs: number, zone: string): string {
  const endMs = Math.max(sinceMs, Math.min(untilMs, nowMs + 1) - 1);
  const [from, to] = [dayOf(sinceMs, zone), dayOf(endMs, zone)];
  const [first, last] = [toDate(from), toDate(to)];
  const start = `${first.dayOfMonth} ${MONTHS[first.month - 1]}`;
  const end = `${last.dayOfMonth} ${MONTHS[last.month - 1]} ${last.year}`;
  const isWhole = findDayStart(from, zone) === sinceMs && (untilMs > nowMs || findDayStart(to + 1, zone) === untilMs);
  if (!isWhole && untilMs - sinceMs <= CLOCK_MS) {
    const [begin, finish] = [formatWall(sinceMs, zone), formatWall(Math.min(untilMs, nowMs), zone)];
    return from === to ? `${end}, ${begin}–${finish}` : `${start}, ${begin} – ${end}, ${finish}`;
  }
  if (from === to) return end;
  if (first.year !== last.year) return `${start} ${first.year} – ${end}`;
  return first.month === last.month ? `${first.dayOfMonth}–${end}` : `${start} – ${end}`;
}
