import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from './format.js';
import { renderSwatch } from './mark.js';
import { measureDecimals, MODEL_COLUMN, PRICE_COLUMNS, type PriceTable, sortPrices } from './pricing-columns.js';
import { type PriceRow, searchModels, type Unlisted } from './pricing-rows.js';
import { RATE_UNITS, type RateUnit, describeUnit } from './rate-units.js';

/** What the user sees of the prices, and changes. */
export interface PriceSettings {
  readonly sort: string;
  readonly order: 'asc' | 'desc';
  readonly show: 'used' | 'all' | '';
  readonly search: string;
  readonly provider: string;
  readonly unit: string;
}

export interface PriceOptions {
  readonly settings: PriceSettings;
  readonly change: (change: Partial<PriceSettings>) => void;
  readonly unit: RateUnit;
  readonly scope: { readonly timeZone: string };
  readonly toggle: (id: string) => void;
  /** Which row is open, and what draws the row below it, once that is there. */
  readonly extras: {
    readonly value: { readonly opened: string; readonly renderOpened: (row: PriceRow) => unknown } | undefined;
  };
}

/** Rates as rows, and models without one. */
export interface Prices {
  readonly rows: readonly PriceRow[];
  readonly unlisted: readonly Unlisted[];
}

/** Of these rates what the user wants to see. */
export function listShown(prices: readonly PriceRow[], { search, show, provider }: PriceSettings): PriceRow[] {
  const found = searchModels(prices, search, provider);
  return showsUsed(prices, show) ? listUsed(found) : found;
}

const showsUsed = (rows: readonly PriceRow[], show: PriceSettings['show']): boolean =>
  show === '' ? rows.some((row) => row.calls > 0) : show === 'used';

const listUsed = (rows: readonly PriceRow[]): PriceRow[] => rows.filter((row) => row.calls > 0);

/** Search box, providers, unit and the switch between models, beside the heading. */
export function renderPriceTools({ rows, unlisted }: Prices, { settings, unit, change }: PriceOptions): TemplateResult {
  const { search, show, provider } = settings;
  const found = searchModels(rows, '', provider);
  const isUsed = showsUsed(rows, show);
  return html`<div class="tools" part="tools">
    <input
      class="search"
      type="search"
      aria-label="Search provider or model"
      placeholder="Provider or model"
      .value=${search}
      @input=${(event: InputEvent) => change({ search: (event.target as HTMLInputElement).value })}
    />
    <select
      aria-label="Provider"
      .value=${provider}
      @change=${(event: Event) => change({ provider: (event.target as HTMLSelectElement).value })}
    >
      <option value="" ?selected=${provider === ''}>All providers</option>
      ${countProviders([...(isUsed ? listUsed(rows) : rows), ...unlisted], provider).map(
        ([name, count]) =>
          html`<option value=${name} ?selected=${name === provider}>${name} ${formatCount(count)}</option>`,
      )}
    </select>
    <div class="tabs" role="group" aria-label="Rates per">
      ${RATE_UNITS.map(
        (name) =>
          html`<button
            type="button"
            aria-pressed=${name === unit}
            title=${describeUnit(name)}
            @click=${() => change({ unit: name })}
          >
            ${name}
          </button>`,
      )}
    </div>
    <div class="tabs" role="group" aria-label="Which models">
      <button type="button" aria-pressed=${isUsed} @click=${() => change({ show: 'used' })}>
        Used ${formatCount(listUsed(found).length)}
      </button>
      <button type="button" aria-pressed=${!isUsed} @click=${() => change({ show: 'all' })}>
        All ${formatCount(found.length)}
      </button>
    </div>
  </div>`;
}

/** Every provider of these models with how many are its, by name. One that was chosen elsewhere stays, to be left. */
function countProviders(
  models: readonly { readonly provider: string | null }[],
  chosen: string,
): readonly [name: string, count: number][] {
  const names = models.map(({ provider }) => provider);
  return [...new Set([...names, chosen])]
    .filter((name): name is string => !!name)
    .sort()
    .map((name) => [name, names.filter((other) => other === name).length]);
}

/** The table of rates; none where none is shown. */
export function renderPrices(prices: readonly PriceRow[], options: PriceOptions): TemplateResult | typeof nothing {
  const { settings, change, unit, scope } = options;
  const { sort, order } = settings;
  const rows = listShown(prices, settings);
  if (rows.length === 0) return nothing;
  const table = { timeZone: scope.timeZone, unit, decimals: measureDecimals(rows, unit) };
  const onSort = (key: string): void => {
    if (sort === key) change({ order: order === 'asc' ? 'desc' : 'asc' });
    else change({ sort: key, order: /^(model|provider|source)$/.test(key) ? 'asc' : 'desc' });
  };
  const direction = order === 'asc' ? 'ascending' : 'descending';
  return html`<div class="scroller">
    <table part="table" aria-labelledby="title">
      <thead>
        <tr>
          ${[MODEL_COLUMN, ...PRICE_COLUMNS].map(
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

/** Known by its id: a rate set under each of a provider's two names gives rows that differ in nothing else. */
function renderRow(row: PriceRow, table: PriceTable, { toggle, extras }: PriceOptions): TemplateResult {
  const { value } = extras;
  const isOpen = value?.opened === row.id;
  return html`<tr part="row">
      <th scope="row">
        <button type="button" class="opens" value=${row.id} aria-expanded=${isOpen} @click=${() => toggle(row.id)}>
          ${renderSwatch(row.provider)}<span class="name">${row.model}</span>${
            row.modeLabel ? html`<span class="mode">${row.modeLabel}</span>` : nothing
          }
        </button>
        <span class="under mode">${row.provider}</span>
      </th>
      ${PRICE_COLUMNS.map((column) => html`<td class=${column.classes}>${column.cell(row, table)}</td>`)}
    </tr>
    ${isOpen ? value.renderOpened(row) : nothing}`;
}
