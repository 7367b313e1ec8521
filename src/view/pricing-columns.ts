import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from './format.js';
import { type PriceRow, RATE_KEYS, type RateKey } from './pricing-rows.js';
import { countDecimals, formatRate, type RateUnit } from './rate-units.js';
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
  readonly cell: (row: PriceRow, table: PriceTable) => TemplateResult | string | number | null;
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

const muted = (text: string): TemplateResult => html`<span class="muted">${text}</span>`;

const zero = muted('0');

/** The daemon's list says 1970 where it means that the rate has always been so. */
export const isFromStart = (instant: string): boolean => instant.startsWith('1970-');

/** Exact, so of different lengths: zeros that nobody sees keep the point in its line. Leading ones stand back. */
export function renderRate(rate: number, decimals: number, unit: RateUnit): TemplateResult {
  if (rate === 0) return zero;
  const [, zeros, digits] = /^(\$0\.0*)?(.*)/.exec(formatRate(rate, unit))!;
  const unseen = '0'.repeat(decimals - countDecimals([rate], unit));
  return html`<span data-unseen=${unseen}>${zeros ? muted(zeros) : nothing}${digits}</span>`;
}

const column = (
  label: string,
  classes: string,
  sortBy: PriceColumn['sortBy'],
  cell: PriceColumn['cell'] = sortBy,
): PriceColumn => ({ key: label.toLowerCase().replace(' ', '-'), label, classes, sortBy, cell });

const rateColumn = (key: RateKey, classes = ''): PriceColumn =>
  column(
    RATE_LABELS[key],
    `number ${classes}`,
    (row) => row[key],
    (row, { decimals, unit }) => renderRate(row[key], decimals[key], unit),
  );

/** The name that a row begins with. */
export const MODEL_COLUMN = column('Model', '', (row) => row.model);

/** The columns of the price table after the model, in their order. */
export const PRICE_COLUMNS: readonly PriceColumn[] = [
  column('Provider', 'from-720', (row) => row.provider),
  rateColumn('input'),
  rateColumn('output'),
  rateColumn('cacheRead', 'from-460'),
  rateColumn('cacheWrite', 'from-600'),
  rateColumn('thinking', 'from-600'),
  column(
    'Source',
    'apart from-1040',
    (row) => describeSource(row.source),
    ({ source }) => (source === 'bundled' ? muted(describeSource(source)) : describeSource(source)),
  ),
  column(
    'Since',
    'from-1040',
    (row) => row.effectiveFrom,
    ({ effectiveFrom }, { timeZone }) =>
      isFromStart(effectiveFrom) ? muted('from the start') : formatDay(effectiveFrom, timeZone),
  ),
  column(
    'Verified',
    'from-1200',
    (row) => row.lastVerifiedAt,
    ({ lastVerifiedAt }, { timeZone }) =>
      lastVerifiedAt === null ? muted('never') : formatDay(lastVerifiedAt, timeZone),
  ),
  column(
    'Calls',
    'number',
    (row) => row.calls,
    ({ calls }) => (calls === 0 ? zero : formatCount(calls)),
  ),
];

/** Decimals that each rate column needs for its exact figures. */
export function measureDecimals(
  rows: readonly Readonly<Record<RateKey, number>>[],
  unit: RateUnit,
): PriceTable['decimals'] {
  return Object.fromEntries(
    RATE_KEYS.map((key) => [
      key,
      countDecimals(
        rows.map((row) => row[key]),
        unit,
      ),
    ]),
  ) as PriceTable['decimals'];
}

/** The rows in a column's order, nulls last, ties by provider, model and mode. The column `model` is the name itself. */
export function sortPrices(rows: readonly PriceRow[], key: string, order: 'asc' | 'desc'): PriceRow[] {
  const { sortBy } = PRICE_COLUMNS.find((column) => column.key === key) ?? MODEL_COLUMN;
  const direction = order === 'asc' ? 1 : -1;
  const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);
  const name = ({ provider, model, modeLabel }: PriceRow): string => [provider, model, modeLabel].join('\0');
  return [...rows].sort((a, b) => {
    const [left, right] = [sortBy(a), sortBy(b)];
    if (left === right) return compare(name(a), name(b));
    if (left === null) return 1;
    if (right === null) return -1;
    return direction * compare(left, right);
  });
}
