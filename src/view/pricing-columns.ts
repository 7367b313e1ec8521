import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatExactMoney, formatPlural } from './format.js';
import { renderMark, renderSwatch } from './mark.js';
import { renderCostSum } from './money.js';
import { countDecimals, type PriceRow, RATE_KEYS, type RateKey, type Unlisted } from './pricing-rows.js';
import { formatDay } from './time.js';

/** What a cell needs besides its row. */
export interface PriceTable {
  readonly timeZone: string;
  /** Decimals of each rate column. */
  readonly decimals: Readonly<Record<RateKey, number>>;
}

export interface PriceColumn {
  readonly key: string;
  readonly label: string;
  /** Classes of head and cells: `number`, and the width from which the column stands. */
  readonly classes: string;
  readonly sortBy: (row: PriceRow) => number | string | null;
  readonly cell: (row: PriceRow, table: PriceTable) => TemplateResult | string;
}

const SOURCES: Readonly<Record<string, string>> = {
  bundled: 'shipped with the daemon',
  auto: 'updated automatically',
  operator: 'set by you',
};

const describeSource = (source: string): string => SOURCES[source] ?? source;

const zero = html`<span class="muted">0</span>`;

/** The daemon's list says 1970 where it means that the rate has always been so. */
const isFromStart = (instant: string): boolean => instant.startsWith('1970-');

/** Exact, so of different lengths: the point is kept in its line by room at the end. */
function renderRate(millicents: number, decimals: number): TemplateResult {
  if (millicents === 0) return zero;
  const text = formatExactMoney(millicents);
  const leading = /^\$0\.0*/.exec(text)?.[0] ?? '';
  return html`<span class="pad-${Math.max(0, decimals - countDecimals(text))}"
    >${leading ? html`<span class="muted">${leading}</span>` : nothing}${text.slice(leading.length)}</span
  >`;
}

const rateColumn = (key: RateKey, label: string, classes = ''): PriceColumn => ({
  key: label.toLowerCase().replace(' ', '-'),
  label,
  classes: `number ${classes}`,
  sortBy: (row) => row[key],
  cell: (row, { decimals }) => renderRate(row[key], decimals[key]),
});

/** The columns of the price table after the model, in their order. */
export const PRICE_COLUMNS: readonly PriceColumn[] = [
  {
    key: 'provider',
    label: 'Provider',
    classes: 'from-720',
    sortBy: (row) => row.provider,
    cell: (row) => row.provider,
  },
  rateColumn('input', 'Input'),
  rateColumn('output', 'Output'),
  rateColumn('cacheRead', 'Cache read', 'from-460'),
  rateColumn('cacheWrite', 'Cache write', 'from-600'),
  rateColumn('thinking', 'Thinking', 'from-600'),
  {
    key: 'source',
    label: 'Source',
    classes: 'apart from-1040',
    sortBy: (row) => describeSource(row.source),
    cell: (row) =>
      row.source === 'bundled'
        ? html`<span class="muted">${describeSource(row.source)}</span>`
        : describeSource(row.source),
  },
  {
    key: 'since',
    label: 'Since',
    classes: 'from-1040',
    sortBy: (row) => row.effectiveFrom,
    cell: (row, { timeZone }) =>
      isFromStart(row.effectiveFrom)
        ? html`<span class="muted">from the start</span>`
        : formatDay(row.effectiveFrom, timeZone),
  },
  {
    key: 'verified',
    label: 'Verified',
    classes: 'from-1200',
    sortBy: (row) => row.lastVerifiedAt,
    cell: (row, { timeZone }) =>
      row.lastVerifiedAt === null ? html`<span class="muted">never</span>` : formatDay(row.lastVerifiedAt, timeZone),
  },
  {
    key: 'calls',
    label: 'Calls',
    classes: 'number',
    sortBy: (row) => row.calls,
    cell: (row) => (row.calls === 0 ? zero : formatCount(row.calls)),
  },
];

/** Decimals that each rate column needs for its exact figures. */
export function measureDecimals(rows: readonly PriceRow[]): PriceTable['decimals'] {
  const decimals = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, thinking: 0 };
  for (const row of rows) {
    for (const key of RATE_KEYS) {
      if (row[key] !== 0) decimals[key] = Math.max(decimals[key], countDecimals(formatExactMoney(row[key])));
    }
  }
  return decimals;
}

/** The rows in a column's order, nulls last, ties by provider, model and mode. The column `model` is the name itself. */
export function sortPrices(rows: readonly PriceRow[], key: string, order: 'asc' | 'desc'): PriceRow[] {
  const sortBy = PRICE_COLUMNS.find((column) => column.key === key)?.sortBy ?? ((row: PriceRow) => row.model);
  const direction = order === 'asc' ? 1 : -1;
  const compare = (a: number | string, b: number | string): number => (a === b ? 0 : a < b ? -1 : 1);
  return [...rows].sort((a, b) => {
    const [left, right] = [sortBy(a), sortBy(b)];
    if (left === right) {
      return compare(a.provider, b.provider) || compare(a.model, b.model) || compare(a.modeLabel, b.modeLabel);
    }
    if (left === null) return 1;
    if (right === null) return -1;
    return direction * compare(left, right);
  });
}

/** `List shipped with the daemon: 13 July 2026`. A text that is no date is shown as it is. */
export function describeBundled(date: string): string {
  const at = new Date(`${date}T00:00:00Z`);
  const day = Number.isNaN(at.getTime())
    ? date
    : new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
  return `List shipped with the daemon: ${day}`;
}

/** Models without a rate of their own in the list: what their calls cost, and who knew the price. */
export function renderUnlisted(models: readonly Unlisted[]): TemplateResult {
  return html`<div class="scroller">
    <table part="unlisted" aria-labelledby="unlisted">
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col" class="from-460">Provider</th>
          <th scope="col" class="number">Calls</th>
          <th scope="col" class="number">Cost</th>
          <th scope="col" class="apart from-720">Price</th>
        </tr>
      </thead>
      <tbody>
        ${models.map(
          (model) =>
            html`<tr>
              <th scope="row">${renderSwatch(model.provider)}${model.model ?? 'unknown model'}</th>
              <td class="from-460">${model.provider ?? 'unknown'}</td>
              <td class="number">${formatCount(model.calls)}</td>
              <td class="number">${renderCostSum(model)}</td>
              <td class="apart from-720">${renderPriceWords(model)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function renderPriceWords({ calls, unpricedCalls, costMillicents }: Unlisted): TemplateResult {
  const inside = html`<span class="muted">inside the daemon</span>`;
  if (unpricedCalls === 0) return inside;
  const unpriced = html`${renderMark('unpriced')}${formatCount(unpricedCalls)} of ${formatPlural(calls, 'call')} not
  priced`;
  return costMillicents === null ? html`none known, ${unpriced}` : html`${inside}, ${unpriced}`;
}
