import { html, nothing, type TemplateResult } from 'lit';
import type { WireBody } from '../api/body.js';
import type { CamelCased } from '../api/camel-case.js';
import type { BodyTree } from '../bodies/body-tree.js';
import { readSelectedText } from './body-selection.js';
import { renderText } from './body-text.js';
import { renderTree } from './body-tree.js';
import { describeEnd, renderSize } from './body-words.js';
import { formatCount } from './format.js';
import { renderCallMark } from './call-mark.js';

export type Body = CamelCased<WireBody>;

/** Characters that are drawn without being asked for. */
export const SHOWN_CHARACTERS = 2_000_000;

/** One side of one call, ready to be drawn. */
export interface Pane {
  readonly letter: string;
  readonly sideName: 'request' | 'response';
  readonly side: Body['request'] | Body['response'];
  /** Grid place: first or second call. */
  readonly place: 'a' | 'b';
}

interface CopyButton {
  readonly label: string;
  readonly onCopy: () => void;
}

interface BodyActions {
  readonly onShowAll: () => void;
  /** Draws again; resolves when drawn. */
  readonly update: () => Promise<unknown>;
}

/** Frame of one body: its bar, and below what there is of it. */
export function renderPane(pane: Pane, content: unknown, copy: CopyButton | null): TemplateResult {
  const { letter, sideName, side, place } = pane;
  const name = sideName === 'request' ? 'Request' : 'Response';
  return html`<section class="pane ${sideName} ${place}" aria-label="${name} of ${letter}">
    <div class="bar">
      <span class="letter" aria-hidden="true">${letter}</span>
      <h3>${name}</h3>
      ${renderSize(side)} ${side.contentType === null ? nothing : html`<span>${side.contentType}</span>`}
      ${
        copy === null
          ? nothing
          : html`<button type="button" aria-label="Copy the ${sideName} of ${letter}" @click=${copy.onCopy}>
              ${copy.label}
            </button>`
      }
    </div>
    ${content}
  </section>`;
}

interface Drawn {
  /** What is drawn of it, and how many characters there are in all. */
  readonly text: string;
  readonly characters: number;
  /** Null: drawn as text. */
  readonly tree: BodyTree | null;
}

/** The stored text, as a tree where there is one, else as it is; then how it ends. */
export function renderBody(pane: Pane, { text, characters, tree }: Drawn, actions: BodyActions): TemplateResult {
  const label = `${pane.sideName === 'request' ? 'Request' : 'Response'} of ${pane.letter}`;
  const isWhole = text.length === characters;
  const end = isWhole ? renderEnd(pane) : renderGate(text.length, characters, actions.onShowAll);
  if (tree === null) {
    return html`<div class="box" role="group" aria-label="${label}, text" tabindex="0" @copy=${copyAsStored}>
      ${renderText(text)}${end}
    </div>`;
  }
  const cut = isWhole ? describeCutInTree(pane) : 'not shown from here on';
  return html`<div class="box">
    ${renderTree(tree, { label: `${label}, tree`, cut, update: actions.update })}${end}
  </div>`;
}

/** A selection is copied as it was stored: without the line ends that stand between pieces of a long line. */
function copyAsStored(event: ClipboardEvent): void {
  const selected = readSelectedText((event.currentTarget as Element).getRootNode() as ShadowRoot);
  if (!selected || event.clipboardData === null) return;
  event.clipboardData.setData('text/plain', selected);
  event.preventDefault();
}

function describeCutInTree({ side }: Pane): string {
  if (side.truncated) return 'cut here';
  return 'incomplete' in side && side.incomplete ? 'the stream ended here' : 'the text ends here, in the middle';
}

/** A body of no characters, which is not the same as none. */
export function renderEmptyBody(pane: Pane): TemplateResult {
  return html`<div class="box">
    <p class="muted">Empty body: it was stored, with no character in it.</p>
    ${renderEnd(pane)}
  </div>`;
}

function renderGate(shown: number, characters: number, onShowAll: () => void): TemplateResult {
  return html`<p class="gate">
    The first ${formatCount(shown)} of ${formatCount(characters)} characters are shown.
    <button class="button" type="button" @click=${onShowAll}>Show all</button>
  </p>`;
}

function renderEnd({ side }: Pane): unknown {
  const end = describeEnd(side);
  if (end === null) return nothing;
  const [, cut = '', rest] = /^(Cut here)?(.*)$/.exec(end)!;
  return html`<p class="end">${renderCallMark(side.truncated ? 'body-cut' : 'stream-cut')}<b>${cut}</b>${rest}</p>`;
}
