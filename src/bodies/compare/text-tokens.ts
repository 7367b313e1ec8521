/** Latin, digits and signs: no marks that join to the letter before, and words end where letters do. */
const SIMPLE = /^[\0-\u02ff\u2010-\u2027\u2030-\u205e\u20ac]*$/;
const SIMPLE_TOKENS = /\r\n|[\r\n]|[^\S\r\n]+|[\p{L}\p{N}_]+|[^]/gu;
const LINES = /[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g;
const LONG_LINE = 2_000;
const SPACE = 0x20;
const COMMA = 0x2c;

/** One language for all readers: the same texts must not differ otherwise elsewhere. */
const words = new Intl.Segmenter('en', { granularity: 'word' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Words, spaces and signs, in order, none lost; a character that is made of several code points stays whole. */
export function splitWords(text: string): string[] {
  if (SIMPLE.test(text)) return text.match(SIMPLE_TOKENS) ?? [];
  const tokens: string[] = [];
  const starts = new Set<number>();
  for (const { index } of graphemes.segment(text)) starts.add(index);
  for (const { segment, index } of words.segment(text)) {
    // Some scripts have signs that end a word and yet belong to the character after them.
    if (starts.has(index)) tokens.push(segment);
    else tokens.push((tokens.pop() ?? '') + segment);
  }
  return tokens;
}

/** Lines with their ends, long ones in pieces that end with a space or comma; in order, none lost. */
export function splitLines(text: string): string[] {
  const pieces: string[] = [];
  for (const line of text.match(LINES) ?? []) {
    if (line.length <= LONG_LINE) pieces.push(line);
    else pushPieces(pieces, line);
  }
  return pieces;
}

function pushPieces(pieces: string[], line: string): void {
  let start = 0;
  for (let at = 1; at < line.length; at++) {
    const before = line.charCodeAt(at - 1);
    // A mark from 0x300 on may join to the sign before it.
    if ((before !== SPACE && before !== COMMA) || line.charCodeAt(at) >= 0x300) continue;
    pieces.push(line.slice(start, at));
    start = at;
  }
  pieces.push(line.slice(start));
}
