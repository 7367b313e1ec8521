/**
 * JSON read in place: ranges of the stored text instead of values, so that numbers, escapes and duplicate keys stay as
 * they were written, and text that ends in the middle is read up to its end. One level at a time, never by recursion.
 */

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'literal' | 'invalid';

/** A value: the characters from `start` up to, not including, `end`. */
export interface JsonRange {
  readonly kind: JsonKind;
  readonly start: number;
  readonly end: number;
  /** False where the text ended before the value did. */
  readonly complete: boolean;
}

/** `key` as written, quotes and escapes and all; null in an array. `value`: null where the text ended before it. */
export interface JsonMember {
  readonly key: string | null;
  readonly value: JsonRange | null;
}

/** Members of one object or array as offsets: an array of a million numbers is three arrays, not a million objects. */
export interface JsonMembers {
  readonly count: number;
  /** Start and end of each key, -1 in an array. */
  readonly keyStarts: readonly number[];
  readonly keyEnds: readonly number[];
  /** Start and end of each value, -1 where the text ended before it. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The last member is what could not be read: no JSON from there to the end. */
  readonly invalid: boolean;
  /** False where the text ended before the closing bracket. */
  readonly complete: boolean;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const RANGED: ReadonlyMap<number, JsonKind> = new Map([
  [OPEN_OBJECT, 'object'],
  [OPEN_ARRAY, 'array'],
  [QUOTE, 'string'],
]);
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const CUT_NUMBER = /^-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?\d*)?)?$/;
const TOKEN = /[\w.+-]*/y;
const LITERALS = ['true', 'false', 'null'];

/** The first position from `at` on that isn't JSON's white space, nor a byte order mark. */
export function skipSpace(text: string, at: number, end: number): number {
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09 && code !== 0xfeff) break;
    at++;
  }
  return at;
}

/** The value that starts at `at`, which must not be white space. What is no JSON is `invalid` and reaches to `end`. */
export function scanValue(text: string, at: number, end = text.length): JsonRange {
  switch (text.charCodeAt(at)) {
    case OPEN_OBJECT:
      return scanNested(text, at, end, 'object');
    case OPEN_ARRAY:
      return scanNested(text, at, end, 'array');
    case QUOTE: {
      const stop = endOfString(text, at, end);
      return { kind: 'string', start: at, end: stop === -1 ? end : stop, complete: stop !== -1 };
    }
    default:
      return scanToken(text, at, end);
  }
}

/** All members of an object or array. What is no JSON becomes a last member of the kind `invalid`: nothing is left out. */
export function scanMembers(text: string, parent: JsonRange): JsonMembers {
  const isObject = parent.kind === 'object';
  const close = isObject ? CLOSE_OBJECT : CLOSE_ARRAY;
  const { end } = parent;
  const keyStarts: number[] = [];
  const keyEnds: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const add = (keyStart: number, keyEnd: number, start: number, stop: number): void => {
    keyStarts.push(keyStart);
    keyEnds.push(keyEnd);
    starts.push(start);
    ends.push(stop);
  };
  const finish = (complete: boolean, invalid = false): JsonMembers => ({
    count: starts.length,
    keyStarts,
    keyEnds,
    starts,
    ends,
    invalid,
    complete,
  });
  const refuse = (keyStart: number, keyEnd: number, start: number): JsonMembers => {
    add(keyStart, keyEnd, start, end);
    return finish(parent.complete, true);
  };

  let at = skipSpace(text, parent.start + 1, end);
  if (at < end && text.charCodeAt(at) === close) return finish(true);
  while (at < end) {
    let [keyStart, keyEnd] = [-1, -1];
    if (isObject) {
      if (text.charCodeAt(at) !== QUOTE) return refuse(-1, -1, at);
      keyStart = at;
      const stop = endOfString(text, at, end);
      keyEnd = stop === -1 ? end : stop;
      at = skipSpace(text, keyEnd, end);
      if (at < end && text.charCodeAt(at) !== COLON) return refuse(-1, -1, keyStart);
      at = skipSpace(text, at + 1, end);
      if (at >= end) {
        add(keyStart, keyEnd, -1, -1);
        return finish(false);
      }
    }
    const value = scanValue(text, at, end);
    if (value.kind === 'invalid') return refuse(keyStart, keyEnd, at);
    add(keyStart, keyEnd, value.start, value.end);
    if (!value.complete) return finish(false);
    at = skipSpace(text, value.end, end);
    const code = text.charCodeAt(at);
    if (at < end && code === close) return finish(true);
    if (at < end && code !== COMMA) return refuse(-1, -1, at);
    at = skipSpace(text, at + 1, end);
  }
  return finish(false);
}

/** One member, in place. */
export function memberAt(text: string, parent: JsonRange, members: JsonMembers, index: number): JsonMember {
  const keyStart = members.keyStarts[index]!;
  const start = members.starts[index]!;
  const end = members.ends[index]!;
  const key = keyStart === -1 ? null : text.slice(keyStart, members.keyEnds[index]);
  if (start === -1) return { key, value: null };
  if (members.invalid && index === members.count - 1) {
    return { key, value: { kind: 'invalid', start, end, complete: true } };
  }
  // Only a range that reaches to the end of its parent's can be cut; the others needn't be read again.
  const kind = end < parent.end ? RANGED.get(text.charCodeAt(start)) : undefined;
  return { key, value: kind ? { kind, start, end, complete: true } : scanValue(text, start, parent.end) };
}

/** The end of the string that starts at `at`, or -1 where the text ends first. */
export function endOfString(text: string, at: number, end: number): number {
  let quote = at;
  for (;;) {
    quote = text.indexOf('"', quote + 1);
    if (quote === -1 || quote >= end) return -1;
    let escapes = 0;
    while (text.charCodeAt(quote - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return quote + 1;
  }
}

function scanNested(text: string, start: number, end: number, kind: 'object' | 'array'): JsonRange {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at, end) - 1;
      if (at < 0) break;
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      depth++;
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      depth--;
      if (depth === 0) return { kind, start, end: at + 1, complete: true };
    }
  }
  return { kind, start, end, complete: false };
}

function scanToken(text: string, start: number, end: number): JsonRange {
  NUMBER.lastIndex = start;
  TOKEN.lastIndex = start;
  const token = TOKEN.exec(text)![0].slice(0, end - start);
  const stop = start + token.length;
  // A token that touches the end of a cut text may have gone on: `12` of `1234`.
  const touchesEnd = stop === end;
  if (LITERALS.includes(token)) return { kind: 'literal', start, end: stop, complete: true };
  const number = NUMBER.exec(text)?.[0];
  if (number === token && token !== '') return { kind: 'number', start, end: stop, complete: !touchesEnd };
  if (touchesEnd && token !== '') {
    if (CUT_NUMBER.test(token)) return { kind: 'number', start, end, complete: false };
    if (LITERALS.some((literal) => literal.startsWith(token))) return { kind: 'literal', start, end, complete: false };
  }
  return { kind: 'invalid', start, end, complete: true };
}
