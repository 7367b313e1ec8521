import { isAscii } from 'node:buffer';
import type { WireSearchHit } from '../../../api/body-search.js';
import { foldCase } from './columns/key-words.js';

export type TextMatch = Pick<WireSearchHit, 'count' | 'excerpt' | 'at' | 'length' | 'excerpt_at'>;

/** Characters shown on either side of what was found. */
const SHOWN_BEFORE = 80;
const SHOWN_AFTER = 160;

/**
 * The UTF-8, a character a byte, of all that folds to ASCII and isn't: ß, İ, ı, ŉ, ſ, ǰ, ẖ to ẚ, ẞ, the Kelvin sign and
 * the ligatures ﬀ to ﬆ. Where none of them is, what is ASCII in a folded text was ASCII before.
 */
const FOLDS_TO_ASCII =
  /\xc3\x9f|\xc4[\xb0\xb1]|\xc5[\x89\xbf]|\xc7\xb0|\xe1\xba[\x96-\x9a\x9e]|\xe2\x84\xaa|\xef\xac[\x80-\x86]/;

const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;

/**
 * Finds a text in stored bodies, whatever its case, as Unicode folds it. Most bodies are JSON, where a quote, a line
 * break and perhaps every letter beyond ASCII stand escaped: the text is found in that form, too.
 */
export class TextMatcher {
  /** Folded. */
  readonly #forms: readonly string[];
  /** Finds nothing where the text can't be, in bytes; null where that can't be told from bytes. */
  readonly #inBytes: RegExp | null;
  readonly #hasAscii: boolean;

  constructor(text: string) {
    const forms = listForms(text);
    this.#forms = forms;
    const runs = forms.map(longestAscii);
    this.#hasAscii = forms.some((form) => isAsciiText(form));
    this.#inBytes = runs.includes('') ? null : new RegExp(runs.map(escapePattern).join('|'), 'i');
  }

  /** The first place of the text in a body, as it stands in the database, and how many there are. */
  find(body: Buffer): TextMatch | null {
    if (!this.#canOccur(body)) return null;
    const text = body.toString('utf8');
    const folded = foldCase(text);
    const [start, length, count] = this.#count(folded);
    if (count === 0) return null;
    const [at, end] = folded.length === text.length ? [start, start + length] : unfold(text, start, start + length);
    const from = onCharacter(text, Math.max(0, at - SHOWN_BEFORE), 1);
    const excerpt = text.slice(from, onCharacter(text, Math.min(text.length, end + SHOWN_AFTER), -1));
    return { count, excerpt, at, length: end - at, excerpt_at: at - from };
  }

  /** Looks at the bytes alone: decoding and folding take ten times as long, and most bodies hold no hit. */
  #canOccur(body: Buffer): boolean {
    const isPlain = isAscii(body);
    if (isPlain && !this.#hasAscii) return false;
    if (this.#inBytes === null) return true;
    const bytes = body.toString('latin1');
    return this.#inBytes.test(bytes) || (!isPlain && FOLDS_TO_ASCII.test(bytes));
  }

  /** Place and length of the first, and how many there are that don't overlap. */
  #count(folded: string): [start: number, length: number, count: number] {
    const next = this.#forms.map((form) => ({ form, at: folded.indexOf(form) }));
    let first: [start: number, length: number] = [0, 0];
    let count = 0;
    for (let from = 0; ; count++) {
      let nearest: { readonly form: string; at: number } | null = null;
      for (const one of next) {
        if (one.at >= 0 && one.at < from) one.at = folded.indexOf(one.form, from);
        if (one.at >= 0 && (nearest === null || one.at < nearest.at)) nearest = one;
      }
      if (nearest === null) return [...first, count];
      if (count === 0) first = [nearest.at, nearest.form.length];
      from = nearest.at + nearest.form.length;
    }
  }
}

/** The text folded, as it is and as JSON may escape it. */
function listForms(text: string): string[] {
  const escaped = [text, text.toLowerCase(), text.toUpperCase()].map(escapeForeign);
  const forms = new Set([text, writeEscaped(text), ...escaped].map(foldCase));
  // Where one form is in another, the shorter finds both.
  return [...forms].filter((form) => ![...forms].some((other) => other !== form && form.includes(other)));
}

const writeEscaped = (text: string): string => JSON.stringify(text).slice(1, -1);

function escapeForeign(text: string): string {
  return writeEscaped(text).replace(
    /[^\x01-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const escapePattern = (text: string): string => text.replace(SPECIAL, '\\$&');

const isAsciiText = (text: string): boolean => longestAscii(text) === text;

function longestAscii(text: string): string {
  const runs = text.match(/[\x00-\x7f]+/g) ?? [];
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

/** From where to where in the text what stands there in the folded text comes from. */
function unfold(text: string, start: number, end: number): [at: number, end: number] {
  let at = -1;
  let place = 0;
  let folded = 0;
  for (const character of text) {
    if (folded >= end) break;
    const next = folded + foldCase(character).length;
    if (at < 0 && next > start) at = place;
    place += character.length;
    folded = next;
  }
  return [at, place];
}

/** The place, or the next one in a direction that isn't within a pair of surrogates. */
function onCharacter(text: string, place: number, direction: 1 | -1): number {
  const isWithin = place > 0 && place < text.length && text.codePointAt(place - 1)! > 0xffff;
  return isWithin ? place + direction : place;
}
