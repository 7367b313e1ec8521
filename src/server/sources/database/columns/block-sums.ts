import type { CallTable } from './call-table.js';

/** Calls in a block: few enough blocks to look at them all, and short enough to walk through where one is cut. */
const BLOCK_CALLS = 16_384;

/** Calls, unpriced ones, cost and five token counts of each signature: a line of the processor's cache. */
export const OWN_FIELDS = 8;

interface Block {
  readonly signatures: Uint32Array;
  /** OWN_FIELDS for each of the signatures. */
  readonly sums: Float64Array;
  /** Microseconds of the first and last call; NaN where a time can't be read. */
  readonly first: number;
  readonly last: number;
}

/** What decides whether a call is chosen, where that is its signature and its time alone. */
export interface Rule {
  /** 1 for signatures that pass; null lets all pass. */
  readonly passes: Uint8Array | null;
  readonly from: number;
  readonly before: number;
}

/**
 * Sums of each block of calls by signature, made when they are first asked for. A filter over signatures and time is
 * summed up from these: a twentieth of what a walk through all calls has to read.
 */
export class BlockSums {
  #blocks: (Block | undefined)[] = [];

  /** Calls of these places were changed. */
  forget(from: number, before: number): void {
    for (let block = Math.floor(from / BLOCK_CALLS); block * BLOCK_CALLS < before; block++)
      this.#blocks[block] = undefined;
  }

  /**
   * Adds the sums of whole blocks to `sums`, and gives the stretches that have to be walked through: those a border of
   * the window cuts, and what is behind the last whole block.
   */
  add(table: CallTable, { passes, from, before }: Rule, sums: Float64Array): [begin: number, end: number][] {
    const rest: [number, number][] = [];
    const isWindow = from !== -Infinity || before !== Infinity;
    const whole = Math.floor(table.length / BLOCK_CALLS);
    for (let place = 0; place < whole; place++) {
      const block = (this.#blocks[place] ??= sumBlock(table, place));
      if (isWindow && (block.last < from || block.first >= before)) continue;
      if (isWindow && !(block.first >= from && block.last < before)) {
        rest.push([place * BLOCK_CALLS, (place + 1) * BLOCK_CALLS]);
        continue;
      }
      addBlock(block, passes, sums);
    }
    rest.push([whole * BLOCK_CALLS, table.length]);
    return rest;
  }
}

function addBlock({ signatures, sums }: Block, passes: Uint8Array | null, into: Float64Array): void {
  for (let own = 0; own < signatures.length; own++) {
    const signature = signatures[own]!;
    if (passes !== null && passes[signature] === 0) continue;
    for (let field = 0; field < OWN_FIELDS; field++) {
      into[signature * OWN_FIELDS + field]! += sums[own * OWN_FIELDS + field]!;
    }
  }
}

function sumBlock(table: CallTable, place: number): Block {
  const [begin, end] = [place * BLOCK_CALLS, (place + 1) * BLOCK_CALLS];
  const all = new Float64Array(table.signatures.size * OWN_FIELDS);
  sumStretch(table, null, begin, end, all);
  const signatures: number[] = [];
  for (let own = 0; own < table.signatures.size; own++) if (all[own * OWN_FIELDS]! > 0) signatures.push(own);
  const sums = new Float64Array(signatures.length * OWN_FIELDS);
  for (const [at, own] of signatures.entries()) {
    sums.set(all.subarray(own * OWN_FIELDS, (own + 1) * OWN_FIELDS), at * OWN_FIELDS);
  }
  let [first, last] = [Infinity, -Infinity];
  for (const micros of table.micros.subarray(begin, end)) {
    // NaN stays, and lets no comparison with a border be true.
    first = Math.min(first, micros);
    last = Math.max(last, micros);
  }
  return { signatures: Uint32Array.from(signatures), sums, first, last };
}

const GATHERED = new Uint32Array(4096);

/**
 * Gives the places of a mask a few thousand at a time. They are gathered without a branch: one that depends on the mask
 * is guessed wrong so often that it costs more than the sums.
 */
export function eachChosen(
  mask: Uint8Array | null,
  begin: number,
  end: number,
  take: (places: Uint32Array, count: number) => void,
): void {
  for (let from = begin; from < end; from += GATHERED.length) {
    const before = Math.min(end, from + GATHERED.length);
    let count = 0;
    for (let place = from; place < before; place++) {
      GATHERED[count] = place;
      count += mask === null ? 1 : mask[place]!;
    }
    if (count > 0) take(GATHERED, count);
  }
}

/** Adds the calls of a stretch, or those of them in a mask, by signature. */
export function sumStretch(
  table: CallTable,
  mask: Uint8Array | null,
  begin: number,
  end: number,
  sums: Float64Array,
): void {
  const cost = table.cost.data;
  const signature = table.signature.data;
  const counts = table.tokens.data;
  eachChosen(mask, begin, end, (places, count) => {
    for (let index = 0; index < count; index++) {
      const place = places[index]!;
      const from = place * 5;
      const at = signature[place]! * OWN_FIELDS;
      const millicents = cost[place]!;
      sums[at]! += 1;
      if (millicents === millicents) sums[at + 2]! += millicents;
      else sums[at + 1]! += 1;
      sums[at + 3]! += counts[from]!;
      sums[at + 4]! += counts[from + 1]!;
      sums[at + 5]! += counts[from + 2]!;
      sums[at + 6]! += counts[from + 3]!;
      sums[at + 7]! += counts[from + 4]!;
    }
  });
}
