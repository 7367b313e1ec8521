import { html, nothing, type TemplateResult } from 'lit';
import type { MediaPart } from '../bodies/conversation.js';
import type { Told, ToldFolded, ToldPart, ToldText, ToldTurn } from '../bodies/telling/told.js';
import {
  type FoldPlace,
  type PiecesPlace,
  renderFolded,
  renderLong,
  renderName,
  renderPre,
  renderProgram,
} from './body-folds.js';
import type { Highlight } from './body-highlights.js';
import { renderMarked } from './body-marked.js';
import { renderCallMark } from './call-mark.js';
import { formatCount } from './format.js';
import { renderElement } from './told-elements.js';

/** Draws what was told of a body. Nothing in it is followed, fetched or run. */

/** Draws what differs from what another call says. Undefined: nothing does. */
export interface ComparedTexts {
  readonly renderText: (told: ToldText, place: FoldPlace) => unknown;
  readonly renderFolded: (told: ToldFolded, line: unknown, renderContent: () => unknown) => unknown;
}

/** What a comparison adds to a turn. */
export interface ToldChanges {
  /** Below the role. */
  readonly notes: readonly unknown[];
  /** Before what is said, and behind it. */
  readonly before: unknown;
  readonly after: unknown;
  /** Null: no text differs. */
  readonly compared: ComparedTexts | null;
}

export interface ToldOptions {
  /** A text as Markdown; null: it isn't known yet, or can't be. Null itself: texts are drawn plain. */
  readonly markdownOf: ((text: string) => Told | null) | null;
  /** Whether what is folded at first is open; by place and name of the text. */
  readonly isOpen: (fold: string) => boolean;
  readonly toggle: (fold: string) => void;
  readonly highlightsOf: (pointer: string, field: string) => readonly Highlight[];
  /** Null: nothing is compared. */
  readonly changes: ToldChanges | null;
  readonly pieces: PiecesPlace;
  readonly renderTools: () => unknown;
  readonly renderPicture: (part: MediaPart, words: string) => unknown;
  readonly goToMessage: (index: number) => void;
  readonly copy: (text: string, what: string) => void;
  /** Pointer of what is to stand out. */
  readonly marked: string | null;
}

/** One line of a conversation: who, in the gutter, and what. */
export function renderTurn(
  role: unknown,
  notes: readonly unknown[],
  content: unknown,
  pointer?: string,
  isMarked = false,
): TemplateResult {
  return html`<div class="turn ${isMarked ? 'spot' : ''}" data-pointer=${pointer ?? nothing}>
    <div class="role"><b>${role}</b>${notes.map((note) => html`<span>${note}</span>`)}</div>
    <div class="said">${content}</div>
  </div>`;
}

export function renderToldTurn({ role, notes, said, pointer }: ToldTurn, options: ToldOptions): TemplateResult {
  const { changes, marked } = options;
  return renderTurn(
    renderTold(role, options),
    [...notes.map((note) => renderTold(note, options)), ...(changes?.notes ?? [])],
    html`${changes?.before}${renderTold(said, options)}${changes?.after}`,
    pointer,
    pointer === marked,
  );
}

export function renderTold(told: Told, options: ToldOptions): unknown {
  if (typeof told === 'string') return renderMarked(told);
  if (typeof told === 'number') return formatCount(told);
  if (isList(told)) return told.map((part) => renderTold(part, options));
  switch (told.tag) {
    case 'mark':
      return renderCallMark(told.mark);
    case 'program':
      return renderProgram(told.code, told.language, (text) => options.copy(text, 'Text'));
    case 'part':
      return renderPart(told, options);
    case 'named':
    case 'markdown':
    case 'long':
    case 'pre':
      return renderText(told, options);
    case 'folded':
      return renderToldFolded(told, options);
    case 'link':
      return html`<button class="link" type="button" @click=${() => options.goToMessage(told.message)}>
        ${renderTold(told.said, options)}
      </button>`;
    case 'tools':
      return options.renderTools();
    case 'picture':
      return options.renderPicture(told.part, told.words);
    default:
      return renderElement(told, renderTold(told.said ?? '', options));
  }
}

const isList = (told: Told): told is readonly Told[] => Array.isArray(told);

function renderPart({ className, pointer, said }: ToldPart, options: ToldOptions): TemplateResult {
  return html`<div class="part ${className} ${pointer === options.marked ? 'spot' : ''}" data-pointer=${pointer}>
    ${renderTold(said, options)}
  </div>`;
}

function renderText(told: ToldText, options: ToldOptions): unknown {
  const { tag, pointer, field, text, pretty } = told;
  const highlights = options.highlightsOf(pointer, field);
  const place: FoldPlace = { ...placeOf(`${pointer}#${field}`, options), highlights };
  const changed = options.changes?.compared?.renderText(told, place);
  if (changed !== undefined) return changed;
  if (tag === 'named') return renderName(text, place);
  if (tag === 'pre') return renderPre(text, pretty, place);
  const { markdownOf } = options;
  const renderMarkdown = (shown: string): unknown => {
    const told = markdownOf!(shown);
    return told && renderTold(told, options);
  };
  return renderLong(text, place, tag === 'markdown' && markdownOf !== null ? renderMarkdown : null);
}

function renderToldFolded(told: ToldFolded, options: ToldOptions): unknown {
  const line = renderTold(told.words, options);
  const renderContent = (): unknown => renderTold(told.said, options);
  return (
    options.changes?.compared?.renderFolded(told, line, renderContent) ??
    renderFolded(line, placeOf(told.fold, options), renderContent)
  );
}

function placeOf(fold: string, { isOpen, toggle, copy, pieces }: ToldOptions): FoldPlace {
  return {
    isOpen: isOpen(fold),
    toggle: () => toggle(fold),
    highlights: [],
    copy: (text) => copy(text, 'Text'),
    pieces,
  };
}
