/** Why a text is no JSON: what should have stood at `at`. */
export interface JsonRefusal {
  readonly at: number;
  readonly expected: string;
}

/** Where a token ends, or why it is none. */
export type TokenEnd = number | JsonRefusal;

/** A token went on beyond the text that is there. */
export const UNFINISHED = -1;

const QUOTE = 0x22;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const BACKSLASH = 0x5c;

export const LITERALS: ReadonlyMap<number, string> = new Map([
  [0x74, 'true'],
  [0x66, 'false'],
  [0x6e, 'null'],
]);
const ESCAPED = new Set('"\\/bfnrt'.split('').map((character) => character.charCodeAt(0)));
const LETTER_U = 0x75;

/** Where a string that starts at `start` ends. */
export function readString(text: string, start: number, end: number): TokenEnd {
  for (let at = start + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < 0x20) return refuse(at, 'no control character within a string: an escape such as \\n or \\u0000');
    if (code !== BACKSLASH) continue;
    at++;
    if (at >= end) return UNFINISHED;
    const escaped = text.charCodeAt(at);
    if (escaped === LETTER_U) {
      for (let digit = 0; digit < 4; digit++) {
        at++;
        if (at >= end) return UNFINISHED;
        if (!isHexDigit(text.charCodeAt(at))) return refuse(at, 'four hexadecimal digits after \\u');
      }
    } else if (!ESCAPED.has(escaped)) {
      return refuse(at, 'one of "\\/bfnrtu after a backslash');
    }
  }
  return UNFINISHED;
}

/** Where a number ends; one that touches the end of a text that goes on is unfinished. */
export function readNumber(text: string, start: number, end: number, isFinal: boolean): TokenEnd {
  let at = start;
  // Where a digit must stand, but the text ends, or something else stands there.
  const fail = (): TokenEnd => (at >= end ? UNFINISHED : refuse(at, 'a digit'));
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

/** Where `true`, `false` or `null` ends; `expected` says what else might stand there. */
export function readLiteral(text: string, start: number, end: number, expected: string): TokenEnd {
  const literal = LITERALS.get(text.charCodeAt(start));
  if (literal === undefined) return refuse(start, expected);
  for (let index = 1; index < literal.length; index++) {
    if (start + index >= end) return UNFINISHED;
    if (text.charCodeAt(start + index) !== literal.charCodeAt(index)) return refuse(start + index, literal);
  }
  return start + literal.length;
}

const refuse = (at: number, expected: string): JsonRefusal => ({ at, expected });

export const isDigit = (code: number): boolean => code >= ZERO && code <= 0x39;
const isHexDigit = (code: number): boolean => isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);
