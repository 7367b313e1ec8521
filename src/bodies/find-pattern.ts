import { FindError } from './find-error.js';
import type { FindQuery } from './worker/matches.js';

const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;
const WORD = '[\\p{L}\\p{M}\\p{N}_]';

/** Source and flags of a regular expression, to be made where the search runs. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** @throws FindError where the text is no regular expression. */
export function toPattern({ text, isRegExp, matchesCase, wholeWord }: FindQuery): Pattern {
  const flags = matchesCase ? 'gm' : 'gim';
  const source = isRegExp ? text : text.replace(SPECIAL, '\\$&');
  const unicode = { source: wholeWord ? `(?<!${WORD})(?:${source})(?!${WORD})` : source, flags: `${flags}u` };
  // Alone first: within a word's bounds `a)(b` would be one.
  if (findFault(source, unicode.flags) === null) return unicode;
  // The older syntax takes more escapes than there are.
  const fault = findFault(source, flags);
  if (fault !== null) throw new FindError(fault);
  return { source: wholeWord ? `(?<!\\w)(?:${source})(?!\\w)` : source, flags };
}

function findFault(source: string, flags: string): string | null {
  try {
    new RegExp(source, flags);
    return null;
  } catch (error) {
    return (error as Error).message.replace(/^Invalid regular expression: /, '');
  }
}

/** Finds the matches in a text one by one; an empty one is none. */
export class TextSearch {
  readonly #expression: RegExp;
  readonly #text: string;

  constructor({ source, flags }: Pattern, text: string) {
    this.#expression = new RegExp(source, flags);
    this.#text = text;
  }

  /** The next match; null: there is none left. */
  next(): { readonly start: number; readonly end: number } | null {
    for (;;) {
      const match = this.#expression.exec(this.#text);
      if (match === null) return null;
      const { index, 0: found } = match;
      if (found !== '') return { start: index, end: index + found.length };
      // On by one character: an expression that knows pairs would else stand still on the second half of one.
      this.#expression.lastIndex = index + (this.#text.codePointAt(index)! > 0xffff ? 2 : 1);
      if (index >= this.#text.length) return null;
    }
  }
}
