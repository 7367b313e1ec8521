import { Offsets } from '../text-offsets.js';
import type { Mark } from './rows.js';

const MARK_START = '[REDACTED:';
const MARK = /\[REDACTED:([\w.-]{1,64})\]/y;
const LONGEST_MARK = 80;
/** The daemon knows a few dozen; a text that names more makes them up, and each would be a line in a menu. */
export const MOST_CATEGORIES = 100;

/** The redaction marks of a text by category, in order; those of the first categories, where there are too many. */
export class MarkIndex {
  readonly #categories: string[] = [];
  readonly #kindOf = new Map<string, number>();
  readonly #starts = new Offsets(16);
  readonly #kinds = new Offsets(16);
  /** Which marks are of each category. */
  readonly #ofKind: Offsets[] = [];
  #at = 0;

  /** Goes on where it stopped; answers whether there is more to do. */
  advance(text: string, isWhole: boolean, budget: number): boolean {
    const stop = Math.min(text.length, this.#at + budget);
    while (this.#at < stop) {
      const start = text.indexOf(MARK_START, this.#at);
      // A mark that has only begun is read with what follows.
      const open = isWhole ? text.length : text.length - LONGEST_MARK;
      if (start === -1 || start >= open) {
        this.#at = Math.max(this.#at, open);
        return false;
      }
      MARK.lastIndex = start;
      const category = MARK.exec(text)?.[1];
      if (category !== undefined) this.#add(start, category);
      this.#at = start + MARK_START.length;
    }
    return this.#at < text.length && (isWhole || this.#at < text.length - LONGEST_MARK);
  }

  get counts(): { readonly category: string; readonly count: number }[] {
    return this.#categories
      .map((category, kind) => ({ category, count: this.#ofKind[kind]!.length }))
      .sort((a, b) => b.count - a.count || (a.category < b.category ? -1 : 1));
  }

  /** How many marks there are, of a category or of all. */
  count(category: string | undefined): number {
    if (category === undefined) return this.#starts.length;
    return this.#ofKind[this.#kindOf.get(category) ?? -1]?.length ?? 0;
  }

  /** A mark by its place among those of the category, or among all. */
  read(place: number, category: string | undefined): Omit<Mark, 'textRow'> {
    const kind = category === undefined ? undefined : this.#kindOf.get(category);
    const index = kind === undefined ? place : this.#ofKind[kind]!.at(place);
    const start = this.#starts.at(index);
    const name = this.#categories[this.#kinds.at(index)]!;
    return { index, category: name, start, end: start + MARK_START.length + name.length + 1 };
  }

  /** The place of the next mark after an offset, or of the one before it, round the ends; null: there is none. */
  step(offset: number, isBack: boolean, category: string | undefined): number | null {
    const count = this.count(category);
    if (count === 0) return null;
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.read(middle, category).start < offset + (isBack ? 0 : 1)) low = middle + 1;
      else high = middle;
    }
    return isBack ? (low - 1 + count) % count : low % count;
  }

  #add(start: number, category: string): void {
    let kind = this.#kindOf.get(category);
    if (kind === undefined) {
      if (this.#categories.length >= MOST_CATEGORIES) return;
      kind = this.#categories.push(category) - 1;
      this.#kindOf.set(category, kind);
      this.#ofKind.push(new Offsets(16));
    }
    this.#ofKind[kind]!.push(this.#starts.length);
    this.#starts.push(start);
    this.#kinds.push(kind);
  }
}
