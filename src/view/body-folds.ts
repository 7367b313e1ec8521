import { html, nothing, type TemplateResult } from 'lit';
import type { Highlight, renderHighlighted } from './body-highlights.js';
import { renderMarked } from './body-marked.js';
import type { renderChunks } from './body-text.js';
import { formatCount } from './format.js';

/** Texts of any length: the first part of a long one, and the rest when asked for. */

/** What draws texts that are long, or that something stands out in; loaded with the first of them. */
export interface TextPieces {
  readonly renderChunks: typeof renderChunks;
  readonly renderHighlighted: typeof renderHighlighted;
}

export interface PiecesPlace {
  /** Before it is needed. */
  readonly load: () => unknown;
  /** `plain`: until it is there. */
  readonly draw: (draw: (pieces: TextPieces) => unknown, plain: unknown) => unknown;
}

export interface FoldPlace {
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly highlights: readonly Highlight[];
  readonly copy: (text: string) => void;
  readonly pieces: PiecesPlace;
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

/** A text on a line with other words. */
export function renderName(text: string, { highlights, pieces }: FoldPlace): unknown {
  const plain = renderMarked(text);
  return highlights.length === 0
    ? plain
    : pieces.draw(({ renderHighlighted }) => renderHighlighted(text, highlights), plain);
}

/** A text that people wrote. Where something in it is to stand out it is drawn plain, as what was looked for is. */
export function renderLong(
  text: string,
  place: FoldPlace,
  renderMarkdown: ((text: string) => unknown) | null = null,
): TemplateResult {
  const folding = fold(text, SHOWN_TEXT, place);
  if (renderMarkdown !== null && place.highlights.length === 0) {
    const drawn = folding.shown.length <= SHOWN_TEXT * 8 ? renderMarkdown(folding.shown) : null;
    if (drawn !== null)
      return html`<div class="text markdown">${drawn}</div>
        ${folding.gate}`;
  }
  return html`<div class="text">${renderShown(folding, place)}</div>
    ${folding.gate}`;
}

/** What a program wrote: arguments, results, JSON. `pretty`: the same with indents, where that is another text. */
export function renderPre(text: string, pretty: string | undefined, place: FoldPlace): TemplateResult {
  const folding = fold(place.highlights.length > 0 ? text : (pretty ?? text), SHOWN_PRE, place);
  return html`${renderCode(nothing, renderShown(folding, place), text, place.copy)} ${folding.gate}`;
}

/** Code in a text that people wrote. */
export function renderProgram(code: string, language: string, copy: (text: string) => void): TemplateResult {
  const head = language === '' ? nothing : html`<p class="note">${renderMarked(language)}</p>`;
  return renderCode(head, html`<div class="chunk">${renderMarked(code)}</div>`, code, copy);
}

export function renderCode(head: unknown, drawn: unknown, text: string, copy: (text: string) => void): TemplateResult {
  return html`<div class="code">
    ${head}
    <div class="program">${drawn}</div>
    <button class="copy" type="button" @click=${() => copy(text)}>Copy</button>
  </div>`;
}

/** What of a text stands there, and what opens and closes it. */
interface Folding {
  /** All of a short one. */
  readonly beginning: string;
  readonly shown: string;
  readonly gate: unknown;
}

function fold(text: string, most: number, place: FoldPlace): Folding {
  if (text.length <= most + SPARED) return { beginning: text, shown: text, gate: nothing };
  const gate = html`<p class="note" @pointerover=${place.pieces.load} @focusin=${place.pieces.load}>
    <button class="link" type="button" aria-expanded=${place.isOpen} @click=${place.toggle}>
      ${place.isOpen ? 'Show less' : `Show all ${formatCount(text.length)} characters`}
    </button>
  </p>`;
  const code = text.charCodeAt(most - 1);
  const beginning = text.slice(0, code >= 0xd800 && code < 0xdc00 ? most - 1 : most);
  // A match further down opens the text.
  const reach = place.highlights.some(({ isCurrent, end }) => isCurrent && end > most);
  return { beginning, shown: place.isOpen || reach ? text : beginning, gate };
}

function renderShown({ beginning, shown }: Folding, { highlights, pieces }: FoldPlace): unknown {
  const plain = html`<div class="chunk">${renderMarked(beginning)}</div>`;
  if (shown === beginning && highlights.length === 0) return plain;
  return pieces.draw(({ renderChunks }) => renderChunks(shown, highlights), plain);
}
