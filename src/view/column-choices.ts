import { CALL_COLUMNS } from './all-columns.js';
import type { ColumnChoice } from './call-layout.js';

/** The text that `parseColumns` reads. */
export function printColumns(columns: readonly ColumnChoice[]): string {
  return columns
    .map(({ key, widthPx }) => key.replace(/[%,:]/g, encodeURIComponent) + (widthPx === null ? '' : `:${widthPx}`))
    .join(',');
}

/** A column's name as a user knows it; of a column from inside the body its pointer. */
export function nameColumn(key: string): string {
  return CALL_COLUMNS.find((column) => column.key === key)?.label ?? key;
}
