import { html, nothing } from 'lit';
import type { FieldChange } from '../bodies/compare/message-differences.js';
import type { Told, ToldText } from '../bodies/telling/told.js';
import { type FoldPlace, renderCode, SHOWN_TEXT } from './body-folds.js';
import { clipHighlights, type Highlight, renderHighlighted } from './body-highlights.js';
import { renderChunks } from './body-text.js';
import type { ComparedTexts } from './body-told.js';
import { formatPlural } from './format.js';

/** Texts in which words differ from another call's; of long ones what differs and what stands around it. */

/** Characters. */
type Range = Pick<FieldChange, 'start' | 'end'>;

/** Characters shown on both sides of a change, and what of one that is longer itself. */
const AROUND = 200;
const SHOWN_CHANGE = 1_500;
/** Characters for which no line is worth saying that they are left out. */
const SPARED = 300;

/** Draws one text with what differs in it. */
type DrawChanged = (told: ToldText, place: FoldPlace) => unknown;

/** `markOf`: what draws the texts in which something differs, by pointer and field. */
export function compareTexts(markOf: (told: ToldText) => DrawChanged | undefined): ComparedTexts {
  return {
    renderText: (told, place) => markOf(told)?.(told, place),
    renderFolded: ({ said, isComparedWhole }, line, renderContent) => {
      if (isComparedWhole) return renderContent();
      // What differs is not hidden.
      if (!isText(said) || markOf(said) === undefined) return undefined;
      return html`<p class="note">${line}</p>
        ${renderContent()}`;
    },
  };
}

const isText = (told: Told): told is ToldText => typeof told === 'object' && 'field' in told;

/** `del`: what only this one of the first call says; `ins`: what only this one of a later call says. */
export function markChanges(changes: readonly Range[], tag: 'del' | 'ins'): DrawChanged {
  const renderPiece = (text: string, highlights: readonly Highlight[], start = 0): unknown =>
    renderChanges(text, highlights, clipHighlights(changes, start, start + text.length), tag);
  return ({ tag: kind, text }, place) => {
    if (kind === 'named') return renderPiece(text, place.highlights);
    const block = renderBlock(text, place, changes, renderPiece);
    return kind === 'pre' ? renderCode(nothing, block, text, place.copy) : html`<div class="text">${block}</div>`;
  };
}

/** In order, without overlap. */
export function joinRanges(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const { start, end } of ranges.toSorted((one, other) => one.start - other.start)) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last.end) joined[joined.length - 1] = { ...last, end: Math.max(last.end, end) };
    else joined.push({ start, end });
  }
  return joined;
}

function renderChanges(
  text: string,
  highlights: readonly Highlight[],
  changes: readonly Range[],
  tag: 'del' | 'ins',
): unknown {
  const parts: unknown[] = [];
  let at = 0;
  const add = (end: number, isChange: boolean): void => {
    if (end <= at) return;
    const said = renderHighlighted(text.slice(at, end), clipHighlights(highlights, at, end));
    parts.push(!isChange ? said : tag === 'del' ? html`<del>${said}</del>` : html`<ins>${said}</ins>`);
    at = end;
  };
  for (const { start, end } of changes) {
    add(Math.max(0, start), false);
    add(Math.min(text.length, end), true);
  }
  add(text.length, false);
  return parts;
}

function renderBlock(
  text: string,
  place: FoldPlace,
  changes: readonly Range[],
  renderPiece: (text: string, highlights: readonly Highlight[], start?: number) => unknown,
): unknown {
  if (text.length <= SHOWN_TEXT) return renderChunks(text, place.highlights, renderPiece);
  const gate = html`<p class="note">
    <button class="link" type="button" aria-expanded=${place.isOpen} @click=${place.toggle}>
      ${place.isOpen ? 'Show what differs' : `Show all ${formatPlural(text.length, 'character')}`}
    </button>
  </p>`;
  if (place.isOpen) return html`${renderChunks(text, place.highlights, renderPiece)}${gate}`;
  const current = place.highlights.find(({ isCurrent }) => isCurrent);
  const excerpts = chooseExcerpts(text, changes, current);
  let at = 0;
  const skip = (to: number, isEnd: boolean): unknown => {
    const isEqual = !changes.some(({ start, end }) => end > at && start < to);
    const words = `${formatPlural(to - at, isEqual ? 'equal character' : 'more character')}${isEnd && !isEqual ? ', some of which differ' : ''}`;
    return to <= at ? nothing : html`<p class="note skipped">${words}</p>`;
  };
  const parts = excerpts.map(({ start, end }) => {
    const before = skip(start, false);
    at = end;
    const inside = clipHighlights(place.highlights, start, end);
    return html`${before}
      <div class="chunk">${renderPiece(text.slice(start, end), inside, start)}</div>`;
  });
  return html`${parts}${skip(text.length, true)}${gate}`;
}

/** What differs, the current match, and what stands around each; together about as much as is shown of any text. */
function chooseExcerpts(text: string, changes: readonly Range[], current: Range | undefined): Range[] {
  const wanted: Range[] = [];
  let characters = 0;
  for (const { start, end } of changes) {
    const shownEnd = Math.min(end, start + SHOWN_CHANGE);
    if (characters > 0 && characters + shownEnd - start > SHOWN_TEXT) break;
    characters += shownEnd - start + AROUND;
    wanted.push(widen(text, { start, end: shownEnd }, shownEnd < end));
  }
  if (current !== undefined) wanted.push(widen(text, current, false));
  const joined: Range[] = [];
  for (const range of joinRanges(wanted)) {
    const last = joined.at(-1);
    if (last !== undefined && range.start - last.end < SPARED) joined[joined.length - 1] = { ...last, end: range.end };
    else joined.push(range);
  }
  return joined;
}

/** To the line's ends where they are near, else between characters. */
function widen(text: string, { start, end }: Range, isBroken: boolean): Range {
  const from = Math.max(0, start - AROUND);
  const line = text.slice(from, start).lastIndexOf('\n') + 1;
  const to = isBroken ? end : Math.min(text.length, end + AROUND);
  const lineEnd = isBroken ? 0 : text.slice(end, to).indexOf('\n') + 1;
  return {
    start: line > 0 ? from + line : skipHalf(text, from),
    end: lineEnd > 0 ? end + lineEnd : skipHalf(text, to),
  };
}

function skipHalf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000 ? at + 1 : at;
}
