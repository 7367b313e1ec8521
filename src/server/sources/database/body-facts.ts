import { WholeColumn } from './columns/call-table.js';
import { Dictionary } from './columns/dictionary.js';

/** Marks of one category in a body. */
export type Redactions = readonly (readonly [category: string, count: number])[];

const FIRST_ROOM = 1024;
const VALUE = new Float64Array(1);

/**
 * Sizes of the kept texts by the places of their calls, and what was redacted in them, in the order in which bodies were
 * read. Projects are not in it: a call may be moved to another at any time.
 */
export class BodyFacts {
  readonly #categories = new Dictionary();
  /** UTF-8 bytes of both sides, by place: SQLite holds less than 2 GiB of each. Shorter than the calls are many. */
  storedBytes = new Uint32Array(0);
  /** Place of the call, code of the category and how often, at the same index. */
  readonly #places = new WholeColumn(new Uint32Array(0));
  readonly #codes = new WholeColumn(new Uint16Array(0));
  readonly #counts = new WholeColumn(new Uint16Array(0));
  #marks = 0;

  /** Takes in what was read of the bodies of one call, once. */
  add(place: number, storedBytes: number, redactions: Redactions): void {
    if (storedBytes > 0) {
      if (place >= this.storedBytes.length) this.#growBytes(place + 1);
      this.storedBytes[place] = storedBytes;
    }
    for (const [category, count] of redactions) {
      if (count === 0) continue;
      if (this.#marks === this.#places.data.length) this.#growMarks();
      writeAt(this.#places, this.#marks, place);
      writeAt(this.#codes, this.#marks, this.#categories.encode(category));
      writeAt(this.#counts, this.#marks, count);
      this.#marks++;
    }
  }

  /** The categories by their codes. */
  get categories(): readonly (string | null)[] {
    return this.#categories.values;
  }

  /** Gives each category of each redacted call. */
  eachRedaction(take: (place: number, category: number, count: number) => void): void {
    const [places, codes, counts] = [this.#places.data, this.#codes.data, this.#counts.data];
    for (let at = 0; at < this.#marks; at++) take(places[at]!, codes[at]!, counts[at]!);
  }

  #growBytes(least: number): void {
    const grown = new Uint32Array(Math.max(least, FIRST_ROOM, Math.ceil(this.storedBytes.length * 1.5)));
    grown.set(this.storedBytes);
    this.storedBytes = grown;
  }

  #growMarks(): void {
    const room = Math.max(FIRST_ROOM, Math.ceil(this.#marks * 1.5));
    for (const column of [this.#places, this.#codes, this.#counts]) column.grow(room);
  }
}

function writeAt(column: WholeColumn, at: number, value: number): void {
  VALUE[0] = value;
  column.write(VALUE, at);
}

/** A sum of counts that anyone may have written stays a whole number that JSON can tell. */
export const addCounts = (sum: number, count: number): number => Math.min(sum + count, Number.MAX_SAFE_INTEGER);
