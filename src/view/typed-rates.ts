import { formatRate, PLACES, type RateUnit, splitRate } from './rate-units.js';

/** 10,000 US dollars a million tokens: the most that the server takes. */
const MOST_RATE = 1_000_000_000;

/** The same as somebody would type it: `3`, `0.000003`. */
export function printRate(rate: number, unit: RateUnit): string {
  return splitRate(rate, unit)
    .join('.')
    .replace(/\.?0+$/, '');
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
