import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from './format.js';
import { countDecimals, type PriceRow, RATE_KEYS, type RateKey } from './pricing-rows.js';
import { formatRate, type RateUnit } from './rate-units.js';
import { formatDay } from './time.js';

/** What a cell needs besides its row. */
export interface PriceTable {
  readonly timeZone: string;
  readonly unit: RateUnit;
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

export const describeSource = (source: string): string => SOURCES[source] ?? source;

export const RATE_LABELS: Readonly<Record<RateKey, string>> = {
  input: 'Input',
  output: 'Output',
  cacheRead: 'Cache read',
  cacheWrite: 'Cache write',
  thinking: 'Thinking',
};

const zero = html`<span class="muted">0</span>`;

/** The daemon's list says 1970 where it means that the rate has always been so. */
export const isFromStart = (instant: string): boolean => instant.startsWith('1970-');

/** Exact, so of different lengths: the point is kept in its line by room at the end. */
export function renderRate(rate: number, decimals: number, unit: RateUnit): TemplateResult {
  if (rate === 0) return zero;
  const text = formatRate(rate, unit);
  const leading = /^\$0\.0*/.exec(text)?.[0] ?? '';
  return html`<span class="pad-${Math.max(0, decimals - countDecimals(text))}"
    >${leading ? html`<span class="muted">${leading}</span>` : nothing}${text.slice(leading.length)}</span
  >`;
}

const rateColumn = (key: RateKey, classes = ''): PriceColumn => ({
  key: RATE_LABELS[key].toLowerCase().replace(' ', '-'),
  label: RATE_LABELS[key],
  classes: `number ${classes}`,
  sortBy: (row) => row[key],
  cell: (row, { decimals, unit }) => renderRate(row[key], decimals[key], unit),
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
  rateColumn('input'),
  rateColumn('output'),
  rateColumn('cacheRead', 'from-460'),
  rateColumn('cacheWrite', 'from-600'),
  rateColumn('thinking', 'from-600'),
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
export function measureDecimals(
  rows: readonly Readonly<Record<RateKey, number>>[],
  unit: RateUnit,
): PriceTable['decimals'] {
  const decimals = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, thinking: 0 };
  for (const row of rows) {
    for (const key of RATE_KEYS) {
      if (row[key] !== 0) decimals[key] = Math.max(decimals[key], countDecimals(formatRate(row[key], unit)));
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
