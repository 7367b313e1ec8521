import { Offsets } from './text-offsets.js';

/** Why a text is no JSON: what should have stood at `at`. */
export interface JsonRefusal {
  readonly at: number;
  readonly expected: string;
}

type Awaited = 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close' | 'end';

const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const BYTE_ORDER_MARK = 0xfeff;

const LITERALS: ReadonlyMap<number, string> = new Map([
  [0x74, 'true'],
  [0x66, 'false'],
  [0x6e, 'null'],
]);
const ESCAPED = new Set('"\\/bfnrt'.split('').map((character) => character.charCodeAt(0)));
const LETTER_U = 0x75;

/** A token went on beyond the text that is there. */
const UNFINISHED = -1;
/** A token is no JSON; `#refusal` says why. */
const REFUSED = -2;

/**
 * Reads JSON once, strictly (RFC 8259), as far as the text goes, and notes of each object and array where it starts and
 * ends, in which other it stands and how many members it has: 16 bytes each. Nothing recurses, so depth doesn't matter.
 */
export class JsonIndex {
  /** Of the objects and arrays in the order of the text. */
  readonly starts = new Offsets();
  /** One past the closing bracket; 0 while it isn't closed. */
  readonly ends = new Offsets();
  /** Index of the one it stands in, plus 1; 0: in none. */
  readonly #parents = new Offsets();
  readonly #counts = new Offsets();

  /** All before this was read. A token that the text ended in is not. */
  at: number;
  /** Where the outermost value starts; -1: none was seen. */
  rootStart = -1;
  refusal: JsonRefusal | null = null;
  /** The innermost that isn't closed; -1: none. */
  innermost = -1;

  #awaited: Awaited = 'value';
  #isInObject = false;
  readonly #from: number;

  constructor(from = 0) {
    this.at = from;
    this.#from = from;
  }

  /** The outermost value was read to its end. */
  get isWhole(): boolean {
    return this.#awaited === 'end' && this.refusal === null;
  }

  /** What would have to come next, in words. */
  get expected(): string {
    switch (this.#awaited) {
      case 'value':
        return 'a value';
      case 'value-or-close':
        return 'a value or "]"';
      case 'key':
        return 'a key in double quotes';
      case 'key-or-close':
        return 'a key in double quotes or "}"';
      case 'colon':
        return 'a colon';
      case 'comma-or-close':
        return this.#isInObject ? 'a comma or "}"' : 'a comma or "]"';
      case 'end':
        return 'nothing more';
    }
  }

  /** What the text lacks, where it ends before the outermost value does. */
  lackAtEnd(text: string, end: number): string {
    const code = text.charCodeAt(this.at);
    if (this.at >= end || this.#awaited === 'colon' || this.#awaited === 'comma-or-close') return this.expected;
    return code === QUOTE ? 'a closing double quote' : (LITERALS.get(code) ?? 'a digit');
  }

  parentOf(index: number): number {
    return this.#parents.at(index) - 1;
  }

  /** Members whose value was read to its end, or is an object or array. */
  countOf(index: number): number {
    return this.#counts.at(index);
  }

  /** The object or array that starts at `start`; -1: none does. */
  findStart(start: number): number {
    const index = this.starts.countBelow(start);
    return index < this.starts.length && this.starts.at(index) === start ? index : -1;
  }

  /** The innermost object or array that `offset` stands in; -1: none. */
  findAround(offset: number): number {
    let index = this.starts.countBelow(offset + 1) - 1;
    while (index >= 0 && this.ends.at(index) !== 0 && this.ends.at(index) <= offset) index = this.parentOf(index);
    return index;
  }

  /**
   * Goes on where it stopped, up to `end` and for about `budget` characters. `text` begins with what was given before.
   * `isFinal`: no more follows, so that a number that touches the end is whole.
   * @returns whether there is more to do.
   */
  advance(text: string, end: number, isFinal: boolean, budget: number): boolean {
    const stop = Math.min(end, this.at + budget);
    while (this.refusal === null) {
      if (this.at === this.#from && text.charCodeAt(this.at) === BYTE_ORDER_MARK) this.at++;
      while (this.at < end && isSpace(text.charCodeAt(this.at))) this.at++;
      if (this.at >= end) return false;
      if (this.at >= stop) return true;
      const next = this.#readToken(text, end, isFinal);
      if (next === UNFINISHED) return false;
      if (next !== REFUSED) this.at = next;
    }
    return false;
  }

  /** Reads what stands at `at` and gives where it ends. */
  #readToken(text: string, end: number, isFinal: boolean): number {
    const { at } = this;
    const code = text.charCodeAt(at);
    switch (this.#awaited) {
      case 'colon':
        if (code !== COLON) return this.#refuse(at, this.expected);
        this.#awaited = 'value';
        return at + 1;
      case 'comma-or-close':
        if (code === (this.#isInObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return this.#close(text, at);
        if (code !== COMMA) return this.#refuse(at, this.expected);
        this.#awaited = this.#isInObject ? 'key' : 'value';
        return at + 1;
      case 'key':
      case 'key-or-close': {
        if (this.#awaited === 'key-or-close' && code === CLOSE_OBJECT) return this.#close(text, at);
        if (code !== QUOTE) return this.#refuse(at, this.expected);
        const stop = this.#readString(text, at, end);
        if (stop > 0) this.#awaited = 'colon';
        return stop;
      }
      case 'end':
        return this.#refuse(at, this.expected);
      default:
        if (this.#awaited === 'value-or-close' && code === CLOSE_ARRAY) return this.#close(text, at);
        return this.#readValue(text, code, end, isFinal);
    }
  }

  #readValue(text: string, code: number, end: number, isFinal: boolean): number {
    const { at } = this;
    if (this.rootStart === -1) this.rootStart = at;
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      this.#addMember();
      this.starts.push(at);
      this.ends.push(0);
      this.#parents.push(this.innermost + 1);
      this.#counts.push(0);
      this.innermost = this.starts.length - 1;
      this.#isInObject = code === OPEN_OBJECT;
      this.#awaited = this.#isInObject ? 'key-or-close' : 'value-or-close';
      return at + 1;
    }
    const stop =
      code === QUOTE
        ? this.#readString(text, at, end)
        : code === MINUS || isDigit(code)
          ? this.#readNumber(text, at, end, isFinal)
          : this.#readLiteral(text, code, at, end);
    if (stop > 0) {
      this.#addMember();
      this.#awaited = this.innermost === -1 ? 'end' : 'comma-or-close';
    }
    return stop;
  }

  #addMember(): void {
    if (this.innermost >= 0) this.#counts.set(this.innermost, this.#counts.at(this.innermost) + 1);
  }

  #close(text: string, at: number): number {
    this.ends.set(this.innermost, at + 1);
    this.innermost = this.parentOf(this.innermost);
    this.#isInObject = this.innermost >= 0 && text.charCodeAt(this.starts.at(this.innermost)) === OPEN_OBJECT;
    this.#awaited = this.innermost === -1 ? 'end' : 'comma-or-close';
    return at + 1;
  }

  #refuse(at: number, expected: string): number {
    this.refusal = { at, expected };
    return REFUSED;
  }

  #readString(text: string, start: number, end: number): number {
    for (let at = start + 1; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) return at + 1;
      if (code < 0x20)
        return this.#refuse(at, 'no control character within a string: an escape such as \\n or \\u0000');
      if (code !== BACKSLASH) continue;
      at++;
      if (at >= end) return UNFINISHED;
      const escaped = text.charCodeAt(at);
      if (escaped === LETTER_U) {
        for (let digit = 0; digit < 4; digit++) {
          at++;
          if (at >= end) return UNFINISHED;
          if (!isHexDigit(text.charCodeAt(at))) return this.#refuse(at, 'four hexadecimal digits after \\u');
        }
      } else if (!ESCAPED.has(escaped)) {
        return this.#refuse(at, 'one of "\\/bfnrtu after a backslash');
      }
    }
    return UNFINISHED;
  }

  #readNumber(text: string, start: number, end: number, isFinal: boolean): number {
    let at = start;
    // Where a digit must stand, but the text ends, or something else stands there.
    const fail = (): number => (at >= end ? UNFINISHED : this.#refuse(at, 'a digit'));
    if (text.charCodeAt(at) === MINUS) at++;
    const first = at;
    while (at < end && isDigit(text.charCodeAt(at))) {
      at++;
      if (text.charCodeAt(first) === ZERO) break;
    }
    if (at === first) return fail();
    if (at < end && text.charCodeAt(at) === POINT) {
      const digits = ++at;
      while (at < end && isDigit(text.charCodeAt(at))) at++;
      if (at === digits) return fail();
    }
    if (at < end && (text.charCodeAt(at) | 0x20) === 0x65) {
      at++;
      if (at < end && (text.charCodeAt(at) === PLUS || text.charCodeAt(at) === MINUS)) at++;
      const digits = at;
      while (at < end && isDigit(text.charCodeAt(at))) at++;
      if (at === digits) return fail();
    }
    return at >= end && !isFinal ? UNFINISHED : at;
  }

  #readLiteral(text: string, code: number, start: number, end: number): number {
    const literal = LITERALS.get(code);
    if (literal === undefined) return this.#refuse(start, this.expected);
    for (let index = 1; index < literal.length; index++) {
      if (start + index >= end) return UNFINISHED;
      if (text.charCodeAt(start + index) !== literal.charCodeAt(index)) return this.#refuse(start + index, literal);
    }
    return start + literal.length;
  }
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
const isDigit = (code: number): boolean => code >= ZERO && code <= 0x39;
const isHexDigit = (code: number): boolean => isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);
