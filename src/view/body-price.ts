import type { WireCallDetail } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';

export type CallDetail = CamelCased<WireCallDetail>;

/** One of the five kinds of tokens, each with its count in a call and its rate in a price. */
export interface TokenKind {
  readonly label: string;
  readonly count: (call: CallDetail) => number;
  readonly rate: (price: NonNullable<CallDetail['price']>) => number;
}

export const TOKEN_KINDS = {
  input: { label: 'Input, uncached', count: (call) => call.inputTokens, rate: (price) => price.input },
  cacheRead: { label: 'Cache read', count: (call) => call.cacheReadTokens, rate: (price) => price.cacheRead },
  cacheWrite: { label: 'Cache write', count: (call) => call.cacheWriteTokens, rate: (price) => price.cacheWrite },
  output: { label: 'Output', count: (call) => call.outputTokens, rate: (price) => price.output },
  thinking: { label: 'Thinking', count: (call) => call.thinkingTokens, rate: (price) => price.thinking },
} as const satisfies Readonly<Record<string, TokenKind>>;

const TOKENS_PER_RATE = 1_000_000n;

/**
 * What one kind of tokens adds, in millicents rounded half away from zero; with `base`, how much more than there.
 * BigInt, because a product of a long context and a dear rate leaves the range where a double is exact.
 */
export function pricePart(count: number, rate: number, base: readonly [count: number, rate: number] = [0, 0]): number {
  const product = BigInt(count) * BigInt(rate) - BigInt(base[0]) * BigInt(base[1]);
  const half = product < 0n ? -TOKENS_PER_RATE / 2n : TOKENS_PER_RATE / 2n;
  return Number((product + half) / TOKENS_PER_RATE);
}
