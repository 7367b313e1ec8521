import { html, nothing, type TemplateResult } from 'lit';
import type { TreeNode } from '../bodies/worker/rows.js';
import { renderMarked } from './body-marked.js';
import { formatCount } from './format.js';

interface PlaceOptions {
  readonly copy: (text: string, what: string) => void;
  readonly copyValue: () => void;
  readonly link: (pointer: string) => void;
  readonly foldAll: (isOpen: boolean) => void;
}

/** Longer texts are cut off here; the rows of the tree have the rest. */
const SHOWN_CHARACTERS = 2_000;
const LONG_CHARACTERS = 48;

/** Where the chosen row of a tree stands, what a long text says, and what can be copied of it. */
export function renderTreePlace(node: TreeNode, options: PlaceOptions): TemplateResult {
  const { path, pointer, text, isAmbiguous } = node;
  const button = (label: string, onClick: () => void): TemplateResult =>
    html`<button type="button" @click=${onClick}>${label}</button>`;
  return html`<div class="place">
    ${
      text === null || text.length < LONG_CHARACTERS
        ? nothing
        : html`<div class="value" tabindex="0" role="group" aria-label="Text of the chosen row">
            <span class="words">${renderMarked(text.slice(0, SHOWN_CHARACTERS))}</span>${
              text.length > SHOWN_CHARACTERS
                ? html`<span class="muted">… ${formatCount(text.length)} characters in all</span>`
                : nothing
            }
          </div>`
    }
    <code class="path" title=${pointer}>${renderMarked(path === '' ? 'the whole body' : path)}</code>
    ${isAmbiguous ? html`<span class="muted">one of several of this name</span>` : nothing}
    <span class="copies">
      ${button('Copy value', options.copyValue)} ${button('Copy path', () => options.copy(path, 'Path'))}
      ${button('Copy pointer', () => options.copy(pointer, 'Pointer'))} ${button('Link', () => options.link(pointer))}
      ${button('Open all', () => options.foldAll(true))} ${button('Fold all', () => options.foldAll(false))}
    </span>
  </div>`;
}
