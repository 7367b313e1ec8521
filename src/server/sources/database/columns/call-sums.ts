import type { CallTable, Reals, Wholes } from './call-table.js';

/** Calls, unpriced ones, cost and five token counts: a line of the processor's cache. */
export const OWN_FIELDS = 8;

/** Calls that are gathered at once: few enough for the processor's nearest cache. */
export const MOST_CHOSEN = 1024;
const GATHERED = new Int32Array(MOST_CHOSEN);
const SLOTS = new Int32Array(MOST_CHOSEN);

/** Writes the slot of each of the first `count` places; -1 leaves a call out. */
export type SlotsOf = (places: Int32Array, count: number, slots: Int32Array) => void;

/**
 * Gives the places of a mask, of all where it is null, a thousand at a time. They are gathered without a branch: one
 * that depends on the mask is guessed wrong so often that it costs more than the sums.
 */
export function eachChosen(
  mask: Uint8Array | null,
  begin: number,
  end: number,
  take: (places: Int32Array, count: number) => void,
): void {
  for (let from = begin; from < end; from += MOST_CHOSEN) {
    const before = Math.min(end, from + MOST_CHOSEN);
    const count = gather(mask, 0, from, before, GATHERED);
    if (count > 0) take(GATHERED, count);
  }
}

/**
 * Adds the calls of a stretch, or those of them in a mask, to OWN_FIELDS of each one's slot.
 * @param flip 1 for those that are not in the mask
 */
export function addStretch(
  table: CallTable,
  mask: Uint8Array | null,
  begin: number,
  end: number,
  slotsOf: SlotsOf,
  sums: Float64Array,
  flip: 0 | 1 = 0,
): void {
  const cost = table.cost.data;
  const tokens = table.tokens.data;
  for (let from = begin; from < end; from += MOST_CHOSEN) {
    const before = Math.min(end, from + MOST_CHOSEN);
    const count = gather(mask, flip, from, before, GATHERED);
    if (count === 0) continue;
    if (count * 16 > MOST_CHOSEN && count * 3 < MOST_CHOSEN) FETCHED[0] = fetchLines(cost, tokens, from, before);
    slotsOf(GATHERED, count, SLOTS);
    addCalls(cost, tokens, GATHERED, SLOTS, count, sums);
  }
}

/** Slots by signature alone. */
export function slotsBySignature(table: CallTable, slotOf: Int32Array): SlotsOf {
  const signature = table.signature.data;
  return (places, count, slots) => lookUp(signature, slotOf, places, count, slots);
}

/** Slots by a group and, within it, the class of the signature: `group * classes + class`. */
export function slotsByGroup(table: CallTable, groupsOf: SlotsOf, classOf: Int32Array, classes: number): SlotsOf {
  const signature = table.signature.data;
  return (places, count, slots) => {
    groupsOf(places, count, slots);
    addClasses(signature, classOf, classes, places, count, slots);
  };
}

// The loops stand by themselves, take their arrays as arguments and have TOKEN_COUNTS and OWN_FIELDS as plain numbers:
// with what is looked up in a closure or another module they run at half this speed.

function gather(mask: Uint8Array | null, flip: 0 | 1, from: number, before: number, places: Int32Array): number {
  let count = 0;
  if (mask === null) for (let place = from; place < before; place++) places[count++] = place;
  else {
    for (let place = from; place < before; place++) {
      places[count] = place;
      count += mask[place]! ^ flip;
    }
  }
  return count;
}

/** What the last lines held: what nobody takes would not be read. */
const FETCHED = new Float64Array(1);

/**
 * Brings a stretch into the processor's cache, one line after the other. Calls that are neither few nor many of it would
 * be fetched one by one, since their lines are too far from each other to be foreseen: half as fast.
 */
function fetchLines(cost: Reals, tokens: Reals, from: number, before: number): number {
  let sum = 0;
  for (let place = from; place < before; place += 16) sum += cost[place]!;
  for (let at = from * 5; at < before * 5; at += 16) sum += tokens[at]!;
  return sum;
}

function lookUp(signature: Wholes, slotOf: Int32Array, places: Int32Array, count: number, slots: Int32Array): void {
  for (let index = 0; index < count; index++) slots[index] = slotOf[signature[places[index]!]!]!;
}

function addClasses(
  signature: Wholes,
  classOf: Int32Array,
  classes: number,
  places: Int32Array,
  count: number,
  slots: Int32Array,
): void {
  for (let index = 0; index < count; index++) {
    const group = slots[index]!;
    const own = classOf[signature[places[index]!]!]!;
    slots[index] = group < 0 || own < 0 ? -1 : group * classes + own;
  }
}

function addCalls(
  cost: Reals,
  tokens: Reals,
  places: Int32Array,
  slots: Int32Array,
  count: number,
  sums: Float64Array,
): void {
  for (let index = 0; index < count; index++) {
    const slot = slots[index]!;
    if (slot < 0) continue;
    const place = places[index]!;
    const from = place * 5;
    const at = slot * 8;
    const millicents = cost[place]!;
    sums[at]! += 1;
    if (millicents === millicents) sums[at + 2]! += millicents;
    else sums[at + 1]! += 1;
    sums[at + 3]! += tokens[from]!;
    sums[at + 4]! += tokens[from + 1]!;
    sums[at + 5]! += tokens[from + 2]!;
    sums[at + 6]! += tokens[from + 3]!;
    sums[at + 7]! += tokens[from + 4]!;
  }
}
