import { html, nothing, svg, type TemplateResult } from 'lit';
import { formatCount, formatPlural } from './format.js';
import { renderMoney } from './money.js';
import type { SplitBy } from './spend-colours.js';
import type { KeyRow } from './spend-key.js';
import type { SpendModel } from './spend-model.js';
import { formatValue } from './spend-scale.js';
import { BUCKETS } from './spend-slots.js';
import { MEASURES, type Measure } from './spend-sums.js';
import { type Period, PERIODS } from './spend-window.js';

export interface SpendTools {
  readonly measure: Measure;
  readonly by: SplitBy;
  /** The one asked for; empty where it is chosen to fit. */
  readonly bucket: string;
  /** The one that is drawn; undefined before the first answer. */
  readonly drawnBucket: string | undefined;
  /** Null where the filter's time is none of the usual ones. */
  readonly period: Period | null;
  /** False where the page's author fixed the time. */
  readonly canChooseTime: boolean;
  readonly isCustom: boolean;
  readonly change: (change: { measure?: Measure; by?: SplitBy; bucket?: string }) => void;
  readonly changePeriod: (period: Period) => void;
  readonly toggleCustom: () => void;
}

const MEASURE_LABELS: Readonly<Record<Measure, string>> = { cost: 'Cost', calls: 'Calls', tokens: 'Tokens' };
const SPLITS: readonly (readonly [by: SplitBy, label: string])[] = [
  ['provider', 'by provider'],
  ['model', 'by model'],
  ['project', 'by project'],
  ['status', 'by status'],
  ['none', 'all together'],
];

/** Period, measure, split and bucket, beside the heading. */
export function renderTools(tools: SpendTools): TemplateResult {
  const tab = (label: string, isPressed: boolean, press: () => void): TemplateResult =>
    html`<button type="button" aria-pressed=${isPressed} @click=${press}>${label}</button>`;
  const { period, change, drawnBucket } = tools;
  const fitting = drawnBucket !== undefined && tools.bucket === '' ? `, fitting` : '';
  return html`<div class="tools" part="tools">
    ${
      tools.canChooseTime
        ? html`<div class="tabs" role="group" aria-label="Period">
            ${PERIODS.map(([name, label]) => tab(label, name === period, () => tools.changePeriod(name)))}
            <button
              type="button"
              aria-pressed=${period === null}
              aria-expanded=${tools.isCustom}
              @click=${tools.toggleCustom}
            >
              Custom…
            </button>
          </div>`
        : nothing
    }
    <div class="tabs" role="group" aria-label="Measure">
      ${MEASURES.map((measure) => tab(MEASURE_LABELS[measure], measure === tools.measure, () => change({ measure })))}
    </div>
    <select
      aria-label="Split"
      .value=${tools.by}
      @change=${(event: Event) => change({ by: (event.target as HTMLSelectElement).value as SplitBy })}
    >
      ${SPLITS.map(([by, label]) => html`<option value=${by} ?selected=${by === tools.by}>${label}</option>`)}
    </select>
    <select
      aria-label="Bucket"
      @change=${(event: Event) => change({ bucket: (event.target as HTMLSelectElement).value })}
    >
      <option value="" ?selected=${tools.bucket === ''}>
        ${fitting === '' ? 'fitting' : `by the ${drawnBucket}${fitting}`}
      </option>
      ${BUCKETS.map(
        (bucket) => html`<option value=${bucket} ?selected=${bucket === tools.bucket}>by the ${bucket}</option>`,
      )}
    </select>
  </div>`;
}

/** Days to choose from and until. */
export function renderCustom(
  { since, until }: { readonly since: string; readonly until: string },
  show: (since: string, until: string) => void,
): TemplateResult {
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    show(fields.get('since') as string, fields.get('until') as string);
  };
  return html`<form class="custom" @submit=${onSubmit}>
    <label>From<input type="date" name="since" .value=${since} /></label>
    <label>until, with it<input type="date" name="until" .value=${until} /></label>
    <button class="button" part="button">Show</button>
  </form>`;
}

export interface SpendKey {
  readonly model: SpendModel;
  readonly chooseStack: (stack: number) => void;
  readonly toggleTail: () => void;
}

const HEADS: Readonly<Record<SplitBy, string>> = {
  ...{ provider: 'Provider', model: 'Model', project: 'Project', status: 'Status', none: 'Calls' },
};

/** The table of sums: what the colours are, and how the parts make the whole. */
export function renderKey({ model, chooseStack, toggleTail }: SpendKey): TemplateResult {
  const { read, measure, rows, stacks, all, isOpened, hasTail, beforeAll } = model;
  const period = beforeAll === null ? null : read.before!.period;
  const renderName = ({ kind, label, colour, stack }: KeyRow): TemplateResult => {
    const swatch = html`${colour ? renderSwatchOf(colour) : nothing}`;
    if (kind !== 'series') return html`${swatch}${kind === 'all' ? html`<b>${label}</b>` : label}`;
    const isTail = stacks[stack!]!.keys.length > 1;
    return html`<button
      type="button"
      aria-expanded=${isTail ? 'false' : nothing}
      title=${isTail ? 'Show each' : `Only ${label}`}
      @click=${() => (isTail && !isOpened ? toggleTail() : chooseStack(stack!))}
    >
      ${swatch}<span>${label}</span>
    </button>`;
  };
  return html`<div class="key" part="key">
    <table aria-label="Sums">
      <thead>
        <tr>
          <th scope="col">${HEADS[read.by]}</th>
          <th scope="col" class="number">${MEASURE_LABELS[measure]}</th>
          <th scope="col" class="number">Share</th>
          ${period ? html`<th scope="col" class="number" title=${period.title}>vs ${period.label.replace(/^the /, '')}</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${rows.flatMap((row) => [
          row.kind === 'all' && all.unpricedCalls > 0 ? renderUnpriced(all.unpricedCalls, period !== null) : nothing,
          html`<tr class=${row.kind === 'billed' || row.kind === 'all' ? 'sum' : ''}>
            <th scope="row">${renderName(row)}</th>
            <td class="number">
              ${row.kind === 'all' ? html`<b>${renderValue(row, measure)}</b>` : renderValue(row, measure)}
            </td>
            <td class="number part">${row.share ?? '–'}</td>
            ${period ? html`<td class="number change">${row.change ?? '–'}</td>` : nothing}
          </tr>`,
        ])}
      </tbody>
    </table>
    ${
      hasTail && isOpened
        ? html`<p><button type="button" @click=${toggleTail}>Put the small ones together</button></p>`
        : nothing
    }
  </div>`;
}

function renderValue({ value, isAtLeast }: KeyRow, measure: Measure): TemplateResult | string {
  return measure === 'cost' ? renderMoney(value, 2, { atLeast: isAtLeast }) : formatValue(value ?? 0, measure);
}

function renderUnpriced(calls: number, hasChange: boolean): TemplateResult {
  return html`<tr>
    <th scope="row">${renderHatch()}Not priced</th>
    <td class="number" colspan=${hasChange ? 3 : 2}>${formatPlural(calls, 'call')}, cost unknown</td>
  </tr>`;
}

function renderSwatchOf(colour: string): TemplateResult {
  if (colour === 'imputed') {
    return html`<svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
      <rect x=".5" y=".5" width="9" height="9" class="hollow" />
    </svg>`;
  }
  return html`<svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
    <rect x=".5" y=".5" width="9" height="9" class="colour ${colour}" />
  </svg>`;
}

function renderHatch(): TemplateResult {
  return html`<svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
    <path d="M0 4L4 0M0 8L8 0M2 10L10 2M6 10L10 6" class="hatched" />
  </svg>`;
}

export interface SpendLegend {
  readonly model: SpendModel;
  readonly canChooseTime: boolean;
  readonly isTableShown: boolean;
  readonly toggleTable: () => void;
  readonly saveCsv: () => void;
  readonly savePicture: () => void;
  /** What became of an export. */
  readonly said: string;
}

/** What marks in the picture mean, and what can be done with it. */
export function renderLegend(legend: SpendLegend): TemplateResult {
  const { shifted, refusedBucket, bucket } = legend.model.read;
  const { ticks, all, slots, beforeAll } = legend.model;
  const isPriced = beforeAll !== null && all.unpricedCalls + beforeAll.unpricedCalls > 0;
  return html`<div class="legend">
    ${
      shifted && ticks.some((tick) => tick !== null)
        ? html`<span
            ><svg width="14" height="10" aria-hidden="true"><rect y="4" width="14" height="1.5" class="ink" /></svg
            >${shifted.shift.label}</span
          >`
        : nothing
    }
    ${all.unpricedCalls > 0 ? html`<span>${renderHatch()}at least: ${formatCount(all.unpricedCalls)} not priced</span>` : nothing}
    ${slots.some(({ state }) => state === 'begun') ? html`<span>${renderPale()}so far</span>` : nothing}
    ${slots.some(({ state }) => state === 'cut') ? html`<span>${renderPale()}in part</span>` : nothing}
    ${isPriced ? html`<span>changes: of priced calls</span>` : nothing}
    ${refusedBucket === null ? nothing : html`<span>Too many bars by the ${refusedBucket}: by the ${bucket}</span>`}
    <span role="status">${legend.said}</span>
    <span class="buttons">
      <button type="button" aria-expanded=${legend.isTableShown} @click=${legend.toggleTable}>Table</button>
      <button type="button" title="These sums as a table for a spreadsheet" @click=${legend.saveCsv}>CSV</button>
      <button type="button" title="This picture as an image" @click=${legend.savePicture}>PNG</button>
    </span>
  </div>`;
}

function renderPale(): TemplateResult {
  return html`<svg width="10" height="10" aria-hidden="true">
    ${svg`<rect x=".5" y=".5" width="9" height="9" class="pale" />`}
  </svg>`;
}
