import { formatAmount } from './amount.js';
import { formatCount, formatExactMoney, formatMoney } from './format.js';
import type { Measure } from './spend-sums.js';

/** The axis of amounts: round steps from 0. */
export interface AmountScale {
  readonly step: number;
  /** Steps up to the top of the bars; 0 where nothing was billed. */
  readonly lines: number;
  /** Top of the lane of imputed amounts, on the same scale; 0 without it. */
  readonly laneTop: number;
}

const LINES = 4;
const DOLLAR = 100_000;
const CENT = 1_000;

/** The least round step of 1, 2, 2.5 or 5 that is not below; a whole number, since less than one there is none. */
function roundUp(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  const steps = [1, 2, 2.5, 5, 10].map((part) => part * power);
  return steps.find((step) => step >= least && Number.isInteger(step)) ?? 10 * power;
}

/** About four lines above 0 for the greatest bar, together with a lane below for the greatest imputed amount. */
export function chooseScale(greatest: number, greatestImputed: number): AmountScale {
  const step = roundUp(Math.max(greatest, (greatest + greatestImputed) / 2, 1) / LINES);
  const lines = Math.ceil(greatest / step);
  return { step, lines: greatestImputed === 0 ? Math.max(1, lines) : lines, laneTop: greatestImputed };
}

/** The label of a line: of one precision along the axis. */
export function formatLine(value: number, step: number, measure: Measure): string {
  if (value === 0) return measure === 'cost' ? '$0' : '0';
  if (measure !== 'cost') return value < 10_000 ? formatCount(value) : formatAmount(value);
  if (step % DOLLAR === 0) return formatMoney(value, 0);
  return step % CENT === 0 ? formatMoney(value, 2) : formatExactMoney(value);
}

/** An amount in a sentence or a label. */
export function formatValue(value: number, measure: Measure): string {
  if (measure !== 'cost') return formatAmount(value);
  return value > 0 && value < CENT ? formatExactMoney(value) : formatMoney(value, 2);
}
