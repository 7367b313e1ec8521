/**
 * Shares of a whole in tenths of a percent, which sum to exactly 1,000 where the parts sum to the whole: each reaches from
 * where the one before ended to where the parts so far end, both rounded. Of nothing they are NaN.
 */
export function roundShares(parts: readonly number[], whole: number): number[] {
  let sum = 0;
  let drawn = 0;
  return parts.map((part) => {
    sum += part;
    const before = drawn;
    drawn = Math.round((sum / whole) * 1000);
    return drawn - before;
  });
}
