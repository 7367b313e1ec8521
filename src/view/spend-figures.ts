import type { WireTotals } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import { dayOf, findDayStart, toDate } from '../filter/zone-time.js';
import { MONTHS, monthStart } from './spend-window.js';

type Sums = CamelCased<WireTotals>;

/** Costs of some calls. */
export interface CostSum {
  readonly calls: number;
  readonly unpricedCalls: number;
  readonly costMillicents: number | null;
  readonly imputedMillicents: number;
}

/** Days in the average that a month end is reckoned from. */
export const RATE_DAYS = 7;

/** The month's end at the rate of the last days, or why there is none. */
export type MonthEnd =
  | {
      readonly kind: 'estimate';
      readonly millicents: number;
      /** Average of a day, over `RATE_DAYS` whole days. */
      readonly dailyMillicents: number;
      /** Days left, with what is left of today. */
      readonly daysLeft: number;
      /** Some of the calls it is made of have no price. */
      readonly isAtLeast: boolean;
    }
  | { readonly kind: 'too-little'; readonly days: number }
  | { readonly kind: 'no-price' }
  | { readonly kind: 'no-calls' };

export interface SpendFigures {
  readonly month: CostSum;
  readonly today: CostSum;
  readonly monthEnd: MonthEnd;
  /** Average of the priced calls of this month, in millicents; null where there is none. */
  readonly perCall: number | null;
  readonly lastMonth: { readonly name: string; readonly perCall: number | null };
}

/** The first day that the figures need: of the month before, or of the days of the average. */
export function findFiguresStart(nowMs: number, zone: string): number {
  const today = dayOf(nowMs, zone);
  return findDayStart(Math.min(monthStart(today, -1), today - RATE_DAYS - 1), zone);
}

export function sumCosts(sums: Iterable<CostSum>): CostSum {
  let [calls, unpricedCalls, cost, imputedMillicents] = [0, 0, 0, 0];
  for (const sum of sums) {
    calls += sum.calls;
    unpricedCalls += sum.unpricedCalls;
    cost += sum.costMillicents ?? 0;
    imputedMillicents += sum.imputedMillicents;
  }
  const costMillicents = calls > 0 && calls === unpricedCalls ? null : cost;
  return { calls, unpricedCalls, costMillicents, imputedMillicents };
}

/** Cost over the calls that have one; null where none has. */
export function findPerCall({ calls, unpricedCalls, costMillicents }: CostSum): number | null {
  return calls > unpricedCalls && costMillicents !== null ? costMillicents / (calls - unpricedCalls) : null;
}

interface Day {
  readonly day: number;
  readonly sum: CostSum;
}

/** The figures of the month and the day that go on now, of the days since `findFiguresStart`. Days without calls may miss. */
export function findFigures(
  points: readonly (Sums & { readonly start: string })[],
  nowMs: number,
  zone: string,
): SpendFigures {
  const days = points.map((point) => ({ day: dayOf(Date.parse(point.start), zone), sum: point }));
  const today = dayOf(nowMs, zone);
  const first = monthStart(today);
  const before = monthStart(today, -1);
  const sumDays = (from: number, until: number): CostSum =>
    sumCosts(days.filter(({ day }) => day >= from && day < until).map(({ sum }) => sum));
  const month = sumDays(first, today + 1);
  return {
    month,
    today: sumDays(today, today + 1),
    monthEnd: reckonMonthEnd(days, month, nowMs, zone),
    perCall: findPerCall(month),
    lastMonth: { name: MONTHS[toDate(before).month - 1]!, perCall: findPerCall(sumDays(before, first)) },
  };
}

/** So far + average of a day of the last whole days × days left of the month. */
function reckonMonthEnd(days: readonly Day[], month: CostSum, nowMs: number, zone: string): MonthEnd {
  if (month.calls === 0) return { kind: 'no-calls' };
  const today = dayOf(nowMs, zone);
  const firstDay = Math.min(...days.filter(({ sum }) => sum.calls > 0).map(({ day }) => day));
  // The first day has calls from some hour on only.
  const whole = Math.max(0, today - firstDay - 1);
  if (whole < RATE_DAYS) return { kind: 'too-little', days: whole };
  const recent = sumCosts(days.filter(({ day }) => day >= today - RATE_DAYS && day < today).map(({ sum }) => sum));
  if (month.costMillicents === null || recent.costMillicents === null) return { kind: 'no-price' };
  const [start, end] = [findDayStart(today, zone), findDayStart(today + 1, zone)];
  const daysLeft = monthStart(today, 1) - today - 1 + (end - nowMs) / (end - start);
  return {
    kind: 'estimate',
    millicents: Math.round(month.costMillicents + (recent.costMillicents * daysLeft) / RATE_DAYS),
    dailyMillicents: Math.round(recent.costMillicents / RATE_DAYS),
    daysLeft,
    isAtLeast: month.unpricedCalls + recent.unpricedCalls > 0,
  };
}
