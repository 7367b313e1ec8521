const BITS = 11;
const BUCKETS = 1 << BITS;
const MASK = BUCKETS - 1;
const SIGN = 0x8000_0000;

/** Places and some bits of their keys, slot by slot. */
interface Slots {
  readonly places: Uint32Array;
  readonly bits: Int32Array;
}

/**
 * Sorts places by their keys, those of equal keys staying in the order they come in; places whose key is NaN come last,
 * whatever the direction. Sorts `places` in place, a pass over some bits of all keys at a time: it yields after each, so
 * that whoever has other things to do can do them in between.
 */
export function* sortPlaces(
  places: Uint32Array,
  keys: Float64Array,
  direction: 'asc' | 'desc',
): Generator<void, void, void> {
  const known = moveNullsLast(places, keys);
  let from: Slots = { places: places.subarray(0, known), bits: new Int32Array(known) };
  let to: Slots = { places: new Uint32Array(known), bits: new Int32Array(known) };
  const range = findRange(from.places, keys);
  for (const part of range === null ? (['low', 'high'] as const) : (['whole'] as const)) {
    yield;
    if (part === 'whole') gatherWholes(from, keys, range!, direction);
    else gatherBits(from, keys, part, direction === 'desc' ? 0xffff_ffff : 0);
    const bits = part === 'whole' ? 32 - Math.clz32(range!.greatest - range!.least) : 32;
    for (let shift = 0; shift < bits; shift += BITS) {
      yield;
      if (scatter(from, to, shift)) [from, to] = [to, from];
    }
  }
  if (from.places.buffer !== places.buffer) places.set(from.places);
}

function moveNullsLast(places: Uint32Array, keys: Float64Array): number {
  const nulls: number[] = [];
  let known = 0;
  for (let slot = 0; slot < places.length; slot++) {
    const place = places[slot]!;
    const key = keys[place]!;
    if (key === key) places[known++] = place;
    else nulls.push(place);
  }
  places.set(nulls, known);
  return known;
}

interface Range {
  readonly least: number;
  readonly greatest: number;
}

/** Where all keys are whole numbers that 32 bits tell apart: costs and counts take a third of the passes of others. */
function findRange(places: Uint32Array, keys: Float64Array): Range | null {
  let [least, greatest] = [Infinity, -Infinity];
  for (let slot = 0; slot < places.length; slot++) {
    const key = keys[places[slot]!]!;
    if (key !== Math.floor(key)) return null;
    if (key < least) least = key;
    if (key > greatest) greatest = key;
  }
  return greatest - least <= 0xffff_ffff && Number.isSafeInteger(least) ? { least, greatest } : null;
}

/** How far each key is from where the order begins. */
function gatherWholes(
  { places, bits }: Slots,
  keys: Float64Array,
  { least, greatest }: Range,
  direction: 'asc' | 'desc',
): void {
  const [from, sign] = direction === 'asc' ? [least, 1] : [greatest, -1];
  for (let slot = 0; slot < places.length; slot++) bits[slot] = sign * (keys[places[slot]!]! - from);
}

/** Half of each key's bits, turned so that they sort as whole numbers do: of doubles below 0 all bits are flipped. */
function gatherBits({ places, bits }: Slots, keys: Float64Array, half: 'low' | 'high', flip: number): void {
  const words = new Int32Array(keys.buffer, keys.byteOffset, keys.length * 2);
  const positive = ((half === 'low' ? 0 : SIGN) ^ flip) | 0;
  const negative = ~flip;
  const offset = half === 'low' ? 0 : 1;
  for (let slot = 0; slot < places.length; slot++) {
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
