import { html } from 'lit';
import { renderMarked } from './body-marked.js';

/** Stored text in which something stands out. */

/** A stretch of the text to stand out: a match of what is looked for. */
export interface Highlight {
  readonly start: number;
  readonly end: number;
  readonly isCurrent: boolean;
}

/** The highlights of a piece of the text, by its own characters. */
export function clipHighlights<T extends Pick<Highlight, 'start' | 'end'>>(
  highlights: readonly T[],
  start: number,
  end: number,
): T[] {
  return highlights
    .filter((one) => one.end > start && one.start < end)
    .map((one) => ({ ...one, start: one.start - start, end: one.end - start }));
}

export function renderHighlighted(text: string, highlights: readonly Highlight[]): unknown {
  if (highlights.length === 0) return renderMarked(text);
  const parts: unknown[] = [];
  let at = 0;
  for (const { start, end, isCurrent } of highlights) {
    if (end <= at || start >= text.length) continue;
    const from = Math.max(at, start);
    parts.push(renderMarked(text.slice(at, from)));
    parts.push(html`<mark class=${isCurrent ? 'current' : ''}>${renderMarked(text.slice(from, end))}</mark>`);
    at = end;
  }
  parts.push(renderMarked(text.slice(at)));
  return parts;
}
