const BITS = 16;
const BUCKETS = 1 << BITS;
const DIGITS = 4;
const SIGN = 0x8000_0000;

/**
 * Sorts places by their keys, those of equal keys staying in the order they come in; places whose key is NaN come last,
 * whatever the direction. Sorts `places` in place, a pass over one digit of all keys at a time: it yields after each, so
 * that whoever has other things to do can do them in between.
 */
export function* sortPlaces(
  places: Uint32Array,
  keys: Float64Array,
  direction: 'asc' | 'desc',
): Generator<void, void, void> {
  const words = new Uint32Array(keys.buffer, keys.byteOffset, keys.length * 2);
  const known = moveNullsLast(places, keys);
  const flip = direction === 'desc' ? 0xffff_ffff : 0;
  let from = places.subarray(0, known);
  let to: Uint32Array = new Uint32Array(known);
  const counts = new Uint32Array(BUCKETS);
  for (let digit = 0; digit < DIGITS; digit++) {
    yield;
    if (!scatter(from, to, words, digit, flip, counts)) continue;
    [from, to] = [to, from];
  }
  if (from.buffer !== places.buffer) places.set(from);
}

function moveNullsLast(places: Uint32Array, keys: Float64Array): number {
  const nulls: number[] = [];
  let known = 0;
  for (const place of places) {
    if (Number.isNaN(keys[place])) nulls.push(place);
    else places[known++] = place;
  }
  places.set(nulls, known);
  return known;
}

/** One pass; false where all keys have the same digit, and nothing was moved. */
function scatter(
  from: Uint32Array,
  to: Uint32Array,
  words: Uint32Array,
  digit: number,
  flip: number,
  counts: Uint32Array,
): boolean {
  counts.fill(0);
  for (const place of from) counts[digitOf(words, place, digit, flip)]!++;
  if (from.length === 0 || counts[digitOf(words, from[0]!, digit, flip)] === from.length) return false;
  let sum = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = counts[bucket]!;
    counts[bucket] = sum;
    sum += count;
  }
  for (const place of from) to[counts[digitOf(words, place, digit, flip)]!++] = place;
  return true;
}

/** A digit of the key's bits, turned so that they sort as whole numbers do: doubles below 0 are all flipped. */
function digitOf(words: Uint32Array, place: number, digit: number, flip: number): number {
  const high = words[place * 2 + 1]!;
  const turn = (high & SIGN ? 0xffff_ffff : digit < 2 ? 0 : SIGN) ^ flip;
  const word = (digit < 2 ? words[place * 2]! : high) ^ turn;
  return digit & 1 ? word >>> BITS : word & (BUCKETS - 1);
}
