import { html, nothing, type TemplateResult } from 'lit';
import type { WireCallsAnswer } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import { renderCallsHead } from '../view/call-bars.js';
import { classesOf } from '../view/call-cells.js';
import { FIRST_COLUMNS } from '../view/call-columns.js';
import { type Call, DASH } from '../view/call-state.js';
import { renderHeads } from '../view/call-heads.js';
import { layOutColumns, type LaidColumn } from '../view/call-layout.js';
import { renderCallTotals } from '../view/call-totals.js';
import { renderFilterFrame } from '../view/filter-frame.js';
import { formatCount } from '../view/format.js';

/** As many as the box shows whole. */
const SEEN_ROWS = 20;
const ROW_PX = 28;
/** Of the element's own box: see its window of rows. */
const MAX_SPACER_PX = 8_000_000;

/** Which rows are in view, which the table writes itself. */
export function describeRange(total: number): string {
  return `Rows 1–${Math.min(total, SEEN_ROWS)} of ${formatCount(total)}`;
}

const noAct = (): void => undefined;

/**
 * What `<hm-calls>` draws first when nobody chose anything, of the newest calls, before its scripts are there: what acts
 * is inert, and all columns that its width may call for are there.
 */
export function renderFirstCalls(answer: CamelCased<WireCallsAnswer>, timeZone: string): TemplateResult {
  const { calls, total, totals } = answer;
  const columns = layOutColumns(
    FIRST_COLUMNS.map((column) => ({ key: column.key, widthPx: null, column })),
    0,
    0,
    { readPointer: () => DASH, readState: () => undefined },
  ).columns;
  const arrangement = { sort: 'requested_at', order: 'desc' } as const;
  return html`<section aria-labelledby="title">
    ${renderCallsHead({ group: null, panel: null, content: nothing, groupBy: noAct, toggle: noAct })}
    <p class="unscripted">Without scripts: the newest calls, as they stood when this page was opened.</p>
    ${renderFilterFrame({}, {}, true)} ${renderCallTotals(totals, false)}
    <div class="strip"></div>
    <div class="grid" role="grid" tabindex="0" aria-labelledby="title" aria-rowcount=${total + 1}>
      ${renderHeads(columns, arrangement, { focused: 0, resizing: null }, noAct)}
      <div class="spacer" role="none">
        <svg class="rest" width="1" height=${Math.min(total * ROW_PX, MAX_SPACER_PX)} aria-hidden="true"></svg>
        <div class="layer" role="rowgroup">${calls.map((call, row) => renderRow(call, row, columns, timeZone))}</div>
      </div>
    </div>
    <div class="foot"><span class="range"></span></div>
  </section>`;
}

function renderRow(call: Call, row: number, columns: readonly LaidColumn[], timeZone: string): TemplateResult {
  return html`<div role="row" aria-rowindex=${row + 2}>
    <span role="gridcell" class="choice box"><span class="arrow" aria-hidden="true"></span></span>
    ${columns.map((column) => renderRowCell(column, call, timeZone))}
  </div>`;
}

function renderRowCell(column: LaidColumn, call: Call, timeZone: string): TemplateResult {
  const cell = column.cell(call, timeZone);
  const classes = column.classes + classesOf(cell);
  const lead = cell.lead ? html`<span class="muted">${cell.lead}</span>` : nothing;
  // With what this process's clock reads then, for a browser to compare with its own: `Tue Nov 24 2026 14:02:11 GMT+0000`.
  const clock = cell.instant === undefined ? '' : String(new Date(cell.instant)).slice(0, 33);
  return cell.instant === undefined
    ? html`<span role="gridcell" class=${classes}>${lead}${cell.text}</span>`
    : html`<time role="gridcell" class=${classes} datetime=${cell.instant} data-clock=${clock}
        >${lead}${cell.text}</time
      >`;
}
