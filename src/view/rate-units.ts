import { formatCount } from './format.js';

/** Rates are integer millicents per million tokens; they are shown for so many tokens, always to their last digit. */
export const RATE_UNITS = ['million', 'thousand', 'token'] as const;
export type RateUnit = (typeof RATE_UNITS)[number];

/** Digits behind the point that a rate of 1 has in dollars. */
export const PLACES: Readonly<Record<RateUnit, number>> = { million: 5, thousand: 8, token: 11 };

/** `per million tokens`, `per token` */
export const describeUnit = (unit: RateUnit): string => (unit === 'token' ? 'per token' : `per ${unit} tokens`);

/** The unit of this name; that of prices where there is none. */
export const findRateUnit = (name: string): RateUnit => RATE_UNITS.find((unit) => unit === name) ?? 'million';

/** `$3.00` per million tokens is `$0.000003` per token: digits are moved, never rounded. */
export function formatRate(rate: number, unit: RateUnit): string {
  const [whole, fraction] = splitRate(rate, unit);
  return `${rate < 0 ? '−' : ''}$${formatCount(Number(whole))}.${fraction}`;
}

/** Decimals that these exact rates need, so that their points can stand in one line; a rate of 0 is drawn without any. */
export function countDecimals(rates: readonly number[], unit: RateUnit): number {
  return Math.max(0, ...rates.map((rate) => (rate === 0 ? 0 : splitRate(rate, unit)[1].length)));
}

/** The digits on both sides of the point, two or more behind it. */
export function splitRate(rate: number, unit: RateUnit): readonly [whole: string, fraction: string] {
  const places = PLACES[unit];
  const digits = String(Math.abs(rate)).padStart(places + 1, '0');
  return [digits.slice(0, -places), digits.slice(-places).replace(/(?<=..)0+$/, '')];
}
