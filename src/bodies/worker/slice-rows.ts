import type { Rows } from './rows.js';

/** Rows that one answer gives at most. */
export const MOST_ROWS = 2_000;

/** Those of the rows asked for that there are. */
export function sliceRows<T>(from: number, to: number, total: number, read: (index: number) => T): Rows<T> {
  const end = Math.min(total, to, Math.max(0, from) + MOST_ROWS);
  const start = Math.max(0, Math.min(from, end));
  return { from: start, rows: Array.from({ length: end - start }, (_, index) => read(start + index)), total };
}
