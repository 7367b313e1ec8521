import { formatChange } from './compare-totals.js';
import { formatCount, formatMoney } from './format.js';

interface CostSums {
  readonly calls: number;
  readonly unpricedCalls: number;
  readonly costMillicents: number | null;
}

/** How a cost changed since the period before. */
export interface CostChange {
  /** `+12.4 %`, "new". */
  readonly text: string;
  /** What stands before it where it is no more than a bound, or of the priced calls alone. */
  readonly bound?: '≥' | '≤' | 'priced';
  /** As a part of the cost before; null where that can't be said. */
  readonly ratio: number | null;
  /** Both costs in a sentence, and why the change is no more than a bound. */
  readonly sentence: string;
}

const NO_CALLS: CostSums = { calls: 0, unpricedCalls: 0, costMillicents: 0 };

/**
 * A cost against that of the period before (undefined: no call was made then). Where calls now have no price it rose at
 * least so much, where calls then had none at most; where both have some, only what is priced can be compared.
 */
export function describeChange(now: CostSums, before: CostSums = NO_CALLS): CostChange {
  const sentence = `${describeCost(now)} now, ${describeCost(before)} then.`;
  if (before.calls === 0) {
    return now.calls === 0
      ? { text: '–', ratio: null, sentence: 'No calls, now or then.' }
      : { text: 'new', ratio: Infinity, sentence };
  }
  const cost = now.calls === 0 ? 0 : now.costMillicents;
  if (cost === null || before.costMillicents === null) return { text: 'unknown', ratio: null, sentence };
  if (before.costMillicents === 0) {
    // From nothing there is no percentage, and these are no new calls either.
    return { text: cost === 0 ? '±0 %' : 'from $0', ratio: cost === 0 ? 0 : Infinity, sentence };
  }
  const bound = boundOf(now.unpricedCalls, before.unpricedCalls);
  return {
    text: formatChange(cost, before.costMillicents)!,
    ratio: (cost - before.costMillicents) / before.costMillicents,
    sentence,
    ...(bound && { bound }),
  };
}

function boundOf(unpricedNow: number, unpricedThen: number): CostChange['bound'] {
  if (unpricedNow > 0) return unpricedThen > 0 ? 'priced' : '≥';
  return unpricedThen > 0 ? '≤' : undefined;
}

function describeCost({ calls, unpricedCalls, costMillicents }: CostSums): string {
  if (calls === 0) return 'no calls';
  if (costMillicents === null) return 'nothing priced';
  const sum = formatMoney(costMillicents, 2);
  return unpricedCalls > 0 ? `at least ${sum} (${formatCount(unpricedCalls)} not priced)` : sum;
}
