/** When the first and the last of the calls in these places was, microseconds; NaN where a time can't be read. */
export function findSpan(
  micros: Float64Array,
  begin: number,
  end: number,
): { readonly first: number; readonly last: number } {
  let [first, last] = [Infinity, -Infinity];
  for (let place = begin; place < end; place++) {
    const at = micros[place]!;
    // NaN stays, and lets no comparison with a border be true.
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  return { first, last };
}
