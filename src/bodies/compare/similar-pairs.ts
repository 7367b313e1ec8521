import { type Pair } from './equal-pairs.js';

/** Comparisons that one gap may take. */
const MOST_COMPARISONS = 40_000;
/** From how much in common on two items count as one that was changed. */
export const LEAST_SIMILARITY = 0.55;

/**
 * Pairs items of two runs so that the sum of their similarities is greatest, without crossing. Where that would take
 * more comparisons than one may, only places near the diagonal are compared.
 * @param measure similarity of the two items at these places, 0 to 1
 */
export function pairSimilar(
  count: number,
  otherCount: number,
  measure: (left: number, right: number) => number,
): Pair[] {
  if (count === 0 || otherCount === 0 || count > MOST_COMPARISONS) return [];
  const reach = count * otherCount <= MOST_COMPARISONS ? otherCount : Math.floor(MOST_COMPARISONS / count / 2);
  const lefts: number[] = [];
  const rows: Float64Array[] = [];
  /** The best sum with items up to and including these; outside the band it is that of the nearest place in it. */
  const sumAt = (row: number, column: number): number => {
    for (let at = row; at >= 0 && column >= 0; at--) {
      const index = column - lefts[at]!;
      if (index >= 0) return rows[at]![Math.min(index, rows[at]!.length - 1)]!;
    }
    return 0;
  };
  for (let row = 0; row < count; row++) {
    const middle = Math.floor((row * otherCount) / count);
    const left = Math.max(0, middle - reach);
    const right = Math.min(otherCount - 1, middle + reach);
    const sums = new Float64Array(right - left + 1);
    lefts.push(left);
    rows.push(sums);
    let best = row > 0 ? sumAt(row - 1, left - 1) : 0;
    for (let column = left; column <= right; column++) {
      const similarity = measure(row, column);
      if (row > 0) best = Math.max(best, sumAt(row - 1, column));
      if (similarity >= LEAST_SIMILARITY)
        best = Math.max(best, similarity + (row > 0 ? sumAt(row - 1, column - 1) : 0));
      sums[column - left] = best;
    }
  }
  const pairs: Pair[] = [];
  let column = otherCount - 1;
  for (let row = count - 1; row >= 0 && column >= 0; row--) {
    const above = row > 0 ? sumAt(row - 1, column) : 0;
    if (sumAt(row, column) === above) continue;
    column = Math.min(column, lefts[row]! + rows[row]!.length - 1);
    while (column > lefts[row]! && sumAt(row, column) === sumAt(row, column - 1)) column--;
    // The sum grows here and neither from above nor from the left, so these two were taken together.
    pairs.push([row, column]);
    column--;
  }
  return pairs.reverse();
}
