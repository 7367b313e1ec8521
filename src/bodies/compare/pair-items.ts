import { keepRising, type Pair, pairEqual } from './equal-pairs.js';
import { Places } from './places.js';
import { LEAST_SIMILARITY, pairSimilar } from './similar-pairs.js';
import { measureSimilarity, type Sketch, sketchText } from './sketch.js';

/** Comparisons of each with each that need no short cut, and words by which an item is looked up where they do. */
const FEW = 2_500;
const WORDS_LOOKED_UP = 32;

/** What is aligned: a message, or a part of one. */
export interface AlignItem {
  /** Everything that it says. Items are equal exactly when their keys are. */
  readonly key: string;
  /** Only items of one role are taken for versions of each other. */
  readonly role: string;
  /** What is read of it: counted in characters, and compared word by word. */
  readonly text: string;
  /** JSON Pointer in its body. */
  readonly pointer: string;
}

/** An item with what is learned about it on the way. */
export class Entry {
  readonly item: AlignItem;
  /** Equal for equal keys, and only for them. */
  readonly id: number;
  #sketch: Sketch | undefined;

  constructor(item: AlignItem, id: number) {
    this.item = item;
    this.id = id;
  }

  get sketch(): Sketch {
    this.#sketch ??= sketchText(this.item.text);
    return this.#sketch;
  }
}

/**
 * What belongs together in two lists, rising in both: equal items first, then, in the gaps between, similar ones. An
 * item whose equal stands elsewhere is left alone: it was moved, not changed. Swapping the lists swaps the pairs.
 */
export function pairItems(left: readonly Entry[], right: readonly Entry[]): Pair[] {
  // Ties are broken by order, so one order is used whichever way they are given.
  if (isAfter(left, right)) return pairItems(right, left).map(([at, otherAt]) => [otherAt, at]);
  const equal = pairEqual(
    left.map(({ id }) => id),
    right.map(({ id }) => id),
  );
  const [isMoved, isMovedOther] = markMoved(left, right, equal);
  const pairs: Pair[] = [];
  let [start, otherStart] = [0, 0];
  for (const pair of [...equal, [left.length, right.length] as const]) {
    const [end, otherEnd] = pair;
    const run = rangeOf(start, end).filter((at) => !isMoved.has(at));
    const otherRun = rangeOf(otherStart, otherEnd).filter((at) => !isMovedOther.has(at));
    const take = (entries: readonly Entry[], places: readonly number[]): Entry[] => places.map((at) => entries[at]!);
    for (const [at, otherAt] of pairVersions(take(left, run), take(right, otherRun))) {
      pairs.push([run[at]!, otherRun[otherAt]!]);
    }
    if (end < left.length) pairs.push(pair);
    [start, otherStart] = [end + 1, otherEnd + 1];
  }
  return pairs;
}

const rangeOf = (start: number, end: number): number[] => Array.from({ length: end - start }, (_, at) => start + at);

function isAfter(left: readonly Entry[], right: readonly Entry[]): boolean {
  if (left.length !== right.length) return left.length > right.length;
  const at = left.findIndex(({ id }, index) => id !== right[index]!.id);
  return at !== -1 && left[at]!.item.key > right[at]!.item.key;
}

/** Which of the items without a partner have their equal among the other list's. */
function markMoved(
  left: readonly Entry[],
  right: readonly Entry[],
  equal: readonly Pair[],
): [Set<number>, Set<number>] {
  const taken = new Set(equal.map(([at]) => at));
  const takenOther = new Set(equal.map(([, otherAt]) => otherAt));
  const free = new Places<number>();
  for (const [at, { id }] of right.entries()) if (!takenOther.has(at)) free.add(id, at);
  const moved = new Set<number>();
  const movedOther = new Set<number>();
  for (const [at, { id }] of left.entries()) {
    const otherAt = taken.has(at) ? null : free.take(id);
    if (otherAt === null) continue;
    moved.add(at);
    movedOther.add(otherAt);
  }
  return [moved, movedOther];
}

/** Similar items of two runs: in long ones first those that share a word which nothing else there has. */
function pairVersions(left: readonly Entry[], right: readonly Entry[]): Pair[] {
  const pairs: Pair[] = [];
  let [start, otherStart] = [0, 0];
  const anchors = left.length * right.length > FEW ? pairByRareWords(left, right) : [];
  for (const pair of [...anchors, [left.length, right.length] as const]) {
    const [end, otherEnd] = pair;
    const [from, otherFrom] = [start, otherStart];
    const between = pairSimilar(end - start, otherEnd - otherStart, (at, otherAt) =>
      compareEntries(left[from + at]!, right[otherFrom + otherAt]!),
    );
    for (const [at, otherAt] of between) pairs.push([from + at, otherFrom + otherAt]);
    if (end < left.length) pairs.push(pair);
    [start, otherStart] = [end + 1, otherEnd + 1];
  }
  return pairs;
}

function pairByRareWords(left: readonly Entry[], right: readonly Entry[]): Pair[] {
  // Per word the one item that has it, or -1 for several.
  const locate = (entries: readonly Entry[]): Map<number, number> => {
    const owners = new Map<number, number>();
    for (const [at, { sketch }] of entries.entries()) {
      // The smallest are the same selection in every text, so versions of one text share most of them.
      for (const hash of sketch.hashes.subarray(0, WORDS_LOOKED_UP)) owners.set(hash, owners.has(hash) ? -1 : at);
    }
    return owners;
  };
  const others = locate(right);
  const found = new Map<number, number>();
  for (const [hash, at] of locate(left)) {
    const otherAt = others.get(hash) ?? -1;
    if (at === -1 || otherAt === -1 || found.has(at)) continue;
    if (compareEntries(left[at]!, right[otherAt]!) >= LEAST_SIMILARITY) found.set(at, otherAt);
  }
  return keepRising([...found].sort((a, b) => a[0] - b[0]));
}

function compareEntries(left: Entry, right: Entry): number {
  if (left.item.role !== right.item.role) return 0;
  if (left.item.text === right.item.text) return 1;
  return measureSimilarity(left.sketch, right.sketch);
}
