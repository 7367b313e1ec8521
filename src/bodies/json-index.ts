import {
  isDigit,
  type JsonRefusal,
  LITERALS,
  readLiteral,
  readNumber,
  readString,
  type TokenEnd,
  UNFINISHED,
} from './json-tokens.js';
import { Offsets } from './text-offsets.js';

type Awaited = 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close' | 'end';

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const BYTE_ORDER_MARK = 0xfeff;

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
        const stop = this.#take(readString(text, at, end));
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
        ? this.#take(readString(text, at, end))
        : code === MINUS || isDigit(code)
          ? this.#take(readNumber(text, at, end, isFinal))
          : this.#take(readLiteral(text, at, end, this.expected));
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

  /** The end of a token; of one that is none, that it is refused. */
  #take(end: TokenEnd): number {
    return typeof end === 'number' ? end : this.#refuse(end.at, end.expected);
  }

  #refuse(at: number, expected: string): number {
    this.refusal = { at, expected };
    return REFUSED;
  }
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
