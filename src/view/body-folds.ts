import { html, nothing, type TemplateResult } from 'lit';
import { splitText } from './body-text.js';
import { clipHighlights, type Highlight, renderMarked } from './body-marked.js';
import { formatCount } from './format.js';

/** Texts of any length: the first part of a long one, and the rest when asked for. */

export interface FoldPlace {
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly highlights: readonly Highlight[];
  readonly copy: (text: string) => void;
  /** Draws the text with what differs in it; null: nothing does, or it is not compared. */
  readonly changed: ChangedText | null;
}

/** How a text is drawn in which something differs from that of another call. */
export interface ChangedText {
  readonly renderBlock: (text: string, place: FoldPlace) => unknown;
  readonly renderInline: (text: string, highlights: readonly Highlight[]) => unknown;
}

export const SHOWN_TEXT = 4_000;
const SHOWN_PRE = 1_600;
/** So much longer a text has to be for folding to be worth it. */
const SPARED = 400;

/** One line instead of something long, until it is asked for. */
export function renderFolded(
  words: unknown,
  place: Pick<FoldPlace, 'isOpen' | 'toggle'>,
  renderOpen: () => unknown,
): TemplateResult {
  return html`<p class="note folded">
      ${words} ·
      <button class="link" type="button" aria-expanded=${place.isOpen} @click=${place.toggle}>
        ${place.isOpen ? 'Hide' : 'Show'}
      </button>
    </p>
    ${place.isOpen ? renderOpen() : nothing}`;
}

/** A text that people wrote. Where something in it is to stand out it is drawn plain, as what was looked for is. */
export function renderLong(
  text: string,
  place: FoldPlace,
  renderMarkdown: ((text: string) => unknown) | null = null,
): TemplateResult {
  if (place.changed !== null) return html`<div class="text">${place.changed.renderBlock(text, place)}</div>`;
  const { shown, gate } = fold(text, SHOWN_TEXT, place);
  if (renderMarkdown !== null && place.highlights.length === 0) {
    const drawn = shown.length <= SHOWN_TEXT * 8 ? renderMarkdown(shown) : null;
    if (drawn !== null)
      return html`<div class="text markdown">${drawn}</div>
        ${gate}`;
  }
  return html`<div class="text">${renderChunks(shown, place.highlights)}</div>
    ${gate}`;
}

/** What a program wrote: arguments, results, JSON. `pretty`: the same with indents, where that is another text. */
export function renderPre(text: string, pretty: string | undefined, place: FoldPlace): TemplateResult {
  const { changed, highlights } = place;
  if (changed !== null) return renderCode(nothing, changed.renderBlock(text, place), text, place.copy);
  const { shown, gate } = fold(highlights.length > 0 ? text : (pretty ?? text), SHOWN_PRE, place);
  return html`${renderCode(nothing, renderChunks(shown, highlights), text, place.copy)} ${gate}`;
}

/** Code in a text that people wrote. */
export function renderProgram(code: string, language: string, copy: (text: string) => void): TemplateResult {
  const head = language === '' ? nothing : html`<p class="note">${renderMarked(language)}</p>`;
  return renderCode(head, html`<div class="chunk">${renderMarked(code)}</div>`, code, copy);
}

function renderCode(head: unknown, drawn: unknown, text: string, copy: (text: string) => void): TemplateResult {
  return html`<div class="code">
    ${head}
    <div class="program">${drawn}</div>
    <button class="copy" type="button" @click=${() => copy(text)}>Copy</button>
  </div>`;
}

function fold(text: string, most: number, place: FoldPlace): { readonly shown: string; readonly gate: unknown } {
  if (text.length <= most + SPARED) return { shown: text, gate: nothing };
  const gate = html`<p class="note">
    <button class="link" type="button" aria-expanded=${place.isOpen} @click=${place.toggle}>
      ${place.isOpen ? 'Show less' : `Show all ${formatCount(text.length)} characters`}
    </button>
  </p>`;
  // A match further down opens the text.
  const reach = place.highlights.some(({ isCurrent, end }) => isCurrent && end > most);
  if (place.isOpen || reach) return { shown: text, gate };
  const code = text.charCodeAt(most - 1);
  return { shown: text.slice(0, code >= 0xd800 && code < 0xdc00 ? most - 1 : most), gate };
}

/** In pieces that are laid out only where they show: a line of half a million characters costs as much as one screen. */
export function renderChunks(
  text: string,
  highlights: readonly Highlight[],
  renderPiece: (piece: string, highlights: readonly Highlight[], start: number) => unknown = renderMarked,
): unknown {
  let at = 0;
  return splitText(text).map((chunk, index) => {
    const start = at;
    at += chunk.length;
    const inside = clipHighlights(highlights, start, at);
    return html`<div class=${index === 0 ? 'chunk' : 'chunk lazy'}>${renderPiece(chunk, inside, start)}</div>`;
  });
}
