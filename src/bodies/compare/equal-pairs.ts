import { diffArrays } from 'diff';

/** Places in two sequences that belong together; rising in both. */
export type Pair = readonly [left: number, right: number];

/** Looks at elements, and steps of the edit graph, that one call may spend in all. Past it, less is found. */
const MOST_LOOKS = 1_000_000;
const MOST_STEPS = 400_000;
const MOST_EDITS = 500;

/**
 * Finds what is equal in two sequences without crossing: from both ends, then by what each has just once (patience),
 * in between by Myers. Where that would take too long a stretch stays without pairs: fewer, but never a wrong one.
 * Usually linear.
 */
export function pairEqual(left: readonly number[], right: readonly number[]): Pair[] {
  const pairs: Pair[] = [];
  const windows: Window[] = [[0, left.length, 0, right.length]];
  let looks = MOST_LOOKS + 2 * (left.length + right.length);
  let steps = MOST_STEPS;
  for (let window = windows.pop(); window !== undefined; window = windows.pop()) {
    let [start, end, otherStart, otherEnd] = window;
    while (start < end && otherStart < otherEnd && left[start] === right[otherStart]) {
      pairs.push([start++, otherStart++]);
    }
    while (start < end && otherStart < otherEnd && left[end - 1] === right[otherEnd - 1]) {
      pairs.push([--end, --otherEnd]);
    }
    if (start === end || otherStart === otherEnd) continue;
    looks -= end - start + otherEnd - otherStart;
    if (looks < 0) continue;
    const anchors = keepRising(pairUnique(left, right, [start, end, otherStart, otherEnd]));
    if (anchors.length > 0) {
      for (const [at, otherAt] of anchors) {
        pairs.push([at, otherAt]);
        windows.push([start, at, otherStart, otherAt]);
        [start, otherStart] = [at + 1, otherAt + 1];
      }
      windows.push([start, end, otherStart, otherEnd]);
    } else {
      const edits = Math.min(MOST_EDITS, Math.floor(Math.sqrt(steps)));
      const changes = diffArrays(left.slice(start, end), right.slice(otherStart, otherEnd), { maxEditLength: edits });
      let spent = 0;
      for (const { added, removed, count } of changes ?? []) {
        for (let step = 0; step < count; step++) {
          if (added || removed) spent++;
          else pairs.push([start, otherStart]);
          if (!added) start++;
          if (!removed) otherStart++;
        }
      }
      steps -= changes === undefined ? edits ** 2 : spent ** 2;
    }
  }
  return pairs.sort((a, b) => a[0] - b[0]);
}

type Window = readonly [start: number, end: number, otherStart: number, otherEnd: number];

/** Pairs of what stands exactly once in either window, by the left one's order. */
function pairUnique(left: readonly number[], right: readonly number[], window: Window): Pair[] {
  const [start, end, otherStart, otherEnd] = window;
  const places = new Map<number, { at: number; otherAt: number }>();
  for (let at = start; at < end; at++) {
    const place = places.get(left[at]!);
    if (place === undefined) places.set(left[at]!, { at, otherAt: -1 });
    else place.at = -1;
  }
  for (let otherAt = otherStart; otherAt < otherEnd; otherAt++) {
    const place = places.get(right[otherAt]!);
    if (place === undefined) continue;
    if (place.otherAt === -1) place.otherAt = otherAt;
    else place.at = -1;
  }
  const pairs: Pair[] = [];
  for (const { at, otherAt } of places.values()) if (at !== -1 && otherAt !== -1) pairs.push([at, otherAt]);
  return pairs;
}

/** The longest selection of pairs that rises on the right too (they rise on the left). */
export function keepRising(pairs: readonly Pair[]): Pair[] {
  const lasts: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  for (const [index, [, right]] of pairs.entries()) {
    let [low, high] = [0, lasts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[lasts[middle]!]![1] < right) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[index] = lasts[low - 1]!;
    lasts[low] = index;
  }
  const kept: Pair[] = [];
  for (let index = lasts.at(-1) ?? -1; index !== -1; index = before[index]!) kept.push(pairs[index]!);
  return kept.reverse();
}
