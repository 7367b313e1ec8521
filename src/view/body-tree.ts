import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { type BodyTree, SLICE } from '../bodies/body-tree.js';
import type { TreeRow } from '../bodies/tree-rows.js';
import { renderMarked, renderText } from './body-text.js';
import { formatCount, formatPlural } from './format.js';
import { renderCallMark } from './call-mark.js';

const PREVIEW_CHARACTERS = 240;
const DEEPEST_INDENT = 24;

interface TreeOptions {
  /** Accessible name. */
  readonly label: string;
  /** What to say where the text ends in the middle. */
  readonly cut: string;
  /** Draws again; resolves when drawn. */
  readonly update: () => Promise<unknown>;
}

/** A folding tree by ARIA's pattern: one row is in the tab order, arrows move and fold. Rows carry their id as `data-row`. */
export function renderTree(tree: BodyTree, options: TreeOptions): TemplateResult {
  const follow = async (event: Event): Promise<void> => {
    const drawn = event.currentTarget as HTMLElement;
    await options.update();
    drawn.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  };
  const onClick = (event: MouseEvent): void => {
    const target = event.target as Element;
    const id = target.closest<HTMLElement>('[data-row]')?.dataset.row;
    // Within an opened text a click is for selecting.
    if (id === undefined || target.closest('.chunk')) return;
    tree.activate(id);
    void follow(event);
  };
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !tree.press(event.key)) return;
    event.preventDefault();
    void follow(event);
  };
  return html`<div class="tree" role="tree" aria-label=${options.label} @click=${onClick} @keydown=${onKeydown}>
    ${guard([tree.rows, tree.active, options.cut], () =>
      repeat(
        tree.rows,
        (row) => row.id,
        (row) => renderRow(row, row.id === tree.active, options.cut),
      ),
    )}
  </div>`;
}

function renderRow(row: TreeRow, isActive: boolean, cut: string): TemplateResult {
  const depth = Math.min(row.level - 1, DEEPEST_INDENT);
  return html`<div
    class="row row-${row.kind}"
    role="treeitem"
    data-row=${row.id}
    tabindex=${isActive ? 0 : -1}
    aria-level=${row.level}
    aria-posinset=${row.position}
    aria-setsize=${row.size}
    aria-expanded=${row.isOpen === null ? nothing : row.isOpen}
    aria-selected="false"
  >
    <span class="indent" aria-hidden="true">${'  '.repeat(depth)}${renderTwisty(row)}</span
    ><span class="cell">${renderLabel(row)}${renderValue(row, cut)}</span>
  </div>`;
}

function renderTwisty(row: TreeRow): TemplateResult {
  return html`<span class="twisty">${row.isOpen === null ? ' ' : row.isOpen ? '▾' : '▸'}</span>`;
}

function renderLabel(row: TreeRow): unknown {
  if (row.label === '') return nothing;
  const name = row.eventName === null ? nothing : html`<span class="key">${row.eventName}</span> `;
  const separator = row.kind === 'event' || row.kind === 'missing' ? ' ' : ': ';
  const isName = row.label.startsWith('"');
  return html`<span class=${isName ? 'key' : 'index'}>${renderMarked(row.label)}</span>${separator}${name}`;
}

function renderValue(row: TreeRow, cut: string): unknown {
  switch (row.kind) {
    case 'more':
      return html`<span class="ask"
        >Show ${formatCount(Math.min(SLICE, row.count))} more of ${formatCount(row.size)}</span
      >`;
    case 'cut':
      return html`${renderCallMark('body-cut')}${cut}`;
    case 'missing':
      return nothing;
    case 'invalid':
      return html`<span class="note">${renderCallMark('warning')}Not JSON from here on:</span
        >${renderText(row.text.slice(row.start, row.end))}`;
    case 'string':
      return renderString(row);
    default:
      return row.nested === null ? renderMarked(row.text.slice(row.start, row.end)) : renderNested(row);
  }
}

function renderString(row: TreeRow): unknown {
  if (row.isOpen === null) return renderMarked(row.text.slice(row.start, row.end));
  const size = html`<span class="note">${formatPlural(row.count, 'character')}</span>`;
  return row.isOpen
    ? html`${size}${renderText(row.text.slice(row.start, row.end))}`
    : html`${size} <span class="preview">${renderPreview(row)}</span>`;
}

function renderNested(row: TreeRow): unknown {
  const isArray = row.nested!.kind === 'array';
  if (row.count === 0) return isArray ? '[]' : '{}';
  const size = html`<span class="note">${formatPlural(row.count, isArray ? 'item' : 'key')}</span>`;
  const isCut = row.complete ? nothing : html`<span class="note">${renderCallMark('body-cut')}cut</span> `;
  // An event's own name says more than how many keys it has, and leaves more room for them.
  if (row.kind === 'event' && !row.isOpen) return html`${isCut}<span class="preview">${renderPreview(row)}</span>`;
  return row.isOpen ? size : html`${size} ${isCut}<span class="preview">${renderPreview(row)}</span>`;
}

/** The first characters on one line. A mark that would be halved is left out. */
function renderPreview(row: TreeRow): unknown {
  const text = row.text.slice(row.start, Math.min(row.end, row.start + PREVIEW_CHARACTERS));
  const isWhole = row.end - row.start <= PREVIEW_CHARACTERS;
  return renderMarked(isWhole ? text : `${text.replace(/\[[^\]\s]*$/, '')}…`);
}
