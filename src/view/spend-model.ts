import type { PreviousPeriod } from './previous-period.js';
import type { KnownKeys, SplitBy } from './spend-colours.js';
import { type AmountsBefore, type KeyRow, listKeyRows, type Stack, stackSeries } from './spend-key.js';
import { type AmountScale, chooseScale } from './spend-scale.js';
import { alignBefore, type Bucket, makeSlots, type Shift, type Slot } from './spend-slots.js';
import {
  addAmounts,
  type Amount,
  cutTail,
  hasTail,
  joinSeries,
  type Measure,
  readAmount,
  readSeries,
  type SpendSeries,
} from './spend-sums.js';
import type { SpendWindow } from './spend-window.js';
import type { CamelCased } from '../api/camel-case.js';
import type { WireSeriesAnswer } from '../api/series.js';
import type { WireGroupsAnswer } from '../api/groups.js';

type SeriesAnswer = CamelCased<WireSeriesAnswer>;
type Groups = CamelCased<WireGroupsAnswer>['groups'];

/** What was read, and the question that it answers. */
export interface SpendRead {
  readonly window: SpendWindow;
  readonly bucket: Bucket;
  /** The bucket that was asked for, where another one had to be taken: there were too many of it. */
  readonly refusedBucket: Bucket | null;
  readonly by: SplitBy;
  readonly nowMs: number;
  readonly zone: string;
  readonly series: SeriesAnswer;
  readonly known: KnownKeys;
  /** The period of the same length before, with its sums by the same keys. */
  readonly before: { readonly period: PreviousPeriod; readonly groups: Groups } | null;
  /** The period that each slot is compared with, unsplit. */
  readonly shifted: { readonly shift: Shift; readonly series: SeriesAnswer } | null;
  /** The first call that there is at all; null where that is not known. */
  readonly firstCallMs: number | null;
}

/** Everything the picture, its key and its table are drawn from. */
export interface SpendModel {
  readonly read: SpendRead;
  readonly measure: Measure;
  readonly slots: readonly Slot[];
  /** From the baseline up. */
  readonly stacks: readonly Stack[];
  /** Every series, uncut. */
  readonly series: readonly SpendSeries[];
  readonly hasTail: boolean;
  readonly isOpened: boolean;
  /** All series together, slot by slot and in all. */
  readonly sums: readonly Amount[];
  readonly all: Amount;
  /** Value of the slot of the period before; null where there is none. */
  readonly ticks: readonly (number | null)[];
  readonly scale: AmountScale;
  readonly rows: readonly KeyRow[];
  readonly beforeAll: Amount | null;
}

export function makeModel(read: SpendRead, measure: Measure, isOpened: boolean): SpendModel {
  const { bucket, window, nowMs, zone, by, known } = read;
  const starts = (read.series.series[0]?.points ?? []).map(({ start }) => Date.parse(start));
  const slots = makeSlots(starts, { bucket, window, nowMs, zone });
  const series = readSeries(read.series, measure);
  const { shown, tail } = cutTail(series, isOpened);
  const stacks = stackSeries(shown, tail, tail.length > 0 ? joinSeries(tail) : null, by, known);
  const { points: sums, total: all } = joinSeries(series);
  const ticks = readTicks(read, measure, slots);
  const before = readBefore(read, measure);
  const greatest = Math.max(0, ...sums.map(({ value }) => value ?? 0), ...ticks.map((tick) => tick ?? 0));
  const scale = chooseScale(greatest, Math.max(0, ...sums.map(({ imputed }) => imputed)));
  return {
    ...{ read, measure, slots, stacks, series, isOpened, sums, all, ticks, scale },
    hasTail: hasTail(series),
    rows: listKeyRows(stacks, { by, measure, before }),
    beforeAll: before && addAmounts(before.values()),
  };
}

/** Before the first call that there is, nothing was recorded: that is no 0. */
function readTicks(
  { shifted, bucket, zone, firstCallMs }: SpendRead,
  measure: Measure,
  slots: readonly Slot[],
): (number | null)[] {
  if (shifted === null) return slots.map(() => null);
  const points = shifted.series.series[0]?.points ?? [];
  const values = points.map((point, at) => {
    const endMs = Date.parse(points[at + 1]?.start ?? '') || shifted.shift.untilMs;
    const isRecorded = firstCallMs !== null && endMs > firstCallMs;
    return { startMs: Date.parse(point.start), value: isRecorded ? readAmount(point, measure).value : null };
  });
  return alignBefore(slots, values, shifted.shift, bucket, zone);
}

function readBefore({ before, by, firstCallMs }: SpendRead, measure: Measure): AmountsBefore | null {
  if (before === null || firstCallMs === null || Date.parse(before.period.until) <= firstCallMs) return null;
  const amounts = before.groups.map((group) => [group.key, readAmount(group, measure)] as const);
  return new Map(by === 'none' ? [['all', addAmounts(amounts.map(([, amount]) => amount))]] : amounts);
}
