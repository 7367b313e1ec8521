import { formatCount } from './format.js';

/**
 * How many times the first amount the second is: `×19.2`, `×1.07`, `×0.083`. Null where the first is 0, or one is below
 * it: no number says that.
 */
export function formatRatio(from: number, to: number): string | null {
  if (from <= 0 || to < 0) return null;
  const ratio = to / from;
  if (ratio >= 100) return `×${formatCount(ratio)}`;
  if (ratio === 0) return '×0';
  if (ratio < 0.001) return '×<0.001';
  const digits = ratio >= 10 ? 1 : ratio >= 0.1 ? 2 : 3;
  const text = ratio.toFixed(digits);
  // What is not the same is not drawn as the same.
  if (from !== to && Number(text) === 1) return ratio > 1 ? '×>1' : '×<1';
  return `×${text}`;
}
