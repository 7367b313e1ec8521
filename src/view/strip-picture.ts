import {
  type CostTick,
  type Lane,
  listCostTicks,
  makeStripScale,
  STRIP,
  type StripAnswer,
  type StripScale,
} from './strip-scale.js';
import { findSizes, type StripColumn, sumColumns } from './strip-columns.js';
import { describeChange } from './strip-words.js';
import { listTimeTicks } from './strip-time.js';

/** Everything that is drawn of an answer at a width, as SVG paths in CSS pixels. */
export interface StripPicture {
  readonly answer: StripAnswer;
  readonly scale: StripScale;
  readonly columns: readonly StripColumn[];
  readonly costTicks: readonly CostTick[];
  readonly timeTicks: readonly { readonly x: number; readonly label: string; readonly anchor: Anchor }[];
  /** Every call as a dot; empty where they are drawn in bins. */
  readonly dots: string;
  /** Bins, one path for each size. */
  readonly bins: readonly string[];
  /** Calls from which on a bin has each size. */
  readonly sizes: readonly number[];
  readonly median: string;
  readonly band: string;
  readonly lanes: Readonly<Record<Lane, string>>;
  readonly changes: readonly StripChange[];
  /** The right edge is now: the picture moves. */
  readonly endsNow: boolean;
}

export type Anchor = 'start' | 'middle' | 'end';

export interface StripChange {
  readonly change: StripAnswer['changes'][number];
  readonly x: number;
  readonly words: string;
  /** Which side of its line the words stand on; null where other words leave them no room. */
  readonly anchor: 'start' | 'end' | null;
}

const DOT_PX = 2.6;
/** Heights of bins, the smallest first, and how much of their column they leave free. */
const BIN_SIZES = [
  { height: 2, gap: 0.5 },
  { height: 2.5, gap: 1 },
  { height: 3.5, gap: 1 },
  { height: 4.5, gap: 1 },
];
const LANE_HEIGHTS = [4, 6, 9];
const LANE_MOST_PX = 6;
/** About the width of a letter of the words, for what stands side by side. */
const LETTER_PX = 5.7;
/** Between the words of a change and what is beside them. */
const WORDS_GAP_PX = 10;
const TIME_LABEL_PX = 110;
const LEAST_TIMES = 4;
/** A median of other days says nothing about an empty one: lines end where this many columns have no figure. */
const BRIDGED_COLUMNS = 2;

export function drawStrip(
  answer: StripAnswer,
  options: { width: number; timeZone: string; endsNow: boolean },
): StripPicture {
  const { width, timeZone, endsNow } = options;
  const scale = makeStripScale(answer, width);
  const bins = answer.bins ?? [];
  const sizes = findSizes(bins);
  return {
    answer,
    scale,
    columns: sumColumns(answer, scale),
    costTicks: listCostTicks(answer, scale.costToY),
    timeTicks: placeTimes(scale, timeZone, endsNow),
    dots: drawDots(answer, scale),
    bins: drawBins(bins, sizes, scale),
    sizes,
    median: drawLine(answer.band, (band) => band.p50Millicents, scale),
    band:
      drawLine(answer.band, (band) => band.p10Millicents, scale) +
      drawLine(answer.band, (band) => band.p90Millicents, scale),
    lanes: {
      zero: drawLane(answer.zero, STRIP.zero, scale),
      failed: drawLane(answer.failed, STRIP.failed, scale),
      unpriced: drawLane(answer.unpriced, STRIP.unpriced, scale),
    },
    changes: placeChanges(answer.changes, scale),
    endsNow,
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Squares: at this size as good as round, and drawn in a third of the time. */
function drawDots(answer: StripAnswer, { timeToX, costToY }: StripScale): string {
  let path = '';
  for (const { at, costMillicents } of answer.points ?? []) {
    const x = round(timeToX(Date.parse(at)) - DOT_PX / 2);
    path += `M${x} ${round(costToY(costMillicents) - DOT_PX / 2)}h${DOT_PX}v${DOT_PX}h-${DOT_PX}z`;
  }
  return path;
}

function drawBins(bins: NonNullable<StripAnswer['bins']>, sizes: readonly number[], scale: StripScale): string[] {
  const paths = sizes.map(() => '');
  for (const { column, row, calls } of bins) {
    let size = sizes.length - 1;
    while (calls < sizes[size]!) size--;
    const { height, gap } = BIN_SIZES[size]!;
    const left = scale.columnToX(column);
    const room = scale.columnToX(column + 1) - left;
    const width = Math.max(1, size === 0 ? Math.min(3, room * gap) : room - gap);
    const x = round(left + (room - width) / 2);
    paths[size] += `M${x} ${round(scale.rowToY(row) - height / 2)}h${round(width)}v${height}h-${round(width)}z`;
  }
  return paths;
}

function drawLine(
  band: StripAnswer['band'],
  valueOf: (band: StripAnswer['band'][number]) => number,
  { columnToX, costToY }: StripScale,
): string {
  let path = '';
  let last = -Infinity;
  for (const part of band) {
    const value = valueOf(part);
    if (value <= 0) continue;
    const x = round((columnToX(part.column) + columnToX(part.column + 1)) / 2);
    path += `${part.column - last <= BRIDGED_COLUMNS ? 'L' : 'M'}${x} ${round(costToY(value))}`;
    // A figure between two columns without one would not be seen.
    if (part.column - last > BRIDGED_COLUMNS) path += 'h.1';
    last = part.column;
  }
  return path;
}

function drawLane(marks: StripAnswer['failed'], base: number, { columnToX }: StripScale): string {
  let path = '';
  for (const { column, calls } of marks) {
    const height = LANE_HEIGHTS[Math.min(calls, LANE_HEIGHTS.length) - 1] ?? 0;
    const left = columnToX(column);
    const room = columnToX(column + 1) - left;
    const width = Math.max(2, Math.min(LANE_MOST_PX, room - 1));
    path += `M${round(left + (room - width) / 2)} ${base - height}h${width}v${height}h-${width}z`;
  }
  return path;
}

function placeTimes(scale: StripScale, timeZone: string, endsNow: boolean): StripPicture['timeTicks'] {
  const { width, sinceMs, untilMs, timeToX } = scale;
  const placed: { x: number; label: string; anchor: Anchor }[] = [];
  for (const { atMs, label } of listTimeTicks(
    sinceMs,
    untilMs,
    timeZone,
    Math.max(LEAST_TIMES, width / TIME_LABEL_PX),
  )) {
    const half = (label.length * LETTER_PX) / 2;
    const x = round(timeToX(atMs));
    if (endsNow && x + half > width - 36) continue;
    placed.push({ x, label, anchor: x + half > width ? 'end' : 'middle' });
  }
  if (endsNow) placed.push({ x: width, label: 'now', anchor: 'end' });
  return placed;
}

/** The weightiest changes, which come first, have their words; others where these leave room. */
function placeChanges(changes: StripAnswer['changes'], { width, timeToX }: StripScale): StripChange[] {
  const taken: [left: number, right: number][] = [];
  return changes.map((change) => {
    const words = describeChange(change);
    const x = Math.round(timeToX(Date.parse(change.at)));
    const length = words.length * LETTER_PX + WORDS_GAP_PX;
    const isFree = (left: number): boolean =>
      left >= 0 && left + length <= width && taken.every(([from, to]) => left + length <= from || left >= to);
    const anchor = isFree(x) ? 'start' : isFree(x - length) ? 'end' : null;
    if (anchor !== null) taken.push(anchor === 'start' ? [x, x + length] : [x - length, x]);
    return { change, x, words, anchor };
  });
}
