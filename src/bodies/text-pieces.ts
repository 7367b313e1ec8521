import { Offsets } from './text-offsets.js';

const BACKSLASH = 0x5c;
const LETTER_N = 0x6e;
const LINE_FEED = 0x0a;

/**
 * Where the pieces of a long written string begin, none longer than `columns`: after each line's end it says (`\n` as
 * written, or a real one), else at `columns`, but never within a character or an escape.
 */
export function splitWritten(text: string, start: number, end: number, columns: number): Offsets {
  const starts = new Offsets();
  starts.push(start);
  let from = start;
  for (let at = start; at < end;) {
    const code = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    let length = 1;
    if (code === BACKSLASH) length = next === 0x75 ? 6 : 2;
    else if (code >= 0xd800 && code < 0xdc00 && next >= 0xdc00 && next < 0xe000) length = 2;
    if (at + length - from > columns && at > from) {
      starts.push(at);
      from = at;
    }
    at += length;
    if (((code === BACKSLASH && next === LETTER_N) || code === LINE_FEED) && at < end) {
      starts.push(at);
      from = at;
    }
  }
  return starts;
}
