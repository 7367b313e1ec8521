import { Dictionary } from './dictionary.js';

/** Fields of a call that have few values, in the order in which a signature is written. */
export const SIGNATURE_FIELDS = [
  'projectId',
  'provider',
  'model',
  'mode',
  'kind',
  'status',
  'httpStatus',
  'billing',
  'attribution',
  'errorClass',
  'errorCode',
  'machine',
  'workdir',
  'ratesSource',
  'isComplete',
] as const;
export type SignatureField = (typeof SIGNATURE_FIELDS)[number];

const FIRST_SLOTS = 2048;
const NEWLINE = 0x0a;

/**
 * The signatures of all calls: what they have in fields with few values. There are some hundreds or thousands of them
 * in a million calls, so a call keeps one small number for fifteen texts, and a filter judges each signature once.
 */
export class SignatureTable {
  readonly #dictionaries = SIGNATURE_FIELDS.map(() => new Dictionary());
  /** For each field the dictionary's code of each signature. */
  readonly #codes: number[][] = SIGNATURE_FIELDS.map(() => []);
  /** The texts as SQLite wrote them, one after the other: what is compared when hashes agree. */
  #texts = Buffer.alloc(1 << 16);
  readonly #ends: number[] = [];
  /** Hash table: signature + 1, 0 where free. */
  #slots = new Uint32Array(FIRST_SLOTS);
  readonly #hashes: number[] = [];

  get size(): number {
    return this.#ends.length;
  }

  values(field: SignatureField): readonly (string | null)[] {
    return this.#dictionaries[SIGNATURE_FIELDS.indexOf(field)]!.values;
  }

  /** The code of this field's value, for each signature. */
  codes(field: SignatureField): readonly number[] {
    return this.#codes[SIGNATURE_FIELDS.indexOf(field)]!;
  }

  valueOf(signature: number, field: SignatureField): string | null {
    return this.values(field)[this.codes(field)[signature]!] ?? null;
  }

  /** Reads lines of JSON arrays, one a call, and writes each one's signature into `into`. */
  readLines(bytes: Buffer, into: Uint32Array): void {
    for (let start = 0, count = 0; start < bytes.length; count++) {
      const found = bytes.indexOf(NEWLINE, start);
      const end = found === -1 ? bytes.length : found;
      into[count] = this.#find(bytes, start, end, hashLine(bytes, start, end));
      start = end + 1;
    }
  }

  #find(bytes: Buffer, start: number, end: number, hash: number): number {
    const last = this.#slots.length - 1;
    for (let slot = mixBits(hash) & last; ; slot = (slot + 1) & last) {
      const found = this.#slots[slot]! - 1;
      if (found < 0) return this.#add(bytes, start, end, hash);
      if (this.#hashes[found] === hash && this.#isText(found, bytes, start, end)) return found;
    }
  }

  #isText(signature: number, bytes: Buffer, start: number, end: number): boolean {
    const from = signature === 0 ? 0 : this.#ends[signature - 1]!;
    const before = this.#ends[signature]!;
    return before - from === end - start && bytes.compare(this.#texts, from, before, start, end) === 0;
  }

  #add(bytes: Buffer, start: number, end: number, hash: number): number {
    const from = this.#ends.at(-1) ?? 0;
    const length = end - start;
    if (from + length > this.#texts.length) {
      const grown = Buffer.alloc(Math.max(this.#texts.length * 2, from + length));
      this.#texts.copy(grown, 0, 0, from);
      this.#texts = grown;
    }
    bytes.copy(this.#texts, from, start, end);
    const signature = this.#ends.push(from + length) - 1;
    this.#hashes.push(hash);
    const values = JSON.parse(bytes.toString('utf8', start, end)) as (string | number | null)[];
    for (const [field, value] of values.entries()) {
      this.#codes[field]!.push(this.#dictionaries[field]!.encode(value === null ? null : String(value)));
    }
    if (this.#ends.length * 2 > this.#slots.length) this.#slots = new Uint32Array(this.#slots.length * 2);
    else return this.#place(signature);
    for (let known = 0; known <= signature; known++) this.#place(known);
    return signature;
  }

  #place(signature: number): number {
    const last = this.#slots.length - 1;
    let slot = mixBits(this.#hashes[signature]!) & last;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & last;
    this.#slots[slot] = signature + 1;
    return signature;
  }
}

/** Hashes every third byte, and the last ones: lines that differ elsewhere only are told apart by their texts. */
function hashLine(bytes: Buffer, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ (end - start);
  for (let at = start; at < end; at += 3) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  for (let at = Math.max(start, end - 8); at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash >>> 0;
}

/** Spreads a hash over its low bits, which choose the slot. */
const mixBits = (hash: number): number => hash ^ (hash >>> 15);
