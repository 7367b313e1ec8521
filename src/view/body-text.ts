import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';

/** Stored text as it is. Only drawn where it shows: a line of half a million characters costs as much as one screen. */

const MARK = /\[REDACTED:([\w.-]{1,64})\]/g;
const MARK_START = '[REDACTED:';
const LONGEST_MARK = 80;
const CHUNK_CHARACTERS = 4_000;
const CHUNK_LINES = 60;
const WORD_SEARCH = 200;

/** Text with its redaction marks as chips. All characters stay in the text, so that copying gives what was stored. */
export function renderMarked(text: string): unknown {
  if (!text.includes(MARK_START)) return text;
  const parts: unknown[] = [];
  let at = 0;
  for (const match of text.matchAll(MARK)) {
    parts.push(text.slice(at, match.index), renderChip(match[1]!));
    at = match.index + match[0].length;
  }
  parts.push(text.slice(at));
  return parts;
}

function renderChip(category: string): TemplateResult {
  return html`<span class="redacted"
    ><span class="bracket">${MARK_START}</span>${category}<span class="bracket">]</span></span
  >`;
}

/** Any length of text, wrapped. */
export function renderText(text: string): unknown {
  return guard([text], () => {
    const chunks = splitText(text);
    // The first piece is drawn at once, so that a body that scrolls into view is never blank.
    return chunks.map(
      (chunk, index) => html`<div class=${index === 0 ? 'chunk' : 'chunk lazy'}>${renderMarked(chunk)}</div>`,
    );
  });
}

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
  const limit = start + CHUNK_CHARACTERS;
  let lineEnd = start;
  for (let lines = 0; lines < CHUNK_LINES; lines++) {
    const next = text.indexOf('\n', lineEnd) + 1;
    if (next === 0 || next > limit) break;
    lineEnd = next;
    if (lines === CHUNK_LINES - 1) return lineEnd;
  }
  if (limit >= text.length) return text.length;
  if (lineEnd > start) return lineEnd;
  const space = text.lastIndexOf(' ', limit - 1) + 1;
  const end = space > limit - WORD_SEARCH ? space : limit;
  const mark = text.lastIndexOf(MARK_START, end - 1);
  if (mark > start && mark > end - LONGEST_MARK && text.indexOf(']', mark) >= end) return mark;
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code < 0xdc00 ? end - 1 : end;
}
