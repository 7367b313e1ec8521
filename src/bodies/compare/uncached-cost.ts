import { priceTokens, type TokenCounts } from '../../api/price-tokens.js';

/** A call's recorded tokens, and the rates that were in force, in millicents per million tokens. */
export interface PricedCall {
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** False: the counts are a lower bound. */
  readonly complete: boolean;
  /** Null: not priced. */
  readonly costMillicents: number | null;
  /** Null: no rates are known. */
  readonly price: TokenCounts | null;
}

/** What a prompt cost that the cache did not give. */
export interface UncachedCost {
  /** Input and cache writes together: what the provider read anew. */
  readonly uncachedTokens: number;
  /** What they cost, floored as the daemon does. */
  readonly costMillicents: number;
  /** By how much that is more than their cache reads would have cost; below 0 where reads are dearer. Floored too. */
  readonly excessMillicents: number;
  /** The stream was cut: it may have been more. */
  readonly isLowerBound: boolean;
}

/** Null: the call was not priced, its rates are not known, or no tokens of its prompt were recorded. */
export function priceUncached(call: PricedCall): UncachedCost | null {
  const { inputTokens, cacheReadTokens, cacheWriteTokens, price } = call;
  const uncachedTokens = inputTokens + cacheWriteTokens;
  if (price === null || call.costMillicents === null || uncachedTokens + cacheReadTokens === 0) return null;
  const counts = { input: inputTokens, output: 0, thinking: 0, cacheRead: 0, cacheWrite: cacheWriteTokens };
  // One sum of products, floored once: a difference of two floored sums may be off by one.
  const overReading = {
    ...price,
    input: price.input - price.cacheRead,
    cacheWrite: price.cacheWrite - price.cacheRead,
  };
  return {
    uncachedTokens,
    costMillicents: priceTokens(counts, price),
    excessMillicents: priceTokens(counts, overReading),
    isLowerBound: !call.complete,
  };
}
