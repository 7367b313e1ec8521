import type { CallColumns } from '../call-columns.js';
import { readText, selectText, type Query } from '../query.js';
import type { CallTable } from './call-table.js';

/** Folds case as Unicode does, in the direction in which ß meets SS. */
export const foldCase = (text: string): string => text.toLowerCase().toUpperCase();

/** Whatever is not ASCII: SQLite's own `upper` leaves it as it is. */
const IS_FOREIGN = `glob '*[^' || char(1) || '-' || char(127) || ']*'`;

const IS_ASCII = /^[\x01-\x7f]*$/;

/** Words kept with the calls they are found in: an eighth of a byte a call each. */
const MAX_WORDS = 8;

/** Rowids looked through at once. */
const STEP_CALLS = 20_000;

/** The last three characters make a number of 18 bits: each pushes the one before by six, and older ones out. */
const GRAM_FACTOR = 64;
const GRAM_MASK = (1 << 18) - 1;

interface WordHits {
  /** A bit for each place. */
  bits: Uint8Array;
  /** Calls that have been looked through. */
  known: number;
}

/**
 * Finds words in ids and idempotency keys, which are all different and too many to keep: SQLite looks through them, once
 * for each word. What a word can't be in is known beforehand by the runs of three characters that occur at all, so that
 * most words (a model's, a folder's) never ask.
 */
export class KeyWords {
  readonly #grams = new Uint8Array((GRAM_MASK + 1) >> 3);
  readonly #hits = new Map<string, WordHits>();
  /** Folded ids and keys that are not ASCII, by rowid. */
  readonly #foreign = new Map<number, string>();

  /** Takes note of the ids and keys of some calls, already in the table: `text` is all of them in upper case. */
  add(
    text: Buffer,
    db: Query,
    { id, idempotencyKey }: CallColumns,
    { after, end }: { after: number; end: number },
  ): void {
    if (this.#addGrams(text)) return;
    const foreign = db.all(
      `select r.rowid, ${selectText(id)}, ${selectText(idempotencyKey)} from requests r
       where r.rowid > ? and r.rowid <= ? and (${id} ${IS_FOREIGN} or ${idempotencyKey} ${IS_FOREIGN})`,
      [after, end],
    );
    // A word holds no line break, so none can be found across the border of the two.
    for (const [rowid, idText, keyText] of foreign) {
      this.#foreign.set(Number(rowid), foldCase(`${readText(idText) ?? ''}\n${readText(keyText) ?? ''}`));
    }
  }

  /** Whether all is known of where a word is. Folded, as everywhere here. */
  isKnown(word: string, calls: number): boolean {
    return !this.#canOccur(word) || (this.#hits.get(word)?.known ?? 0) >= calls;
  }

  /** Looks through some more calls for this word. */
  search(word: string, db: Query, { id, idempotencyKey }: CallColumns, table: CallTable): void {
    const hits = this.#recall(word);
    const before = Math.min(hits.known + STEP_CALLS, table.length);
    if (hits.bits.length * 8 < table.length) {
      const grown = new Uint8Array((table.length >> 3) + 1024);
      grown.set(hits.bits);
      hits.bits = grown;
    }
    if (before > hits.known) {
      const rows = db.all(
        `select cast(json_group_array(r.rowid) as blob) from requests r where r.rowid between ? and ?
           and (instr(upper(${id}), ?) > 0 or instr(upper(${idempotencyKey}), ?) > 0)`,
        [table.rowid.data[hits.known]!, table.rowid.data[before - 1]!, word, word],
      );
      for (const rowid of JSON.parse((rows[0]![0] as Buffer).toString('latin1')) as number[]) {
        const place = table.findPlace(rowid);
        if (place >= 0) hits.bits[place >> 3]! |= 1 << (place & 7);
      }
    }
    hits.known = before;
  }

  /** The places where a known word is, as bits; null where it is nowhere. */
  find(word: string, table: CallTable): Uint8Array | null {
    const known = this.#hits.get(word)?.bits ?? null;
    const foreign = [...this.#foreign].filter(([, text]) => text.includes(word));
    if (foreign.length === 0) return known;
    const bits = new Uint8Array((table.length >> 3) + 1);
    if (known !== null) bits.set(known.subarray(0, bits.length));
    for (const [rowid] of foreign) {
      const place = table.findPlace(rowid);
      if (place >= 0) bits[place >> 3]! |= 1 << (place & 7);
    }
    return bits;
  }

  #recall(word: string): WordHits {
    const hits = this.#hits.get(word) ?? { bits: new Uint8Array(0), known: 0 };
    this.#hits.delete(word);
    this.#hits.set(word, hits);
    if (this.#hits.size > MAX_WORDS) this.#hits.delete(this.#hits.keys().next().value!);
    return hits;
  }

  /** Whether SQLite, which folds ASCII alone, could find it. */
  #canOccur(word: string): boolean {
    if (!IS_ASCII.test(word)) return false;
    let gram = 0;
    for (let at = 0; at < word.length; at++) {
      gram = (Math.imul(gram, GRAM_FACTOR) + word.charCodeAt(at)) & GRAM_MASK;
      if (at >= 2 && !(this.#grams[gram >> 3]! & (1 << (gram & 7)))) return false;
    }
    return true;
  }

  /** Whether all of it is ASCII. */
  #addGrams(bytes: Buffer): boolean {
    const grams = this.#grams;
    let all = 0;
    let gram = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]!;
      all |= byte;
      gram = (Math.imul(gram, GRAM_FACTOR) + byte) & GRAM_MASK;
      grams[gram >> 3]! |= 1 << (gram & 7);
    }
    return all < 0x80;
  }
}
