import { formatCount, formatTenths } from './format.js';

/** `1,918`, and from a million on `451.9 M`: for sums, where the last digits say nothing. */
export function formatAmount(count: number): string {
  if (count < 1_000_000) return formatCount(count);
  return count < 1_000_000_000 ? `${formatTenths(count / 1e6)} M` : `${formatTenths(count / 1e9)} G`;
}
