import { type TextRange } from '../conversation.js';

export interface BaseRange extends TextRange {
  /** What the characters decode to, in bytes. */
  readonly byteLength: number;
}

const BACKSLASH = 0x5c;
const EQUALS = 0x3d;
const ESCAPES = /\\(?:u[\da-fA-F]{4}|.)/gs;

/**
 * Measures Base64 characters between `start` and `end` of a JSON text without copying them. `skip` characters of what the
 * string says come before them (`data:image/png;base64,`), whose slashes may be escaped.
 */
export function measureBase64(text: string, start: number, end: number, skip: number): BaseRange {
  let at = start;
  for (let skipped = 0; skipped < skip && at < end; skipped++) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  at = Math.min(at, end);
  // A search in the text itself would run on to its end for every picture.
  if (text.slice(at, end).includes('\\')) {
    const plain = readBase64(text, { start: at, end });
    return { start: at, end, byteLength: bytesOf(plain, 0, plain.length) };
  }
  return { start: at, end, byteLength: bytesOf(text, at, end) };
}

function bytesOf(text: string, start: number, end: number): number {
  while (end > start && text.charCodeAt(end - 1) === EQUALS) end--;
  return Math.floor(((end - start) * 3) / 4);
}

/** The Base64 characters of a range of the body, ready to decode: without JSON's escapes and the line ends they stand for. */
export function readBase64(text: string, { start, end }: TextRange): string {
  const written = text.slice(start, end);
  if (!written.includes('\\')) return written;
  return written.replace(ESCAPES, (sign) => {
    if (sign.startsWith('\\u')) return String.fromCharCode(Number.parseInt(sign.slice(2), 16));
    return sign === '\\/' ? '/' : '';
  });
}
