import { JsonIndex } from './json-index.js';
import { endOfString, skipSpace } from './json-scan.js';
import { Offsets } from './text-offsets.js';

/** How a text goes on after the last value that is in it. */
export type Ending = 'reading' | 'whole' | 'cut' | 'fault';

export type ValueKind = 'object' | 'array' | 'string' | 'number' | 'literal';

/** A value and its key in place. */
export interface Member {
  /** Start and end of the key with its quotes; -1 and -1 in an array. */
  readonly keyStart: number;
  readonly keyEnd: number;
  /** -1: the text ended before it. */
  readonly start: number;
  readonly end: number;
  readonly kind: ValueKind;
  /** Its place in the index, of an object or array; else -1. */
  readonly nested: number;
  readonly isComplete: boolean;
}

/** Stands for what holds the outermost value. */
export const TOP = -1;

const QUOTE = 0x22;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;
const TOKEN = /[^\s,:[\]{}"]*/y;

/**
 * JSON in a text, read in place: values are ranges, so that numbers, escapes and equal keys stay as they were written.
 * It may stand in a part of the text, end in the middle, or be still on its way.
 */
export class JsonDocument {
  readonly index: JsonIndex;
  ending: Ending = 'reading';
  text = '';
  /** Where the values end that were read so far: what follows is no JSON, or not there yet. */
  limit: number;
  /** Where its stretch of the text ends. */
  end: number;

  constructor(readonly from = 0) {
    this.index = new JsonIndex(from);
    this.limit = from;
    this.end = from;
  }

  /** Reads a stretch that is all there. */
  static read(text: string, from: number, end: number, endsEarly: boolean): JsonDocument {
    const document = new JsonDocument(from);
    document.advance(text, end, true, endsEarly, Infinity);
    document.settle(end, true, endsEarly);
    return document;
  }

  /** Reads on; `settle` then makes it visible. Answers whether there is more to do. */
  advance(text: string, end: number, isFinal: boolean, endsEarly: boolean, budget: number): boolean {
    this.text = text;
    return this.index.advance(text, end, isFinal && !endsEarly, budget);
  }

  settle(end: number, isFinal: boolean, endsEarly: boolean): void {
    const { index } = this;
    if (index.refusal) this.ending = 'fault';
    else if (!isFinal) this.ending = 'reading';
    else if (endsEarly) this.ending = 'cut';
    else if (index.isWhole) this.ending = 'whole';
    else {
      this.ending = 'fault';
      index.refusal = { at: end, expected: index.lackAtEnd(this.text, end) };
    }
    this.end = end;
    // A token that can't be read is left out; one that the text ended in is shown as far as it goes.
    this.limit = this.ending === 'fault' && index.refusal!.at < end ? index.at : end;
  }

  isObject(container: number): boolean {
    return container !== TOP && this.text.charCodeAt(this.index.starts.at(container)) === OPEN_OBJECT;
  }

  isClosed(container: number): boolean {
    return container === TOP ? this.ending === 'whole' : this.index.ends.at(container) !== 0;
  }

  /** What comes after the last member of an object or array: nothing, or why there is no more. */
  endingOf(container: number): 'reading' | 'cut' | 'invalid' | null {
    if (this.ending === 'whole' || this.index.innermost !== container) return null;
    if (this.ending !== 'fault') return this.ending;
    return this.limit < this.end ? 'invalid' : 'cut';
  }

  /** Where each member of an object or array starts, with its key if it has one. */
  listMembers(container: number): Offsets {
    const { index, text } = this;
    const members = new Offsets(container === TOP ? 1 : Math.max(4, index.countOf(container) + 1));
    if (container === TOP) {
      if (index.rootStart !== -1 && index.rootStart < this.limit) members.push(index.rootStart);
      return members;
    }
    const isObject = this.isObject(container);
    const end = this.#endOf(container);
    let at = skipSpace(text, index.starts.at(container) + 1, end);
    while (at < end) {
      const code = text.charCodeAt(at);
      if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) break;
      members.push(at);
      const member = this.readMember(isObject, at, end);
      at = member.start === -1 ? end : skipSpace(text, member.end, end);
      if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1, end);
    }
    return members;
  }

  /** The member that starts at `at` in an object, an array, or at the top. */
  readMember(isObject: boolean, at: number, end = this.limit): Member {
    const { text } = this;
    let [keyStart, keyEnd, start] = [-1, -1, at];
    if (isObject) {
      const stop = endOfString(text, at, end);
      keyStart = at;
      keyEnd = stop === -1 ? end : stop;
      start = skipSpace(text, keyEnd, end);
      start = start < end ? skipSpace(text, start + 1, end) : end;
      if (start >= end) return { keyStart, keyEnd, start: -1, end: -1, kind: 'literal', nested: -1, isComplete: false };
    }
    const code = text.charCodeAt(start);
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      const nested = this.index.findStart(start);
      const kind = code === OPEN_OBJECT ? 'object' : 'array';
      return { keyStart, keyEnd, start, end: this.#endOf(nested), kind, nested, isComplete: this.isClosed(nested) };
    }
    if (code === QUOTE) {
      const stop = endOfString(text, start, end);
      const stringEnd = stop === -1 ? end : stop;
      return { keyStart, keyEnd, start, end: stringEnd, kind: 'string', nested: -1, isComplete: stop !== -1 };
    }
    TOKEN.lastIndex = start;
    const stop = Math.min(end, start + TOKEN.exec(text)![0].length);
    const isNumber = code === 0x2d || (code >= 0x30 && code <= 0x39);
    // The index has passed whole tokens only: `12` at the end of a cut text may be the beginning of `1234`.
    const isComplete = stop <= this.index.at;
    return { keyStart, keyEnd, start, end: stop, kind: isNumber ? 'number' : 'literal', nested: -1, isComplete };
  }

  #endOf(container: number): number {
    return (container === TOP ? 0 : this.index.ends.at(container)) || this.limit;
  }
}

/** What a JSON string says; of one that was cut, as far as it goes. */
export function readString(written: string): string {
  const isClosed = written.length > 1 && written.endsWith('"') && endOfString(written, 0, written.length) !== -1;
  const inner = written.slice(1, isClosed ? -1 : undefined);
  if (!inner.includes('\\')) return inner;
  // An escape that was cut goes first.
  const whole = isClosed ? inner : inner.replace(/(^|[^\\])((?:\\\\)*)\\(?:u[\da-fA-F]{0,3})?$/, '$1$2');
  try {
    return JSON.parse(`"${whole}"`) as string;
  } catch {
    return inner;
  }
}
