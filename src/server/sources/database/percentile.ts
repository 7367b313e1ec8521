/**
 * A percentile by linear interpolation between the two ranks around it, as `halton-meter report` has it. Moves the
 * values of `values` about. Null over no values.
 */
export function findPercentile(values: Float64Array, fraction: number): number | null {
  return values.length === 0 ? null : findAtRank(values, (values.length - 1) * fraction);
}

/** The value at a rank from 0, between two where that is no whole number. Moves the values about. */
export function findAtRank(values: Float64Array, rank: number): number {
  const below = Math.floor(rank);
  const low = selectSmallest(values, below);
  if (rank === below) return low;
  let high = Infinity;
  for (let at = below + 1; at < values.length; at++) if (values[at]! < high) high = values[at]!;
  return low + (high - low) * (rank - below);
}

/** Moves the value of this rank to its place, those below it before and those above it behind. Hoare's selection. */
function selectSmallest(values: Float64Array, rank: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = medianOfThree(values[left]!, values[(left + right) >>> 1]!, values[right]!);
    let from = left;
    let to = right;
    while (from <= to) {
      while (values[from]! < pivot) from++;
      while (values[to]! > pivot) to--;
      if (from > to) break;
      const value = values[from]!;
      values[from++] = values[to]!;
      values[to--] = value;
    }
    if (rank <= to) right = to;
    else if (rank >= from) left = from;
    else break;
  }
  return values[rank]!;
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
