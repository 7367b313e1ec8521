import { formatChange } from './compare-totals.js';
import { findColour, type KnownKeys, type SplitBy, TAIL_COLOUR } from './spend-colours.js';
import { findShares, formatTenthsShare } from './shares.js';
import { addAmounts, type Amount, type Measure, NOTHING, type SpendSeries, wholeOf } from './spend-sums.js';

/** Amounts of the period before, by the series' keys. */
export type AmountsBefore = ReadonlyMap<string | null, Amount>;

/** One series of the picture, from the baseline up: a part of the whole, or the tail. */
export interface Stack {
  readonly series: SpendSeries;
  readonly label: string;
  /** Class names of its colour. */
  readonly colour: string;
  /** Keys of what it holds: its own, or those of the tail. */
  readonly keys: readonly (string | null)[];
}

/** One line of the table of sums that is the picture's key. */
export interface KeyRow {
  readonly kind: 'series' | 'billed' | 'imputed' | 'all';
  readonly label: string;
  readonly colour: string;
  /** Place of its stack in the picture; null where it is none. */
  readonly stack: number | null;
  /** Null where no call of it has a price. */
  readonly value: number | null;
  readonly isAtLeast: boolean;
  /** `43.8 %`; null where there is no whole. */
  readonly share: string | null;
  /** Against the period before; null where there is none to compare with. */
  readonly change: string | null;
}

const NO_KEY = { project: 'no project', provider: 'no provider', model: 'no model', status: 'no status', none: '' };

export function nameKey(by: SplitBy, key: string | null): string {
  return by === 'none' ? 'All calls' : (key ?? NO_KEY[by]);
}

export function stackSeries(
  shown: readonly SpendSeries[],
  tail: readonly SpendSeries[],
  joined: SpendSeries | null,
  by: SplitBy,
  known: KnownKeys,
): Stack[] {
  const stacks = shown.map((series) => ({
    series,
    label: nameKey(by, series.key),
    colour: findColour(by, series.key, known),
    keys: [series.key],
  }));
  if (joined === null) return stacks;
  const keys = tail.map(({ key }) => key);
  return [...stacks, { series: joined, label: `other (${tail.length})`, colour: TAIL_COLOUR, keys }];
}

function compare(now: number | null, before: number | null): string | null {
  return now === null || before === null ? null : formatChange(now, before);
}

/** Rows whose parts sum to the whole: each stack, then billed, imputed and all of it. */
export function listKeyRows(
  stacks: readonly Stack[],
  { by, measure, before }: { by: SplitBy; measure: Measure; before: AmountsBefore | null },
): KeyRow[] {
  const all = addAmounts(stacks.map(({ series }) => series.total));
  const tenths = findShares([...stacks.map(({ series }) => series.total.value ?? 0), all.imputed]);
  const wholeBefore = before && addAmounts(before.values());
  const hasWhole = (wholeOf(all) ?? 0) > 0;
  const share = (tenth: number, value: number | null): string | null =>
    hasWhole && value !== null ? formatTenthsShare(tenth, value > 0) : null;
  const rows: KeyRow[] = stacks.map(({ series: { total }, label, colour, keys }, stack) => ({
    kind: 'series',
    label,
    colour,
    stack,
    value: total.value,
    isAtLeast: total.unpricedCalls > 0,
    share: share(tenths[stack]!, total.value),
    change: before && compare(total.value, addAmounts(keys.map((key) => before.get(key) ?? NOTHING)).value),
  }));
  if (by === 'none') rows.pop();
  const hasImputed = measure === 'cost' && all.imputed + (wholeBefore?.imputed ?? 0) > 0;
  const line = (
    kind: KeyRow['kind'],
    label: string,
    value: number | null,
    tenth: number,
    was: number | null,
  ): KeyRow => ({
    kind,
    label,
    ...(kind === 'imputed'
      ? { colour: 'imputed', stack: null }
      : by === 'none' && (kind === 'billed' || !hasImputed)
        ? { colour: 'plain', stack: 0 }
        : { colour: '', stack: null }),
    value,
    isAtLeast: kind !== 'imputed' && all.unpricedCalls > 0,
    share: share(tenth, value),
    change: before && compare(value, was),
  });
  if (hasImputed) {
    const imputedTenths = tenths.at(-1)!;
    rows.push(line('billed', 'Billed', all.value, 1000 - imputedTenths, wholeBefore?.value ?? null));
    rows.push(line('imputed', 'Imputed', all.imputed, imputedTenths, wholeBefore?.imputed ?? null));
  }
  rows.push(line('all', 'All', wholeOf(all), 1000, wholeBefore && wholeOf(wholeBefore)));
  return rows;
}
