import type { WireRate } from '../../src/api/pricing.js';

/** A rate as the daemon's `/v1/pricing-rates/current` tells it: US dollars per million tokens. */
export interface PublishedRate {
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  readonly mode: string;
  readonly input_rate: number;
  readonly output_rate: number;
  readonly thinking_rate: number;
  readonly cache_read_rate: number;
  readonly cache_write_rate: number;
}

type Line = readonly [name: string, millicents: readonly number[]];

/** A published rate in our words: the calls' name of its provider, and millicents. */
export function lineOfPublished(rate: PublishedRate): Line {
  const dollars = [rate.input_rate, rate.output_rate, rate.thinking_rate, rate.cache_read_rate, rate.cache_write_rate];
  const provider = rate.provider === 'google' ? 'gemini' : rate.provider;
  return [`${rate.id} ${provider} ${rate.model} ${rate.mode}`, dollars.map((value) => Math.round(value * 100_000))];
}

export function lineOfRate(rate: WireRate): Line {
  const millicents = [rate.input, rate.output, rate.thinking, rate.cache_read, rate.cache_write];
  return [`${rate.id} ${rate.provider} ${rate.model} ${rate.mode}`, millicents];
}
