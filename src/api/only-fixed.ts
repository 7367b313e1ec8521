import type { Filter } from './filter.js';

/** Whether a filter has no name but the fixed ones. */
export function isOnlyFixed(filter: Filter, fixed: Filter): boolean {
  return Object.keys(filter).every((name) => name in fixed);
}
