/**
 * A percentile by linear interpolation between the two ranks around it, as `halton-meter report` has it. Sorts
 * `values` in place. Null over no values.
 */
export function findPercentile(values: Float64Array, fraction: number): number | null {
  if (values.length === 0) return null;
  values.sort();
  const rank = (values.length - 1) * fraction;
  const below = Math.floor(rank);
  const low = values[below]!;
  const high = values[Math.min(below + 1, values.length - 1)]!;
  return low + (high - low) * (rank - below);
}
