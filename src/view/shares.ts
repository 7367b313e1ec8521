/** Parts of a whole are told in tenths of a percent. */
const WHOLE_TENTHS = 1000;

/**
 * Shares in tenths of a percent that sum to exactly 100.0 %: each is rounded down, and what is missing goes to those that
 * lost most by it, the first of equals first. All 0 where there is no whole. Parts are not negative.
 */
export function findShares(parts: readonly number[]): number[] {
  const whole = parts.reduce((sum, part) => sum + part, 0);
  if (whole <= 0) return parts.map(() => 0);
  const exact = parts.map((part) => (part / whole) * WHOLE_TENTHS);
  const tenths = exact.map(Math.floor);
  const missing = WHOLE_TENTHS - tenths.reduce((sum, share) => sum + share, 0);
  const byLoss = exact
    .map((share, at) => ({ at, loss: share - Math.floor(share) }))
    .sort((a, b) => b.loss - a.loss || a.at - b.at);
  for (const { at } of byLoss.slice(0, missing)) tenths[at]!++;
  return tenths;
}

/** `33.6 %`; what is there but rounds to nothing says so. */
export function formatTenthsShare(tenths: number, isThere: boolean): string {
  if (tenths === 0 && isThere) return '<0.1 %';
  return `${Math.floor(tenths / 10)}.${tenths % 10} %`;
}

/** The same of a whole that its parts sum to; of nothing they are NaN, for who has a sign for what is no share. */
export function roundShares(parts: readonly number[], whole: number): number[] {
  return whole > 0 ? findShares(parts) : parts.map(() => NaN);
}
