import { html, nothing, type TemplateResult } from 'lit';
import { renderCell } from './drawn-cell.js';
import { describeScale, measureBars, renderBar } from './cost-bars.js';
import type { CostTable } from './cost-rows.js';

/** The calculation: what each row is, its figures, and its bar. Roles are spelled out, as a narrow place lays it out otherwise. */
export function renderCostTable({ label, columns, rows }: CostTable, kind: 'one' | 'two'): TemplateResult {
  const scale = measureBars(rows);
  return html`<div class="scroller">
    <table
      part="table"
      role="table"
      class="calculation ${kind} ${scale === null ? '' : 'drawn'}"
      aria-labelledby="title"
      aria-describedby="told"
    >
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">${label}</th>
          ${columns.map(
            ({ label, classes }) => html`<th scope="col" role="columnheader" class="number ${classes}">${label}</th>`,
          )}
          ${
            scale === null
              ? nothing
              : html`<th scope="col" role="columnheader" class="bar" aria-label="Running total">
                  <span class="scale">${describeScale(scale).map((end) => html`<span>${end}</span>`)}</span>
                </th>`
          }
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          (row, index) =>
            html`<tr part="row" role="row" class=${row.isTotal ? 'total' : 'part'}>
              <th scope="row" role="rowheader">
                ${row.letter === null ? nothing : html`<span class="letter">${row.letter}</span> `}${row.label}
              </th>
              ${row.cells.map(
                (cell, place) =>
                  html`<td role="cell" class="number ${columns[place]!.classes}">${renderCell(cell)}</td>`,
              )}
              ${scale === null ? nothing : html`<td role="cell" class="bar">${renderBar(rows, index, scale)}</td>`}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
