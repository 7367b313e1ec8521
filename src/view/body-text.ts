import { html } from 'lit';
import { clipHighlights, type Highlight, renderHighlighted } from './body-highlights.js';

/** Stored text in pieces, so that only what shows is laid out. */

const WHOLE_MARK = /^\[REDACTED:[\w.-]{1,64}\]/;
const LONGEST_MARK = 80;
const CHUNK_CHARACTERS = 4_000;
const CHUNK_LINES = 120;
const WORD_SEARCH = 200;

/**
 * The text in pieces small enough to be laid out one by one: cut after a line, else after a word, else anywhere but
 * within a character or a redaction mark. Joined they are the text.
 */
export function splitText(text: string): string[] {
  const chunks: string[] = [];
  let start = 0;
  while (start < text.length) {
    const end = endOfChunk(text, start);
    chunks.push(text.slice(start, end));
    start = end;
  }
  return chunks;
}

function endOfChunk(text: string, start: number): number {
  // Every search stays within this piece, or a long line would be searched through for each of its pieces.
  const piece = text.slice(start, start + CHUNK_CHARACTERS);
  let lineEnd = 0;
  for (let lines = 0; lines < CHUNK_LINES; lines++) {
    const next = piece.indexOf('\n', lineEnd) + 1;
    if (next === 0) break;
    lineEnd = next;
    if (lines === CHUNK_LINES - 1) return start + lineEnd;
  }
  if (start + piece.length === text.length) return text.length;
  if (lineEnd > 0) return start + lineEnd;
  const wordEnd = piece.lastIndexOf(' ') + 1;
  const end = wordEnd > piece.length - WORD_SEARCH ? wordEnd : piece.length;
  const open = piece.lastIndexOf('[', end - 1);
  if (open > 0) {
    const mark = WHOLE_MARK.exec(text.slice(start + open, start + open + LONGEST_MARK))?.[0] ?? '';
    if (open + mark.length > end) return start + open;
  }
  const last = piece.charCodeAt(end - 1);
  return start + (last >= 0xd800 && last < 0xdc00 ? end - 1 : end);
}

/** In pieces that are laid out only where they show: a line of half a million characters costs as much as one screen. */
export function renderChunks(
  text: string,
  highlights: readonly Highlight[],
  renderPiece: (piece: string, highlights: readonly Highlight[], start: number) => unknown = renderHighlighted,
): unknown {
  let at = 0;
  return splitText(text).map((chunk, index) => {
    const start = at;
    at += chunk.length;
    const inside = clipHighlights(highlights, start, at);
    return html`<div class=${index === 0 ? 'chunk' : 'chunk lazy'}>${renderPiece(chunk, inside, start)}</div>`;
  });
}
