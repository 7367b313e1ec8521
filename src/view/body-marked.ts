import { html, type TemplateResult } from 'lit';

/**
 * Stored text as it is, with what can't be seen, or must not act, shown: redaction marks as chips, control characters
 * and marks of direction as signs. Every character stays in the text, so that copying gives what was stored.
 */

const MARK_START = '[REDACTED:';
const MARK_END = ']';
/** Redaction marks, control characters, lone halves of pairs, marks of direction and spaces of no width. */
const SPECIAL =
  /\[REDACTED:([\w.-]{1,64})\]|[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export function renderMarked(text: string): unknown {
  if (text.search(SPECIAL) === -1) return text;
  const parts: unknown[] = [];
  let at = 0;
  for (const match of text.matchAll(SPECIAL)) {
    if (match.index > at) parts.push(text.slice(at, match.index));
    parts.push(match[1] === undefined ? renderControl(match[0]) : renderChip(match[1]));
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

function renderChip(category: string): TemplateResult {
  return html`<span class="redacted"
    ><span class="bracket">${MARK_START}</span>${category}<span class="bracket">${MARK_END}</span></span
  >`;
}

function renderControl(character: string): TemplateResult {
  const code = character.charCodeAt(0);
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  // The block of pictures for the characters below the space; for all others one sign.
  const sign = code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '␡' : '◇';
  return html`<span class="control" data-sign=${sign} title=${name}>${character}</span>`;
}
