import { html, nothing, type TemplateResult } from 'lit';
import type { EventRow, TextRow, TreeRow } from '../bodies/worker/rows.js';
import { type Highlight, renderHighlighted } from './body-highlights.js';
import { renderMarked } from './body-marked.js';
import type { Body } from './body-pane.js';
import { renderCallMark } from './call-mark.js';
import { formatCount, formatPlural } from './format.js';

/** Rows of the views that show a body as it is stored; in each view all are equally tall. */

const DEEPEST_INDENT = 24;

export function renderTextRow(
  row: TextRow | undefined,
  index: number,
  highlights: readonly Highlight[],
): TemplateResult {
  if (row === undefined) return html`<div class="text-row reading" data-row=${index}><span class="line"></span></div>`;
  return html`<div class="text-row" data-row=${index}>
    <span class="line" aria-hidden="true">${row.isContinued ? '' : row.line}</span
    ><span class="said">${renderHighlighted(row.text, highlights)}</span>
  </div>`;
}

export function renderEventRow(
  row: EventRow | undefined,
  index: number,
  { id, isActive }: { readonly id: string; readonly isActive: boolean },
): TemplateResult {
  return html`<div
    id=${id}
    class="row row-event ${isActive ? 'active' : ''}"
    role="option"
    data-row=${index}
    aria-selected=${isActive}
  >
    <span class="index">${formatCount(index + 1)}</span>
    ${
      row === undefined
        ? html`<span class="cell reading"></span>`
        : html`<span class="cell"
            ><span class="key">${renderMarked(row.name ?? '')}</span> ${
              row.isComplete ? nothing : html`<span class="note">${renderCallMark('stream-cut')}cut</span> `
            }<span class="preview">${renderMarked(shorten(row))}</span></span
          >`
    }
  </div>`;
}

/** The data on one line; what only repeats the event's name is left out. */
function shorten({ name, data }: EventRow): string {
  const line = (data ?? '').replace(/\s+/g, ' ');
  const type = /^\{ ?"type" ?: ?"([^"\\]*)" ?, ?/.exec(line);
  return type !== null && type[1] === name ? `{${line.slice(type[0].length)}` : line;
}

interface TreeRowOptions {
  readonly id: string;
  readonly isActive: boolean;
  /** What to say where the text ends in the middle. */
  readonly cut: string;
  /** By offset of the stored text. */
  readonly highlights: readonly Highlight[];
}

/** What to say where the text of a body ends in the middle. */
export function describeEnd(side: Body['request'] | Body['response']): string {
  if (side.truncated) return 'cut here';
  return 'incomplete' in side && side.incomplete ? 'the stream ended here' : 'the text ends here, in the middle';
}

export function renderTreeRow(row: TreeRow | undefined, index: number, options: TreeRowOptions): TemplateResult {
  const { id, isActive } = options;
  if (row === undefined) {
    return html`<div id=${id} class="row reading" role="treeitem" data-row=${index} aria-selected="false">…</div>`;
  }
  const depth = Math.min(row.level - 1, DEEPEST_INDENT);
  return html`<div
    id=${id}
    class="row row-${row.kind} ${isActive ? 'active' : ''}"
    role="treeitem"
    data-row=${index}
    aria-level=${row.level}
    aria-posinset=${row.position}
    aria-setsize=${row.size}
    aria-expanded=${row.isOpen === null ? nothing : row.isOpen}
    aria-selected=${isActive}
  >
    <span class="indent" aria-hidden="true">${'  '.repeat(depth)}<span class="twisty">${sign(row)}</span></span
    ><span class="cell">${renderLabel(row, options)}${renderValue(row, options)}</span>
  </div>`;
}

const sign = (row: TreeRow): string => (row.isOpen === null ? ' ' : row.isOpen ? '▾' : '▸');

function within(highlights: readonly Highlight[], start: number): Highlight[] {
  return highlights.map((one) => ({ ...one, start: one.start - start, end: one.end - start }));
}

function renderLabel(row: TreeRow, { highlights }: TreeRowOptions): unknown {
  if (row.label === '') return nothing;
  const name = row.eventName === null ? nothing : html`<span class="key">${renderMarked(row.eventName)}</span> `;
  const isName = row.label.startsWith('"');
  const label = isName && row.range !== null ? within(highlights, row.range.labelStart) : [];
  return html`<span class=${isName ? 'key' : 'index'}>${renderHighlighted(row.label, label)}</span>${
      row.kind === 'event' || row.kind === 'missing' ? ' ' : ': '
    }${name}`;
}

function renderValue(row: TreeRow, { cut, highlights }: TreeRowOptions): unknown {
  const marks = row.range === null ? [] : within(highlights, row.range.start);
  const text = renderHighlighted(
    marks.length === 0 && row.kind !== 'piece' ? row.text.replace(/\s+/g, ' ') : row.text,
    marks,
  );
  switch (row.kind) {
    case 'cut':
      return html`${renderCallMark('body-cut')}${cut}`;
    case 'reading':
      return html`<span class="note">Reading…</span>`;
    case 'missing':
      return nothing;
    case 'invalid':
      return html`<span class="note">${renderCallMark('warning')}Not JSON from here on:</span> ${text}`;
    case 'object':
    case 'array': {
      if (row.count === 0 && row.isComplete) return row.kind === 'array' ? '[]' : '{}';
      const size = html`<span class="note">${formatPlural(row.count, row.kind === 'array' ? 'item' : 'key')}</span>`;
      const ending = row.isComplete ? nothing : html` <span class="note">${renderCallMark('body-cut')}cut</span>`;
      return row.isOpen === true ? html`${size}${ending}` : html`${size}${ending} <span class="preview">${text}</span>`;
    }
    case 'string':
      if (row.isOpen === null) return text;
      return html`<span class="note">${formatPlural(row.count, 'character')}</span> ${
          row.isOpen ? nothing : html`<span class="preview">${text}</span>`
        }`;
    case 'event':
      return row.isOpen === true ? nothing : html`<span class="preview">${text}</span>`;
    default:
      return text;
  }
}
