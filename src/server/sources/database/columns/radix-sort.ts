import { makeArray } from './large-arrays.js';

const BITS = 11;
const BUCKETS = 1 << BITS;
const MASK = BUCKETS - 1;
const SIGN = 0x8000_0000;

/** Places and some bits of their keys, slot by slot. */
interface Slots {
  readonly places: Uint32Array;
  readonly bits: Int32Array;
}

/** Keys lie anywhere in memory: so many are looked at between two yields. */
const STRETCH = 1 << 18;

/**
 * Sorts places by their keys, those of equal keys staying in the order they come in; places whose key is NaN come last,
 * whatever the direction. Sorts `places` in place, a pass over some bits of all keys at a time: it yields after each, and
 * within those that take longest, so that whoever has other things to do can do them in between.
 */
export function* sortPlaces(
  places: Uint32Array,
  keys: Float64Array,
  direction: 'asc' | 'desc',
): Generator<void, void, void> {
  const known = yield* moveNullsLast(places, keys);
  let from: Slots = { places: places.subarray(0, known), bits: makeArray(Int32Array, known) };
  let to: Slots = { places: makeArray(Uint32Array, known), bits: makeArray(Int32Array, known) };
  const range = yield* findRange(from.places, keys);
  for (const part of range === null ? (['low', 'high'] as const) : (['whole'] as const)) {
    for (const [begin, end] of stretches(known)) {
      yield;
      if (part === 'whole') gatherWholes(from, keys, begin, end, range!, direction);
      else gatherBits(from, keys, begin, end, part, direction === 'desc' ? 0xffff_ffff : 0);
    }
    const bits = part === 'whole' ? 32 - Math.clz32(range!.greatest - range!.least) : 32;
    for (let shift = 0; shift < bits; shift += BITS) {
      yield;
      if (scatter(from, to, shift)) [from, to] = [to, from];
    }
  }
  if (from.places.buffer !== places.buffer) places.set(from.places);
}

function* stretches(length: number): Generator<[begin: number, end: number]> {
  for (let begin = 0; begin < length; begin += STRETCH) yield [begin, Math.min(begin + STRETCH, length)];
}

/** How many places have a key. */
function* moveNullsLast(places: Uint32Array, keys: Float64Array): Generator<void, number, void> {
  const nulls: number[] = [];
  let known = 0;
  for (const [begin, end] of stretches(places.length)) {
    known = moveKnown(places, keys, begin, end, known, nulls);
    yield;
  }
  places.set(nulls, known);
  return known;
}

function moveKnown(
  places: Uint32Array,
  keys: Float64Array,
  begin: number,
  end: number,
  known: number,
  nulls: number[],
): number {
  let to = known;
  for (let slot = begin; slot < end; slot++) {
    const place = places[slot]!;
    const key = keys[place]!;
    if (key === key) places[to++] = place;
    else nulls.push(place);
  }
  return to;
}

interface Range {
  readonly least: number;
  readonly greatest: number;
}

/** Where all keys are whole numbers that 32 bits tell apart: costs and counts take a third of the passes of others. */
function* findRange(places: Uint32Array, keys: Float64Array): Generator<void, Range | null, void> {
  let range: Range | null = { least: Infinity, greatest: -Infinity };
  for (const [begin, end] of stretches(places.length)) {
    range = widen(range, places, keys, begin, end);
    if (range === null) return null;
    yield;
  }
  return range.greatest - range.least <= 0xffff_ffff && Number.isSafeInteger(range.least) ? range : null;
}

/** The range with these keys too; null where one of them is no whole number. */
function widen(
  { least, greatest }: Range,
  places: Uint32Array,
  keys: Float64Array,
  begin: number,
  end: number,
): Range | null {
  for (let slot = begin; slot < end; slot++) {
    const key = keys[places[slot]!]!;
    if (key !== Math.floor(key)) return null;
    if (key < least) least = key;
    if (key > greatest) greatest = key;
  }
  return { least, greatest };
}

/** How far each key is from where the order begins. */
function gatherWholes(
  { places, bits }: Slots,
  keys: Float64Array,
  begin: number,
  end: number,
  { least, greatest }: Range,
  direction: 'asc' | 'desc',
): void {
  const [from, sign] = direction === 'asc' ? [least, 1] : [greatest, -1];
  for (let slot = begin; slot < end; slot++) bits[slot] = sign * (keys[places[slot]!]! - from);
}

/** Half of each key's bits, turned so that they sort as whole numbers do: of doubles below 0 all bits are flipped. */
function gatherBits(
  { places, bits }: Slots,
  keys: Float64Array,
  begin: number,
  end: number,
  half: 'low' | 'high',
  flip: number,
): void {
  const words = new Int32Array(keys.buffer, keys.byteOffset, keys.length * 2);
  const positive = ((half === 'low' ? 0 : SIGN) ^ flip) | 0;
  const negative = ~flip;
  const offset = half === 'low' ? 0 : 1;
  for (let slot = begin; slot < end; slot++) {
    const at = places[slot]! * 2;
    bits[slot] = words[at + offset]! ^ (words[at + 1]! < 0 ? negative : positive);
  }
}

/** One pass; false where all keys have the same bits here, and nothing was moved. */
function scatter(from: Slots, to: Slots, shift: number): boolean {
  const counts = new Int32Array(BUCKETS);
  const { places, bits } = from;
  for (let slot = 0; slot < bits.length; slot++) counts[(bits[slot]! >>> shift) & MASK]!++;
  let sum = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = counts[bucket]!;
    if (count === bits.length) return false;
    counts[bucket] = sum;
    sum += count;
  }
  for (let slot = 0; slot < bits.length; slot++) {
    const own = bits[slot]!;
    const target = counts[(own >>> shift) & MASK]!++;
    to.places[target] = places[slot]!;
    to.bits[target] = own;
  }
  return true;
}
