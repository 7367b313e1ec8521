import type { CamelCased } from '../api/camel-case.js';
import type { WireStripAnswer } from '../api/strip.js';
import { formatExactMoney, formatMoney } from './format.js';

export type StripAnswer = CamelCased<WireStripAnswer>;

/** Where a time and a cost stand in the picture, in CSS pixels from its left upper corner. */
export interface StripScale {
  readonly width: number;
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly columns: number;
  readonly timeToX: (instantMs: number) => number;
  readonly xToTime: (x: number) => number;
  /** Column under a place; places outside belong to the nearest one. */
  readonly xToColumn: (x: number) => number;
  readonly timeToColumn: (instantMs: number) => number;
  /** Left edge of a column, on a whole pixel; `columns` gives the right edge of the last one. */
  readonly columnToX: (column: number) => number;
  /** First instant of a column; `columns` gives the end of the last one. */
  readonly columnToTime: (column: number) => number;
  readonly costToY: (millicents: number) => number;
  /** Middle of a row of bins. */
  readonly rowToY: (row: number) => number;
}

/** The picture's heights in CSS pixels: words of changes, the axis, three lanes, times. */
export const STRIP = {
  height: 229,
  top: 24,
  base: 156,
  zero: 175,
  failed: 192,
  unpriced: 209,
  times: 225,
} as const;

/** Below the axis, from above: calls that have no place on it, and those that failed. */
export const LANES = ['zero', 'failed', 'unpriced'] as const;
export type Lane = (typeof LANES)[number];

/** Room above the dearest and below the cheapest call, in powers of ten. */
const MARGIN = 0.12;
/** Least height of the axis in powers of ten: few calls of one price are no cliff. */
const LEAST_SPAN = 1;

/** Powers of ten (as their exponents, of millicents) from the bottom to the top of the axis. */
export function findCostSpan(answer: StripAnswer): readonly [low: number, high: number] {
  const { minMillicents, maxMillicents } = answer;
  // Without a priced call the axis still stands: from a hundredth of a cent to a dollar.
  if (minMillicents === null || maxMillicents === null || minMillicents <= 0) return [1, 5];
  const low = Math.log10(minMillicents);
  const high = Math.log10(maxMillicents);
  const missing = Math.max(0, LEAST_SPAN - (high - low)) / 2;
  return [low - MARGIN - missing, high + MARGIN + missing];
}

/** The scale of an answer that has calls. */
export function makeStripScale(answer: StripAnswer, width: number): StripScale {
  const sinceMs = Date.parse(answer.since!);
  // A single instant still is a column wide.
  const untilMs = Math.max(Date.parse(answer.until!), sinceMs + 1);
  const { columns, rows } = answer;
  const [low, high] = findCostSpan(answer);
  const timeToX = (instantMs: number): number => ((instantMs - sinceMs) / (untilMs - sinceMs)) * width;
  const xToTime = (x: number): number => sinceMs + (x / width) * (untilMs - sinceMs);
  const clampColumn = (column: number): number => Math.max(0, Math.min(columns - 1, Math.floor(column)));
  const exponentToY = (exponent: number): number =>
    STRIP.base - ((exponent - low) / (high - low)) * (STRIP.base - STRIP.top);
  const first = Math.log10(answer.minMillicents || 1);
  const step = (Math.log10(answer.maxMillicents || 1) - first) / rows;
  return {
    width,
    sinceMs,
    untilMs,
    columns,
    timeToX,
    xToTime,
    xToColumn: (x) => clampColumn((x / width) * columns),
    timeToColumn: (instantMs) => clampColumn(((instantMs - sinceMs) / (untilMs - sinceMs)) * columns),
    columnToX: (column) => Math.round((column / columns) * width),
    columnToTime: (column) => sinceMs + (column / columns) * (untilMs - sinceMs),
    costToY: (millicents) => exponentToY(Math.log10(millicents)),
    rowToY: (row) => exponentToY(first + (row + 0.5) * step),
  };
}

export interface CostTick {
  readonly y: number;
  readonly label: string;
}

/** Room that a label needs above the next one. */
const TICK_PX = 16;

/** Round costs along the axis: powers of ten, with twos and fives between where there are few, fewer where there are many. */
export function listCostTicks(answer: StripAnswer, costToY: (millicents: number) => number): CostTick[] {
  const [low, high] = findCostSpan(answer);
  const pixels = (STRIP.base - STRIP.top) / (high - low);
  const every = Math.max(1, Math.ceil(TICK_PX / pixels));
  const parts = pixels > TICK_PX * 4 ? [1, 2, 5] : [1];
  const ticks: CostTick[] = [];
  // The contract's smallest amount is a millicent, 10 ** 0.
  for (let exponent = Math.max(0, Math.floor(low)); exponent <= high; exponent++) {
    if ((exponent - 5) % every !== 0) continue;
    for (const part of parts) {
      const millicents = part * 10 ** exponent;
      const place = Math.log10(millicents);
      if (place >= low && place <= high) ticks.push({ y: costToY(millicents), label: formatTick(millicents) });
    }
  }
  return ticks;
}

function formatTick(millicents: number): string {
  return millicents >= 100_000 ? formatMoney(millicents, 0) : formatExactMoney(millicents);
}
