import { html, nothing, type TemplateResult } from 'lit';
import type { CamelCased } from '../api/camel-case.js';
import type { WirePricingAnswer } from '../api/pricing.js';
import { formatCount, formatPlural } from './format.js';
import { renderSwatch } from './mark.js';
import { measureDecimals, PRICE_COLUMNS, type PriceTable, sortPrices } from './pricing-columns.js';
import { mergeModes, type PriceRow, searchModels, type Unlisted } from './pricing-rows.js';
import { renderUnlisted, type UnlistedOptions } from './pricing-unlisted.js';
import { RATE_UNITS, type RateUnit, UNIT_WORDS } from './rate-units.js';
import { renderEmpty } from './states.js';

type PricingAnswer = CamelCased<WirePricingAnswer>;

/** What the user sees of the prices, and changes. */
export interface PriceSettings {
  readonly sort: string;
  readonly order: 'asc' | 'desc';
  readonly show: 'used' | 'all' | '';
  readonly search: string;
  readonly provider: string;
  readonly unit: RateUnit;
}

export interface PriceOptions extends PriceSettings, UnlistedOptions {
  readonly timeZone: string;
  readonly change: (change: Partial<PriceSettings>) => void;
  /** What stands under the open row. */
  readonly renderOpened: (row: PriceRow) => unknown;
}

/** Merged once for each answer: typing in the search box would else do it at every key. */
const merged = new WeakMap<PricingAnswer, readonly PriceRow[]>();

export function listPrices(answer: PricingAnswer): readonly PriceRow[] {
  const rows = merged.get(answer) ?? mergeModes(answer.rates);
  merged.set(answer, rows);
  return rows;
}

/** A rate set under each of a provider's two names gives rows that differ in nothing else. */
const keyPrice = ({ id }: PriceRow): string => id;

const showsUsed = (rows: readonly PriceRow[], show: PriceSettings['show']): boolean =>
  show === '' ? rows.some((row) => row.calls > 0) : show === 'used';

const isOf = (provider: string) => (row: { readonly provider: string | null }) =>
  provider === '' || row.provider === provider;

/** Search box, providers, unit and the switch between models, beside the heading. */
export function renderPriceTools(answer: PricingAnswer, options: PriceOptions): TemplateResult {
  const { search, show, provider, unit, change } = options;
  const rows = listPrices(answer).filter(isOf(provider));
  const used = rows.filter((row) => row.calls > 0).length;
  const isUsed = showsUsed(listPrices(answer), show);
  return html`<div class="tools">
    <input
      class="search"
      type="search"
      aria-label="Search provider or model"
      placeholder="Provider or model"
      .value=${search}
      @input=${(event: InputEvent) => change({ search: (event.target as HTMLInputElement).value })}
    />
    ${renderProviders(answer, isUsed, options)}
    <div class="tabs" role="group" aria-label="Rates per">
      ${RATE_UNITS.map(
        (name) =>
          html`<button
            type="button"
            aria-pressed=${name === unit}
            title=${UNIT_WORDS[name]}
            @click=${() => change({ unit: name })}
          >
            ${name}
          </button>`,
      )}
    </div>
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

/** Every provider that is shown, with its rows in both tables. */
function renderProviders(answer: PricingAnswer, isUsed: boolean, { provider, change }: PriceOptions): TemplateResult {
  const rows = listPrices(answer).filter((row) => !isUsed || row.calls > 0);
  const counts = new Map<string, number>();
  for (const { provider: name } of [...rows, ...answer.unlisted]) {
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  // One that was chosen elsewhere stays to be seen, and to be left.
  if (provider !== '' && !counts.has(provider)) counts.set(provider, 0);
  return html`<select
    aria-label="Provider"
    .value=${provider}
    @change=${(event: Event) => change({ provider: (event.target as HTMLSelectElement).value })}
  >
    <option value="" ?selected=${provider === ''}>All providers</option>
    ${[...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([name, count]) =>
          html`<option value=${name} ?selected=${name === provider}>${name} ${formatCount(count)}</option>`,
      )}
  </select>`;
}

/** The table of rates and the models it has no rate for; `ages` stands between them. */
export function renderPrices(answer: PricingAnswer, options: PriceOptions, ages: unknown): TemplateResult {
  const rows = listPrices(answer);
  const shown = showsUsed(rows, options.show) ? rows.filter((row) => row.calls > 0) : rows;
  const found = searchModels(shown, options.search).filter(isOf(options.provider));
  const others = searchModels(rows, options.search).filter(isOf(options.provider)).length;
  return html`${
    rows.length === 0
      ? renderEmpty("The daemon's price list is empty.")
      : found.length === 0
        ? renderNotFound(others, options)
        : renderTable(found, options)
  }
  ${ages} ${answer.unlisted.length > 0 ? renderUnlistedModels(answer.unlisted, options) : nothing}`;
}

function renderNotFound(others: number, { search, provider, change }: PriceOptions): TemplateResult {
  const words = search.trim();
  const among =
    words === ''
      ? `No rate is of a model ${provider === '' ? '' : `of ${provider} `}that was used.`
      : `No rate ${provider === '' ? '' : `of ${provider} `}matches “${words}” here.`;
  const onShowAll = (): void => change({ show: 'all' });
  const onClear = (): void => change({ search: '', provider: '' });
  return renderEmpty(
    among,
    others > 0
      ? html`<button class="button" type="button" @click=${onShowAll}>
          Show ${formatPlural(others, 'rate')} of models not used
        </button>`
      : html`<button class="button" type="button" @click=${onClear}>
          ${provider === '' ? 'Clear search' : 'Show all providers'}
        </button>`,
  );
}

function renderTable(rows: readonly PriceRow[], options: PriceOptions): TemplateResult {
  const { sort, order, unit, timeZone, change } = options;
  const table = { timeZone, unit, decimals: measureDecimals(rows, unit) };
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
        ${sortPrices(rows, sort, order).map((row) => renderRow(row, table, options))}
      </tbody>
    </table>
  </div>`;
}

function renderRow(row: PriceRow, table: PriceTable, { opened, toggle, renderOpened }: PriceOptions): TemplateResult {
  const key = keyPrice(row);
  const isOpen = opened === key;
  return html`<tr>
      <th scope="row">
        <button type="button" class="opens" value=${key} aria-expanded=${isOpen} @click=${() => toggle(key)}>
          ${renderSwatch(row.provider)}<span class="name">${row.model}</span>${
            row.modeLabel ? html`<span class="mode">${row.modeLabel}</span>` : nothing
          }
        </button>
        <span class="under mode">${row.provider}</span>
      </th>
      ${PRICE_COLUMNS.map((column) => html`<td class=${column.classes}>${column.cell(row, table)}</td>`)}
    </tr>
    ${
      isOpen
        ? html`<tr class="detail">
            <td colspan=${PRICE_COLUMNS.length + 1}><div class="opened">${renderOpened(row)}</div></td>
          </tr>`
        : nothing
    }`;
}

function renderUnlistedModels(unlisted: readonly Unlisted[], options: PriceOptions): TemplateResult {
  const { search, provider } = options;
  const found = searchModels(unlisted, search)
    .filter(isOf(provider))
    .sort((a, b) => b.calls - a.calls);
  return html`<h3 id="unlisted">Models without a published rate</h3>
    <p class="note muted">Seen in calls, but not in the price list that the daemon shows.</p>
    ${
      found.length > 0
        ? renderUnlisted(found, options)
        : html`<p class="note muted">
            ${search.trim() === '' ? `None is of ${provider}.` : `None matches “${search.trim()}”.`}
          </p>`
    }`;
}
