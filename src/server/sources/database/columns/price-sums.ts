import { priceTokens, type Rates } from '../../../../api/price-tokens.js';
import { TOKEN_FIELDS } from './call-fields.js';
import { eachChosen } from './call-sums.js';
import type { CallTable, Reals, Wholes } from './call-table.js';
import { makeArray } from './large-arrays.js';
import type { Chosen } from './select-calls.js';

/** Rates for calls from an instant on and before another, microseconds; infinite where they hold whenever. */
export interface Period {
  readonly from: number;
  readonly before: number;
  readonly rates: Rates;
}

/** What is summed up in each slot. Unpriced calls have no recorded cost. */
export const PRICE_FIELDS = {
  repriced: 0,
  recorded: 1,
  newCost: 2,
  unpriced: 3,
  unpricedCost: 4,
  withoutRate: 5,
  withoutRateRecorded: 6,
  unpricedWithoutRate: 7,
} as const;
export const PRICE_FIELD_COUNT = 8;

/** Periods one after the other, in arrays: those of each signature follow each other, the first that holds counts. */
interface Periods {
  /** Of each signature, its first period and the one behind its last. */
  readonly first: Int32Array;
  readonly end: Int32Array;
  readonly from: Float64Array;
  readonly before: Float64Array;
  /** The five rates of each. */
  readonly rates: Float64Array;
  /** 1 where a sum below 2^53 is exact: with a rate below 0 the products themselves might not be. */
  readonly isPlain: Uint8Array;
}

/**
 * Prices each chosen call by the first of its signature's periods that holds, and adds it to the PRICE_FIELDS of its
 * signature's slot; -1 leaves it out. Lists of periods that are the same object are kept once.
 */
export function sumPrices(
  table: CallTable,
  { mask, begin, end }: Chosen,
  periodsOf: readonly (readonly Period[])[],
  slotOf: Int32Array,
  slots: number,
): Float64Array {
  const sums = makeArray(Float64Array, slots * PRICE_FIELD_COUNT);
  const periods = layOut(periodsOf);
  const signature = table.signature.data;
  eachChosen(mask, begin, end, (places, count) => {
    addPrices(signature, table.micros, table.cost.data, table.tokens.data, slotOf, periods, places, count, sums);
  });
  return sums;
}

function layOut(periodsOf: readonly (readonly Period[])[]): Periods {
  const all: Period[] = [];
  const known = new Map<readonly Period[], number>();
  const first = Int32Array.from(periodsOf, (periods) => {
    const place = known.get(periods) ?? all.length;
    if (!known.has(periods)) all.push(...periods);
    known.set(periods, place);
    return place;
  });
  return {
    first,
    end: Int32Array.from(periodsOf, ({ length }, own) => first[own]! + length),
    from: Float64Array.from(all, ({ from }) => from),
    before: Float64Array.from(all, ({ before }) => before),
    rates: Float64Array.from(all.flatMap(({ rates }) => TOKEN_FIELDS.map((name) => rates[name]))),
    isPlain: Uint8Array.from(all, ({ rates }) => Number(TOKEN_FIELDS.every((name) => rates[name] >= 0))),
  };
}

// A loop by itself, with plain numbers, like those of call-sums.ts.

function addPrices(
  signature: Wholes,
  micros: Float64Array,
  cost: Reals,
  tokens: Reals,
  slotOf: Int32Array,
  { first, end, from, before, rates, isPlain }: Periods,
  places: Int32Array,
  count: number,
  sums: Float64Array,
): void {
  for (let index = 0; index < count; index++) {
    const place = places[index]!;
    const own = signature[place]!;
    const slot = slotOf[own]!;
    if (slot < 0) continue;
    const at = micros[place]!;
    const last = end[own]!;
    let period = first[own]!;
    // A time that can't be read is within no period but the one without bounds.
    while (
      period < last &&
      !(at >= from[period]! && at < before[period]!) &&
      !(from[period] === -Infinity && before[period] === Infinity)
    ) {
      period++;
    }
    const to = slot * 8;
    const recorded = cost[place]!;
    const isPriced = recorded === recorded;
    if (period === last) {
      if (isPriced) {
        sums[to + 5]! += 1;
        sums[to + 6]! += recorded;
      } else sums[to + 7]! += 1;
      continue;
    }
    const token = place * 5;
    const rate = period * 5;
    const sum =
      tokens[token]! * rates[rate]! +
      tokens[token + 1]! * rates[rate + 1]! +
      tokens[token + 2]! * rates[rate + 2]! +
      tokens[token + 3]! * rates[rate + 3]! +
      tokens[token + 4]! * rates[rate + 4]!;
    let price: number;
    // Below 2^34, where doubles are less than two millionths apart, no quotient is rounded up to a whole number.
    if (isPlain[period] === 1 && sum < 9_007_199_254_740_992) price = Math.floor(sum / 1_000_000);
    else price = priceExactly(tokens, token, rates, rate);
    if (isPriced) {
      sums[to]! += 1;
      sums[to + 1]! += recorded;
      sums[to + 2]! += price;
    } else {
      sums[to + 3]! += 1;
      sums[to + 4]! += price;
    }
  }
}

function priceExactly(tokens: Reals, token: number, rates: Float64Array, rate: number): number {
  return priceTokens(readFive(tokens, token), readFive(rates, rate));
}

function readFive(numbers: Reals, at: number): Rates {
  return {
    input: numbers[at]!,
    output: numbers[at + 1]!,
    thinking: numbers[at + 2]!,
    cacheRead: numbers[at + 3]!,
    cacheWrite: numbers[at + 4]!,
  };
}
