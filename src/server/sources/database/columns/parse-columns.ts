import { microsOfStored } from '../stored-time.js';

// SQLite writes a column of a chunk as one JSON array. These read the bytes without making a value for each of them.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const COLON = 0x3a;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
const LETTER_N = 0x6e;

/** Length of `"2026-11-24 07:53:30.386836"`. */
const TIME_BYTES = 28;
const MICROS_PER_DAY = 86_400_000_000;

/** Reads whole numbers; null is NaN. Anything else JSON can write (fractions, texts) is read the slow way. */
export function parseWholes(bytes: Buffer, into: Float64Array): number {
  let count = 0;
  let at = 1;
  const end = bytes.length - 1;
  while (at < end) {
    if (bytes[at] === LETTER_N) {
      into[count++] = NaN;
      at += 5;
      continue;
    }
    const isNegative = bytes[at] === MINUS;
    if (isNegative) at++;
    let value = 0;
    let digits = 0;
    for (; at < end; at++, digits++) {
      const byte = bytes[at]!;
      if (byte < ZERO || byte > NINE) break;
      value = value * 10 + (byte - ZERO);
    }
    if ((at < end && bytes[at] !== COMMA) || digits > 15) return parseReals(bytes, into);
    into[count++] = isNegative ? 0 - value : value;
    at++;
  }
  return count;
}

/** Reads numbers of any kind; null, a text and what is infinite are NaN. */
export function parseReals(bytes: Buffer, into: Float64Array): number {
  const values = JSON.parse(bytes.toString('latin1')) as (number | string | null)[];
  for (let place = 0; place < values.length; place++) {
    const value = values[place]!;
    into[place] = Number.isFinite(value) ? (value as number) : NaN;
  }
  return values.length;
}

/** Reads stored times as microseconds since 1970; null, and what is no time, is NaN. */
export class TimeParser {
  #day = -1;
  #dayMicros = 0;

  parse(bytes: Buffer, into: Float64Array): number {
    let count = 0;
    let at = 1;
    while (at < bytes.length - 1) {
      const micros = this.#readUsual(bytes, at);
      if (micros >= 0) {
        into[count++] = micros;
        at += TIME_BYTES + 1;
        continue;
      }
      const end = endOfValue(bytes, at);
      const text = JSON.parse(bytes.toString('utf8', at, end)) as string | null;
      into[count++] = text === null ? NaN : microsOfStored(text);
      at = end + 1;
    }
    return count;
  }

  /** A time after 1970 in the form in which the daemon writes it, -1 for anything else. */
  #readUsual(bytes: Buffer, at: number): number {
    if (
      bytes[at] !== QUOTE ||
      bytes[at + 27] !== QUOTE ||
      bytes[at + 5] !== MINUS ||
      bytes[at + 8] !== MINUS ||
      bytes[at + 11] !== SPACE ||
      bytes[at + 14] !== COLON ||
      bytes[at + 17] !== COLON ||
      bytes[at + 20] !== DOT
    )
      return -1;
    const day =
      readDigits(bytes, at + 1, 4) * 10_000 + readDigits(bytes, at + 6, 2) * 100 + readDigits(bytes, at + 9, 2);
    if (day !== this.#day) {
      const micros = microsOfStored(bytes.toString('latin1', at + 1, at + 11) + ' 00:00:00');
      if (!(micros >= 0)) return -1;
      this.#day = day;
      this.#dayMicros = micros;
    }
    const hour = readDigits(bytes, at + 12, 2);
    const minute = readDigits(bytes, at + 15, 2);
    const second = readDigits(bytes, at + 18, 2);
    const micros = readDigits(bytes, at + 21, 6);
    if (!(hour < 24 && minute < 60 && second < 60)) return -1;
    const within = ((hour * 60 + minute) * 60 + second) * 1_000_000 + micros;
    return within < MICROS_PER_DAY ? this.#dayMicros + within : -1;
  }
}

/** NaN where one of them is no digit. */
function readDigits(bytes: Buffer, at: number, length: number): number {
  let value = 0;
  for (let end = at + length; at < end; at++) {
    const byte = bytes[at]!;
    if (byte < ZERO || byte > NINE) return NaN;
    value = value * 10 + (byte - ZERO);
  }
  return value;
}

/** Reads short texts as 64 bits each; null is 0 and 0. A text of sixteen hex digits is its own value. */
export function parseHashes(bytes: Buffer, high: Uint32Array, low: Uint32Array): number {
  let count = 0;
  let at = 1;
  while (at < bytes.length - 1) {
    if (bytes[at] === LETTER_N) {
      high[count] = 0;
      low[count++] = 0;
      at += 5;
      continue;
    }
    const end = endOfValue(bytes, at);
    [high[count], low[count]] = hashText(bytes, at + 1, end - 1);
    count++;
    at = end + 1;
  }
  return count;
}

/** 64 bits of the text between two places, as JSON wrote it. Never 0 and 0, which stands for none. */
export function hashText(bytes: Buffer, start: number, end: number): [high: number, low: number] {
  if (end - start === 16) {
    const high = readHex(bytes, start);
    const low = readHex(bytes, start + 8);
    if (high >= 0 && low >= 0) return [high, high === 0 && low === 0 ? 1 : low];
  }
  let high = 0x811c9dc5;
  let low = 0x01000193;
  for (let at = start; at < end; at++) {
    high = Math.imul(high ^ bytes[at]!, 0x01000193);
    low = Math.imul(low ^ bytes[at]!, 0x85ebca6b) ^ (low >>> 13);
  }
  return [high >>> 0, low >>> 0 || 1];
}

/** Eight hex digits, -1 where one of them is none. */
function readHex(bytes: Buffer, at: number): number {
  let value = 0;
  for (let end = at + 8; at < end; at++) {
    const byte = bytes[at]!;
    const digit = byte <= NINE ? byte - ZERO : byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** Where the JSON string or word that begins at `at` ends: the place of the comma or bracket after it. */
function endOfValue(bytes: Buffer, at: number): number {
  if (bytes[at] !== QUOTE) {
    while (at < bytes.length - 1 && bytes[at] !== COMMA) at++;
    return at;
  }
  for (at++; bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
  return at + 1;
}
