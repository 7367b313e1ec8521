import { formatCount } from './format.js';

/** Rates are integer millicents per million tokens; they are shown for so many tokens, always to their last digit. */
export const RATE_UNITS = ['million', 'thousand', 'token'] as const;
export type RateUnit = (typeof RATE_UNITS)[number];

/** Digits behind the point that a rate of 1 has in dollars. */
const PLACES: Readonly<Record<RateUnit, number>> = { million: 5, thousand: 8, token: 11 };

export const UNIT_WORDS: Readonly<Record<RateUnit, string>> = {
  million: 'per million tokens',
  thousand: 'per thousand tokens',
  token: 'per token',
};

/** 10,000 US dollars a million tokens: the most that the server takes. */
const MOST_RATE = 1_000_000_000;

export const isRateUnit = (text: string): text is RateUnit => (RATE_UNITS as readonly string[]).includes(text);

/** `$3.00` per million tokens is `$0.000003` per token: digits are moved, never rounded. */
export function formatRate(rate: number, unit: RateUnit): string {
  const { whole, fraction } = splitRate(rate, unit);
  return `${rate < 0 ? '−' : ''}$${formatCount(Number(whole))}.${fraction.padEnd(2, '0')}`;
}

/** The same as somebody would type it: `3`, `0.000003`. */
export function printRate(rate: number, unit: RateUnit): string {
  const { whole, fraction } = splitRate(rate, unit);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function splitRate(rate: number, unit: RateUnit): { readonly whole: string; readonly fraction: string } {
  const places = PLACES[unit];
  const digits = String(Math.abs(rate)).padStart(places + 1, '0');
  return { whole: digits.slice(0, -places), fraction: digits.slice(-places).replace(/0+$/, '') };
}

/** A typed number of dollars as a rate, or what is wrong with it, to be said after its name. */
export function parseRate(text: string, unit: RateUnit): number | string {
  const match = /^\$?\s*(\d*)(?:\.(\d*))?$/.exec(text.trim());
  const [, whole = '', fraction = ''] = match ?? [];
  if (match === null || whole + fraction === '') return 'is not a number of dollars';
  const digits = fraction.replace(/0+$/, '');
  const places = PLACES[unit];
  if (digits.length > places) return `has more than ${places} digits behind the point`;
  const rate = Number(whole + digits.padEnd(places, '0'));
  return rate > MOST_RATE ? `is above ${formatRate(MOST_RATE, unit)}` : rate;
}
