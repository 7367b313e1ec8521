/**
 * Shares of a whole in tenths of a percent that sum to exactly 1,000: each rounded down, and what is left given to those
 * that lost most. None where there is nothing to share.
 */
export function roundShares(parts: readonly number[]): number[] {
  const whole = parts.reduce((sum, part) => sum + part, 0);
  if (whole <= 0) return [];
  const exact = parts.map((part) => (part / whole) * 1000);
  const tenths = exact.map(Math.floor);
  const left = 1000 - tenths.reduce((sum, share) => sum + share, 0);
  const lost = exact.map((share, index) => [share % 1, index] as const).sort(([a], [b]) => b - a);
  for (const [, index] of lost.slice(0, left)) tenths[index]!++;
  return tenths;
}
