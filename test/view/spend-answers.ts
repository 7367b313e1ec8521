import type { CamelCased } from '../../src/api/camel-case.js';
import type { WireTotals } from '../../src/api/call.js';
import { findDayStart } from '../../src/filter/zone-time.js';
import type { SplitBy } from '../../src/view/spend-colours.js';
import type { SpendRead } from '../../src/view/spend-model.js';
import { findPreviousPeriod } from '../../src/view/previous-period.js';
import { printDay } from '../../src/view/spend-window.js';

type Sums = CamelCased<WireTotals>;

const DAY_MS = 86_400_000;
/** When all of it is read: 14:02 on a Tuesday. */
export const NOW = Date.parse('2026-11-24T14:02:00Z');

export function makeSums(sums: Partial<Sums>): Sums {
  return {
    calls: 0,
    failedCalls: 0,
    unpricedCalls: 0,
    incompleteCalls: 0,
    costMillicents: 0,
    imputedMillicents: 0,
    inputTokens: 0,
    outputTokens: 0,
    thinkingTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    ...sums,
  };
}

interface Given {
  /** First day; one sum of each series a day from there. */
  readonly start?: string;
  readonly zone?: string;
  readonly by?: SplitBy;
  readonly series: readonly { readonly key: string | null; readonly sums: readonly Sums[] }[];
  readonly before?: readonly Sums[];
}

/** What would be read of days. */
export function makeRead({
  start = '2026-11-24',
  zone = 'UTC',
  by = 'provider',
  series,
  before = [],
}: Given): SpendRead {
  const first = Date.parse(start) / DAY_MS;
  const days = series[0]?.sums.length ?? 0;
  const startOf = (day: number): number => findDayStart(first + day, zone);
  const period = findPreviousPeriod({ since: start, until: printDay(first + days - 1) }, startOf(days), zone)!;
  return {
    window: { sinceMs: startOf(0), untilMs: startOf(days), isFromFirst: false },
    bucket: 'day',
    refusedBucket: null,
    by,
    nowMs: NOW,
    zone,
    series: {
      bucket: 'day',
      tz: zone,
      series: series.map(({ key, sums }) => ({
        key,
        points: sums.map((sum, day) => ({ start: new Date(startOf(day)).toISOString(), ...sum })),
      })),
    },
    known: { providers: [], projects: [], models: [] },
    before:
      before.length === 0
        ? null
        : {
            period,
            groups: before.map((sum, at) => ({
              key: at === 0 ? 'anthropic' : `before ${at}`,
              ...sum,
              avgLatencyMs: null,
              firstCallAt: null,
              lastCallAt: null,
            })),
          },
    shifted: null,
    firstCallMs: Date.parse('2026-01-01T00:00:00Z'),
  };
}
