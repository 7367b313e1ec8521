import { html, nothing, type TemplateResult } from 'lit';
import type { CamelCased } from '../api/camel-case.js';
import type { WirePricingAnswer } from '../api/pricing.js';
import { pricing } from '../styles/pricing.js';
import { formatCount, formatPlural } from './format.js';
import { renderSwatch } from './mark.js';
import {
  describeBundled,
  measureDecimals,
  PRICE_COLUMNS,
  type PriceTable,
  renderUnlisted,
  sortPrices,
} from './pricing-columns.js';
import { mergeModes, type PriceRow, searchModels, type Unlisted } from './pricing-rows.js';
import { renderEmpty } from './states.js';

type PricingAnswer = CamelCased<WirePricingAnswer>;

/** What the user sees of the prices, and changes. */
export interface PriceSettings {
  readonly sort: string;
  readonly order: 'asc' | 'desc';
  readonly show: 'used' | 'all' | '';
  readonly search: string;
}

interface Options extends PriceSettings {
  readonly timeZone: string;
  readonly change: (change: Partial<PriceSettings>) => void;
}

interface MergedPrices {
  readonly rows: readonly PriceRow[];
  readonly decimals: PriceTable['decimals'];
}

export const styles = pricing;

/** Merged once for each answer: typing in the search box would else do it at every key. */
const merged = new WeakMap<PricingAnswer, MergedPrices>();

function merge(answer: PricingAnswer): MergedPrices {
  let prices = merged.get(answer);
  if (prices === undefined) {
    const rows = mergeModes(answer.rates);
    prices = { rows, decimals: measureDecimals(rows) };
    merged.set(answer, prices);
  }
  return prices;
}

const showsUsed = (rows: readonly PriceRow[], show: PriceSettings['show']): boolean =>
  show === '' ? rows.some((row) => row.calls > 0) : show === 'used';

/** The search box and the switch, beside the heading. */
export function renderPriceTools(answer: PricingAnswer, { search, show, change }: Options): TemplateResult {
  const { rows } = merge(answer);
  const used = rows.filter((row) => row.calls > 0).length;
  const isUsed = showsUsed(rows, show);
  return html`<div class="tools">
    <input
      class="search"
      type="search"
      aria-label="Search provider or model"
      placeholder="Provider or model"
      .value=${search}
      @input=${(event: InputEvent) => change({ search: (event.target as HTMLInputElement).value })}
    />
    <div class="tabs" role="group" aria-label="Which models">
      <button type="button" aria-pressed=${isUsed} @click=${() => change({ show: 'used' })}>
        Used ${formatCount(used)}
      </button>
      <button type="button" aria-pressed=${!isUsed} @click=${() => change({ show: 'all' })}>
        All ${formatCount(rows.length)}
      </button>
    </div>
  </div>`;
}

/** The table of rates, since when the list is what it is, and the models it has no rate for. */
export function renderPrices(answer: PricingAnswer, options: Options): TemplateResult {
  const { rows, decimals } = merge(answer);
  const shown = showsUsed(rows, options.show) ? rows.filter((row) => row.calls > 0) : rows;
  const found = searchModels(shown, options.search);
  return html`${
    rows.length === 0
      ? renderEmpty("The daemon's price list is empty.")
      : found.length === 0
        ? renderNotFound(searchModels(rows, options.search).length, options)
        : renderTable(found, { decimals, timeZone: options.timeZone }, options)
  }
  ${answer.bundledDate === null ? nothing : html`<p class="note muted">${describeBundled(answer.bundledDate)}</p>`}
  ${answer.unlisted.length > 0 ? renderUnlistedModels(answer.unlisted, options) : nothing}`;
}

function renderNotFound(others: number, { search, change }: Options): TemplateResult {
  const words = search.trim();
  const among = words === '' ? 'No rate is of a model that was used.' : `No rate matches “${words}” here.`;
  const onShowAll = (): void => change({ show: 'all' });
  const onClear = (): void => change({ search: '' });
  return renderEmpty(
    among,
    others > 0
      ? html`<button class="button" type="button" @click=${onShowAll}>
          Show ${formatPlural(others, 'rate')} of models not used
        </button>`
      : html`<button class="button" type="button" @click=${onClear}>Clear search</button>`,
  );
}

function renderTable(rows: readonly PriceRow[], table: PriceTable, { sort, order, change }: Options): TemplateResult {
  const onSort = (key: string): void => {
    if (sort === key) change({ order: order === 'asc' ? 'desc' : 'asc' });
    else change({ sort: key, order: /^(model|provider|source)$/.test(key) ? 'asc' : 'desc' });
  };
  const direction = order === 'asc' ? 'ascending' : 'descending';
  return html`<div class="scroller">
    <table part="table" aria-labelledby="title">
      <thead>
        <tr>
          ${[{ key: 'model', label: 'Model', classes: '' }, ...PRICE_COLUMNS].map(
            ({ key, label, classes }) =>
              html`<th scope="col" class=${classes} aria-sort=${key === sort ? direction : nothing}>
                <button type="button" @click=${() => onSort(key)}>${label}</button>
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${sortPrices(rows, sort, order).map(
          (row) =>
            html`<tr>
              <th scope="row">
                ${renderSwatch(row.provider)}${row.model}${
                  row.modeLabel ? html`<span class="mode">${row.modeLabel}</span>` : nothing
                } <span class="under mode">${row.provider}</span>
              </th>
              ${PRICE_COLUMNS.map((column) => html`<td class=${column.classes}>${column.cell(row, table)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function renderUnlistedModels(unlisted: readonly Unlisted[], { search }: Options): TemplateResult {
  const found = searchModels(unlisted, search).sort((a, b) => b.calls - a.calls);
  return html`<h3 id="unlisted">Models without a published rate</h3>
    <p class="note muted">Seen in calls, but not in the price list that the daemon shows.</p>
    ${found.length > 0 ? renderUnlisted(found) : html`<p class="note muted">None matches “${search.trim()}”.</p>`}`;
}
