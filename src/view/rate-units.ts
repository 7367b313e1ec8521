import { formatCount } from './format.js';

/** Rates are integer millicents per million tokens; they are shown for so many tokens, always to their last digit. */
export const RATE_UNITS = ['million', 'thousand', 'token'] as const;
export type RateUnit = (typeof RATE_UNITS)[number];

/** Digits behind the point that a rate of 1 has in dollars. */
export const PLACES: Readonly<Record<RateUnit, number>> = { million: 5, thousand: 8, token: 11 };

export const UNIT_WORDS: Readonly<Record<RateUnit, string>> = {
  million: 'per million tokens',
  thousand: 'per thousand tokens',
  token: 'per token',
};

export const isRateUnit = (text: string): text is RateUnit => (RATE_UNITS as readonly string[]).includes(text);

/** `$3.00` per million tokens is `$0.000003` per token: digits are moved, never rounded. */
export function formatRate(rate: number, unit: RateUnit): string {
  const { whole, fraction } = splitRate(rate, unit);
  return `${rate < 0 ? '−' : ''}$${formatCount(Number(whole))}.${fraction.padEnd(2, '0')}`;
}

export function splitRate(rate: number, unit: RateUnit): { readonly whole: string; readonly fraction: string } {
  const places = PLACES[unit];
  const digits = String(Math.abs(rate)).padStart(places + 1, '0');
  return { whole: digits.slice(0, -places), fraction: digits.slice(-places).replace(/0+$/, '') };
}
