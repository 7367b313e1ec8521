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

/** The sum of the five products, exactly: in millionths of a millicent. BigInt, as it may leave the range of doubles. */
export function multiplyTokens(tokens: TokenCounts, rates: Rates): bigint {
  const product = (count: number, rate: number): bigint => BigInt(count) * BigInt(rate);
  return (
    product(tokens.input, rates.input) +
    product(tokens.output, rates.output) +
    product(tokens.thinking, rates.thinking) +
    product(tokens.cacheRead, rates.cacheRead) +
    product(tokens.cacheWrite, rates.cacheWrite)
  );
}

/** Millicents of millionths of them, rounded down as the daemon does. */
export function floorToMillicents(millionths: bigint): bigint {
  const quotient = millionths / TOKENS_PER_RATE;
  // BigInt division truncates; a negative sum (a rate set below zero by hand) must floor as the daemon does.
  return millionths < 0n && millionths % TOKENS_PER_RATE !== 0n ? quotient - 1n : quotient;
}

/** What the daemon would record for these tokens at these rates: the sum of the five products, floored once. */
export function priceTokens(tokens: TokenCounts, rates: Rates): number {
  return Number(floorToMillicents(multiplyTokens(tokens, rates)));
}
