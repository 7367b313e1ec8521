import { MILLICENTS_PER_USD } from '../api/money.js';

/** Values to text. English formats everywhere, so that a figure reads the same in a shared screenshot. */

const wholeNumber = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export function formatCount(count: number): string {
  return wholeNumber.format(count);
}

/** `33.6` */
export function formatTenths(value: number): string {
  return oneDecimal.format(value);
}

/** A share as `33.6 %`; over nothing, or of nothing, no figure at all. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0) return '–';
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 0.05) return '<0.1 %';
  return `${formatTenths(percent)} %`;
}

/**
 * US dollars of integer millicents, with so many decimals (0 to 5). What is above 0 but rounds to 0 says so: `<$0.01`.
 * Rounded half up in integers, so that no binary fraction is ever drawn.
 */
export function formatMoney(millicents: number, decimals: 0 | 1 | 2 | 3 | 4 | 5): string {
  const step = MILLICENTS_PER_USD / 10 ** decimals;
  const sign = millicents < 0 ? '−' : '';
  const absolute = Math.abs(millicents);
  const steps = Math.floor((absolute + step / 2) / step);
  if (steps === 0 && absolute > 0) return `${sign ? '>' : '<'}${sign}$${(1 / 10 ** decimals).toFixed(decimals)}`;
  const dollars = Math.floor(steps / 10 ** decimals);
  const rest = steps % 10 ** decimals;
  return `${sign}$${formatCount(dollars)}${decimals > 0 ? `.${String(rest).padStart(decimals, '0')}` : ''}`;
}

/** All the digits a millicent sum has, without trailing zeros past the cents: `$0.06378`, `$2.00`. */
export function formatExactMoney(millicents: number): string {
  const decimals = millicents % 1000 === 0 ? 2 : millicents % 100 === 0 ? 3 : millicents % 10 === 0 ? 4 : 5;
  return formatMoney(millicents, decimals);
}

/** `36 ms`, `7.2 s`, `1 min 12 s`, `2 h 3 min`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${formatTenths(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${formatCount(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** "1 call", "2 calls": a count with its noun. */
export function formatPlural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
