/** Cost arithmetic in integers. Millicents: 100,000 to the US dollar; rates in millicents per million tokens. */

export interface TokenCounts {
  readonly input: number;
  readonly output: number;
  readonly thinking: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** Millicents per million tokens, one for each of the five counts. */
export type Rates = TokenCounts;

const TOKENS_PER_RATE = 1_000_000n;

/**
 * What the daemon would record for these tokens at these rates: the sum of the five products, floored once.
 * BigInt, because a product of a long context and a dear rate leaves the range where a double is exact.
 */
export function priceTokens(tokens: TokenCounts, rates: Rates): number {
  const product = (count: number, rate: number): bigint => BigInt(count) * BigInt(rate);
  const sum =
    product(tokens.input, rates.input) +
    product(tokens.output, rates.output) +
    product(tokens.thinking, rates.thinking) +
    product(tokens.cacheRead, rates.cacheRead) +
    product(tokens.cacheWrite, rates.cacheWrite);
  const quotient = sum / TOKENS_PER_RATE;
  // BigInt division truncates; a negative sum (a rate set below zero by hand) must floor as the daemon does.
  return Number(sum < 0n && sum % TOKENS_PER_RATE !== 0n ? quotient - 1n : quotient);
}
