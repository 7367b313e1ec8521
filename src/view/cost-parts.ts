import { floorToMillicents, multiplyTokens, type Rates, type TokenCounts } from '../api/price-tokens.js';
import { TOKEN_KINDS } from './body-price.js';

/** What a cost, and the difference of two, is made of: exactly, so that the parts sum to the whole to the last digit. */

export type KindKey = keyof typeof TOKEN_KINDS;

export const KIND_KEYS = Object.keys(TOKEN_KINDS) as readonly KindKey[];

/** What of a call its cost follows from. */
export interface CostedCall {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly thinkingTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** Null: not priced. */
  readonly costMillicents: number | null;
  /** Millicents per million tokens; null: no rates are known. */
  readonly price: Rates | null;
}

const MILLIONTHS = 1_000_000n;

export const toMillionths = (millicents: number | bigint): bigint => BigInt(millicents) * MILLIONTHS;

const countsOf = (call: CostedCall): TokenCounts => ({
  input: call.inputTokens,
  output: call.outputTokens,
  thinking: call.thinkingTokens,
  cacheRead: call.cacheReadTokens,
  cacheWrite: call.cacheWriteTokens,
});

/** What a recorded cost consists of, in millionths of a millicent. */
export interface CostSum {
  readonly kinds: Readonly<Record<KindKey, bigint>>;
  /** What the daemon drops below the millicent: 0 or less. */
  readonly rounding: bigint;
  /** What was recorded beyond that; 0 where the audit is equal. */
  readonly beyond: bigint;
  readonly recorded: bigint;
}

/** Null: not priced, or its rates are not known. `kinds`, `rounding` and `beyond` sum to `recorded`. */
export function sumCost(call: CostedCall): CostSum | null {
  const { costMillicents, price } = call;
  if (costMillicents === null || price === null) return null;
  const counts = countsOf(call);
  const product = multiplyTokens(counts, price);
  const floored = toMillionths(floorToMillicents(product));
  const recorded = toMillionths(costMillicents);
  const kinds = Object.fromEntries(
    KIND_KEYS.map((kind) => [kind, BigInt(counts[kind]) * BigInt(price[kind])]),
  ) as CostSum['kinds'];
  return { kinds, rounding: floored - product, beyond: recorded - floored, recorded };
}

/** Why one call cost more or less than another, in millicents. All parts sum to the difference of what was recorded. */
export type CostDifference =
  | {
      readonly state: 'split';
      readonly difference: bigint;
      /** Of each kind, what B's count instead of A's adds at A's rates. */
      readonly kinds: Readonly<Record<KindKey, bigint>>;
      /** What B's rates instead of A's add to B's counts. */
      readonly rates: bigint;
      /** What was recorded otherwise than counts times rates give, in B beyond A. */
      readonly beyond: bigint;
    }
  /** The rates of one of them are not known. */
  | { readonly state: 'whole'; readonly difference: bigint }
  /** One of them is not priced. */
  | { readonly state: 'unpriced' };

/**
 * From A to B step by step: B's count of one kind after the other at A's rates, then B's rates, then what was recorded
 * otherwise. Each step is rounded down as the daemon does, so that the steps are whole millicents and leave no rest.
 */
export function splitDifference(a: CostedCall, b: CostedCall): CostDifference {
  if (a.costMillicents === null || b.costMillicents === null) return { state: 'unpriced' };
  const difference = BigInt(b.costMillicents) - BigInt(a.costMillicents);
  if (a.price === null || b.price === null) return { state: 'whole', difference };
  const price = (counts: TokenCounts, rates: Rates): bigint => floorToMillicents(multiplyTokens(counts, rates));
  const [from, to] = [countsOf(a), countsOf(b)];
  const start = price(from, a.price);
  let counts = from;
  let reached = start;
  const kinds: Partial<Record<KindKey, bigint>> = {};
  for (const kind of KIND_KEYS) {
    counts = { ...counts, [kind]: to[kind] };
    const cost = price(counts, a.price);
    kinds[kind] = cost - reached;
    reached = cost;
  }
  const end = price(to, b.price);
  return {
    state: 'split',
    difference,
    kinds: kinds as Record<KindKey, bigint>,
    rates: end - reached,
    beyond: difference - (end - start),
  };
}
