import { findSpan } from './block-span.js';
import { addStretch, OWN_FIELDS, type SlotsOf } from './call-sums.js';
import { FLAG_BITS, FLAGS, flagsOf } from './call-fields.js';
import type { CallTable } from './call-table.js';
import { ShortBlocks } from './short-blocks.js';
import type { SignatureField } from './signature-table.js';

/** Calls in a block: few enough blocks to look at them all, and short enough to walk through where one is cut. */
export const BLOCK_CALLS = 16_384;

/** Kinds of short blocks that are kept: each takes a megabyte or more for a million calls. */
const MOST_SHORT = 2;

/** What decides whether a call is chosen, where that is its signature, its flags and its time alone. */
export interface Rule {
  /** 1 for signatures that pass; null lets all pass. */
  readonly passes: Uint8Array | null;
  /** 1 for flags that pass; null lets all pass. */
  readonly flags: Uint8Array | null;
  readonly from: number;
  readonly before: number;
}

/** Lets all calls through. */
export const NO_RULE: Rule = { passes: null, flags: null, from: -Infinity, before: Infinity };

/** Calls that stand together: sums of those of one signature and flags, and when the first and last of all was. */
export interface Block {
  /** Signature and flags of each sum. */
  readonly keys: Uint32Array;
  /** OWN_FIELDS for each of the keys. */
  readonly sums: Float64Array;
  /** Microseconds; NaN where a time can't be read. */
  readonly first: number;
  readonly last: number;
}

/**
 * Sums of each block of calls by signature and flags, made when they are first asked for. What is asked of signatures,
 * flags and time is summed up from these: a twentieth of what a walk through all calls has to read.
 */
export class BlockSums {
  #blocks: (Block | undefined)[] = [];
  /** The first so many blocks as one. */
  #joined: { readonly count: number; readonly block: Block } | null = null;
  /** By what they are split by, the one asked for last at the end. */
  readonly #short = new Map<SignatureField | null, ShortBlocks>();

  /** Short blocks of calls split by a field, or by none. */
  shortBy(field: SignatureField | null): ShortBlocks {
    const known = this.#short.get(field) ?? new ShortBlocks(field);
    this.#short.delete(field);
    this.#short.set(field, known);
    const [oldest] = this.#short.keys();
    if (this.#short.size > MOST_SHORT) this.#short.delete(oldest!);
    return known;
  }

  /** Calls of these places were changed. */
  forget(from: number, before: number): void {
    for (const short of this.#short.values()) short.forget(from, before);
    for (let block = Math.floor(from / BLOCK_CALLS); block * BLOCK_CALLS < before; block++) {
      if (this.#blocks[block] !== undefined) this.#joined = null;
      this.#blocks[block] = undefined;
    }
  }

  /**
   * Gives the whole blocks, but those that times cut as stretches to be walked through, and what is behind the last
   * whole block too. `isUncut` is asked with the times of a block's first and last call; NaN where one can't be read.
   * What no times cut is given as one block.
   */
  visit(
    table: CallTable,
    isUncut: (first: number, last: number) => boolean,
    takeBlock: (block: Block, begin: number, end: number) => void,
    takeStretch: (begin: number, end: number) => void,
  ): void {
    const whole = Math.floor(table.length / BLOCK_CALLS);
    if (isUncut(-Infinity, Infinity)) takeBlock(this.#join(table, whole), 0, whole * BLOCK_CALLS);
    else {
      for (let place = 0; place < whole; place++) {
        const block = this.#find(table, place);
        const [begin, end] = [place * BLOCK_CALLS, (place + 1) * BLOCK_CALLS];
        if (isUncut(block.first, block.last)) takeBlock(block, begin, end);
        else takeStretch(begin, end);
      }
    }
    takeStretch(whole * BLOCK_CALLS, table.length);
  }

  #find(table: CallTable, place: number): Block {
    return (this.#blocks[place] ??= sumBlock(table, place * BLOCK_CALLS));
  }

  #join(table: CallTable, count: number): Block {
    if (this.#joined?.count !== count) {
      const blocks = Array.from({ length: count }, (_, place) => this.#find(table, place));
      this.#joined = { count, block: joinBlocks(blocks) };
    }
    return this.#joined.block;
  }
}

/** Whether a window has all of these times in it, or none. A time that can't be read is neither. */
export function isUncutBy(from: number, before: number): (first: number, last: number) => boolean {
  if (from === -Infinity && before === Infinity) return () => true;
  return (first, last) => last < from || first >= before || (first >= from && last < before);
}

/** Adds what a rule lets through of a block that its window does not cut, to the slot of each signature; -1 leaves it out. */
export function addBlock(
  { keys, sums, first, last }: Block,
  { passes, flags, from, before }: Rule,
  slotOf: Int32Array,
  into: Float64Array,
): void {
  if (last < from || first >= before) return;
  for (let own = 0; own < keys.length; own++) {
    const signature = keys[own]! >>> FLAG_BITS;
    const slot = slotOf[signature]!;
    if (slot < 0 || (passes !== null && passes[signature] === 0)) continue;
    if (flags !== null && flags[keys[own]! & (FLAGS - 1)] === 0) continue;
    for (let field = 0; field < OWN_FIELDS; field++) {
      into[slot * OWN_FIELDS + field]! += sums[own * OWN_FIELDS + field]!;
    }
  }
}

/** The calls of each signature in a block. */
export function* countBlock({ keys, sums }: Block): Generator<readonly [signature: number, calls: number]> {
  for (let own = 0; own < keys.length; own++) yield [keys[own]! >>> FLAG_BITS, sums[own * OWN_FIELDS]!];
}

function joinBlocks(blocks: readonly Block[]): Block {
  const slots = new Map<number, number>();
  for (const { keys } of blocks) for (const key of keys) if (!slots.has(key)) slots.set(key, slots.size);
  const joined = new Float64Array(slots.size * OWN_FIELDS);
  for (const { keys, sums } of blocks) {
    for (const [own, key] of keys.entries()) {
      const to = slots.get(key)! * OWN_FIELDS;
      for (let field = 0; field < OWN_FIELDS; field++) joined[to + field]! += sums[own * OWN_FIELDS + field]!;
    }
  }
  // A time that can't be read makes both of them NaN.
  const first = Math.min(...blocks.map((block) => block.first));
  const last = Math.max(...blocks.map((block) => block.last));
  return { keys: Uint32Array.from(slots.keys()), sums: joined, first, last };
}

function sumBlock(table: CallTable, begin: number): Block {
  const end = begin + BLOCK_CALLS;
  const { marks } = table;
  const cost = table.cost.data;
  const signature = table.signature.data;
  const known = new Uint16Array(table.signatures.size * FLAGS);
  const slotAt = new Uint16Array(BLOCK_CALLS);
  const keys: number[] = [];
  for (let place = begin; place < end; place++) {
    const key = (signature[place]! << FLAG_BITS) | flagsOf(marks[place]!, cost[place]!);
    slotAt[place - begin] = (known[key] ||= keys.push(key)) - 1;
  }
  const sums = new Float64Array(keys.length * OWN_FIELDS);
  const slotsOf: SlotsOf = (places, count, slots) => {
    for (let index = 0; index < count; index++) slots[index] = slotAt[places[index]! - begin]!;
  };
  addStretch(table, null, begin, end, slotsOf, sums);
  return { keys: Uint32Array.from(keys), sums, ...findSpan(table.micros, begin, end) };
}
