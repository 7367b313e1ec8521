import { html, nothing, type TemplateResult } from 'lit';
import type { Sort } from '../api/query.js';
import type { Arrangement } from './call-arrangement.js';
import type { LaidColumn } from './call-layout.js';

/** What of the heads is not in the address. */
export interface HeadState {
  /** The head where Tab stops; arrows go to the others. */
  focused: number;
  /** The head whose end is dragged. */
  resizing: number | null;
}

/** The heads of the calls table. */
export function renderHeads(
  columns: readonly LaidColumn[],
  { sort, order }: Pick<Arrangement, 'sort' | 'order'>,
  { focused, resizing }: HeadState,
  onSort: (sort: Sort) => void,
): TemplateResult {
  const stop = Math.min(focused, columns.length - 1);
  const renderHead = (column: LaidColumn, index: number): TemplateResult => {
    const classes = resizing === index ? `${column.classes} resizing` : column.classes;
    const tabIndex = index === stop ? 0 : -1;
    if (column.sort === undefined) {
      return html`<span role="columnheader" class=${classes} tabindex=${tabIndex}>${column.label}</span>`;
    }
    const sorted = column.sort === sort ? (order === 'asc' ? 'ascending' : 'descending') : nothing;
    return html`<span role="columnheader" class=${classes} aria-sort=${sorted}
      ><button type="button" tabindex=${tabIndex} @click=${() => onSort(column.sort!)}>${column.label}</button></span
    >`;
  };
  return html`<div class="heads" part="heads" role="rowgroup">
    <div role="row" aria-rowindex="1">
      <span role="columnheader" class="blank"><span class="visually-hidden">Chosen</span></span>
      ${columns.map(renderHead)}
    </div>
  </div>`;
}
