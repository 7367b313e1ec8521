import type { WireTotals } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';

type Sums = CamelCased<WireTotals>;

export const MEASURES = ['cost', 'calls', 'tokens'] as const;
export type Measure = (typeof MEASURES)[number];

/** One figure of some calls: what they cost without what was imputed (millicents), how many they are, or their tokens. */
export interface Amount {
  readonly calls: number;
  readonly unpricedCalls: number;
  /** Null where none of the calls has a price; 0 where there are no calls. */
  readonly value: number | null;
  /** What a subscription's calls would have cost, in millicents; 0 for calls and tokens, which are not billed. */
  readonly imputed: number;
}

export const NOTHING: Amount = { calls: 0, unpricedCalls: 0, value: 0, imputed: 0 };

export function readAmount(sums: Sums, measure: Measure): Amount {
  const { calls, unpricedCalls, costMillicents, imputedMillicents } = sums;
  if (measure === 'cost') {
    const value = costMillicents === null ? null : costMillicents - imputedMillicents;
    return { calls, unpricedCalls, value, imputed: imputedMillicents };
  }
  const tokens =
    sums.inputTokens + sums.outputTokens + sums.thinkingTokens + sums.cacheReadTokens + sums.cacheWriteTokens;
  return { calls, unpricedCalls: 0, value: measure === 'calls' ? calls : tokens, imputed: 0 };
}

/** A sum of amounts is unknown only where all its calls are. */
export function addAmounts(amounts: Iterable<Amount>): Amount {
  let [calls, unpricedCalls, value, imputed] = [0, 0, 0, 0];
  for (const amount of amounts) {
    calls += amount.calls;
    unpricedCalls += amount.unpricedCalls;
    value += amount.value ?? 0;
    imputed += amount.imputed;
  }
  return { calls, unpricedCalls, value: calls > 0 && calls === unpricedCalls ? null : value, imputed };
}

/** What all calls of an amount cost, imputed or not; null where none has a price. */
export function wholeOf({ value, imputed }: Amount): number | null {
  return value === null ? null : value + imputed;
}

/** One part of the whole over time. */
export interface SpendSeries {
  /** The filter's own text for it; null where calls have none. */
  readonly key: string | null;
  /** One amount a slot. */
  readonly points: readonly Amount[];
  readonly total: Amount;
}

interface Answer {
  readonly series: readonly {
    readonly key: string | null;
    readonly points: readonly (Sums & { readonly start: string })[];
  }[];
}

/** The series of an answer, greatest first. */
export function readSeries(answer: Answer, measure: Measure): SpendSeries[] {
  return answer.series
    .map(({ key, points }) => {
      const amounts = points.map((point) => readAmount(point, measure));
      return { key, points: amounts, total: addAmounts(amounts) };
    })
    .sort(
      (a, b) =>
        (b.total.value ?? 0) - (a.total.value ?? 0) || b.total.imputed - a.total.imputed || compareKeys(a.key, b.key),
    );
}

const compareKeys = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null || (b !== null && a > b) ? 1 : -1;

/** Series together, slot by slot. */
export function joinSeries(series: readonly SpendSeries[]): SpendSeries {
  const slots = series[0]?.points.length ?? 0;
  const points = Array.from({ length: slots }, (_, slot) => addAmounts(series.map((one) => one.points[slot]!)));
  return { key: null, points, total: addAmounts(series.map(({ total }) => total)) };
}

/** As many rows as a key of sums beside the picture has room for. */
const MOST_ROWS = 7;
/** Opened, the tail has an end as well. */
const MOST_OPENED = 40;

export interface CutSeries {
  readonly shown: readonly SpendSeries[];
  /** The rest, of which a part of this size stands for each: "other (n)". */
  readonly tail: readonly SpendSeries[];
}

/** The greatest series and the long tail, which is never one series alone: that is shown by its own name. */
export function cutTail(series: readonly SpendSeries[], isOpened: boolean): CutSeries {
  const most = isOpened ? MOST_OPENED : MOST_ROWS;
  if (series.length <= most) return { shown: series, tail: [] };
  return { shown: series.slice(0, most - 1), tail: series.slice(most - 1) };
}

/** Whether there is a tail to open, or to close again. */
export function hasTail(series: readonly SpendSeries[]): boolean {
  return series.length > MOST_ROWS;
}
