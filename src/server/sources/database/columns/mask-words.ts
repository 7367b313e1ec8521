import type { Reals, Wholes } from './call-table.js';
import { flagsOf } from './call-fields.js';

// A mask has a byte for each call, 1 or 0, which these write four at a time: half the time of one after the other. None
// of them branches on a call: what comes next would be guessed wrong too often. Columns have room for whole words.

/** The bytes of a mask as words; the last word may reach beyond its calls. */
export function wordsOf(mask: Uint8Array): Uint32Array {
  return new Uint32Array(mask.buffer, mask.byteOffset, (mask.length + 3) >>> 2);
}

/** How many of the bytes are 1. */
export function countOnes(words: Uint32Array): number {
  let count = 0;
  // The bytes of a word are added up in its highest one.
  for (let at = 0; at < words.length; at++) count += Math.imul(words[at]!, 0x01010101) >>> 24;
  return count;
}

/** Writes 1 for calls whose signature passes. */
export function writePassing(words: Uint32Array, signature: Wholes, passes: Uint8Array): void {
  for (let at = 0, place = 0; at < words.length; at++, place += 4) {
    words[at] =
      passes[signature[place]!]! |
      (passes[signature[place + 1]!]! << 8) |
      (passes[signature[place + 2]!]! << 16) |
      (passes[signature[place + 3]!]! << 24);
  }
}

/** Keeps calls whose flags pass. */
export function keepFlags(words: Uint32Array, marks: Uint8Array, cost: Reals, passes: Uint8Array): void {
  for (let at = 0, place = 0; at < words.length; at++, place += 4) {
    words[at]! &=
      passes[flagsOf(marks[place]!, cost[place]!)]! |
      (passes[flagsOf(marks[place + 1]!, cost[place + 1]!)]! << 8) |
      (passes[flagsOf(marks[place + 2]!, cost[place + 2]!)]! << 16) |
      (passes[flagsOf(marks[place + 3]!, cost[place + 3]!)]! << 24);
  }
}

/** Keeps calls whose value is in a range, both ends of it included. Nulls, which are NaN, are in none. */
export function keepRange(words: Uint32Array, values: Reals, least: number, most: number): void {
  for (let at = 0, place = 0; at < words.length; at++, place += 4) {
    words[at]! &=
      isWithin(values[place]!, least, most) |
      (isWithin(values[place + 1]!, least, most) << 8) |
      (isWithin(values[place + 2]!, least, most) << 16) |
      (isWithin(values[place + 3]!, least, most) << 24);
  }
}

function isWithin(value: number, least: number, most: number): number {
  return Number(value >= least) & Number(value <= most);
}
