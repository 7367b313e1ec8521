import { LANES, type StripAnswer, type StripScale } from './strip-scale.js';

/** What the picture shows in one stretch of time. */
export interface StripColumn {
  /** Calls with a cost above 0. */
  readonly priced: number;
  /** Calls with a recorded cost of 0. */
  readonly zero: number;
  readonly failed: number;
  readonly unpriced: number;
  /** Of the calls around it; null where there are too few for a figure. */
  readonly band: StripAnswer['band'][number] | null;
}

/** Every column of the answer, in order of time. */
export function sumColumns(answer: StripAnswer, scale: StripScale): StripColumn[] {
  const sums = Array.from({ length: answer.columns }, () => ({
    priced: 0,
    zero: 0,
    failed: 0,
    unpriced: 0,
    band: null as StripColumn['band'],
  }));
  for (const point of answer.points ?? []) sums[scale.timeToColumn(Date.parse(point.at))]!.priced++;
  for (const bin of answer.bins ?? []) sums[bin.column]!.priced += bin.calls;
  for (const lane of LANES) for (const mark of answer[lane]) sums[mark.column]![lane] += mark.calls;
  for (const band of answer.band) sums[band.column]!.band = band;
  return sums;
}

/** Sizes that bins are drawn in. */
const SIZES = 4;
/** Shares of the bins below each size but the first: most are small, few are the largest. */
const SHARES = [0.4, 0.73, 0.94];

/**
 * From how many calls on a bin is drawn in each size, the smallest first: 1, 3, 8, 19. Follows the bins, in round
 * numbers, so that the sizes tell them apart whether there are thousands of calls or a million.
 */
export function findSizes(bins: readonly { readonly calls: number }[]): number[] {
  const counts = bins.map(({ calls }) => calls).sort((a, b) => a - b);
  const sizes = [1];
  for (const share of SHARES) {
    const least = roundUp(counts[Math.floor(share * counts.length)] ?? 1);
    if (least > sizes.at(-1)! && least <= (counts.at(-1) ?? 0)) sizes.push(least);
  }
  return sizes.slice(0, SIZES);
}

/** The next number with one digit before its zeros, or 15, 150 and so on between 10 and 20, 100 and 200. */
function roundUp(count: number): number {
  const unit = 10 ** Math.floor(Math.log10(count));
  const steps = count / unit;
  return (steps > 1 && steps <= 1.5 && unit > 1 ? 1.5 : Math.ceil(steps)) * unit;
}
