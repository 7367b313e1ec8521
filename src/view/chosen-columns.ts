import { isJsonPointer } from '../bodies/is-json-pointer.js';
import { CALL_COLUMNS } from './all-columns.js';
import type { CallColumn } from './call-columns.js';
import type { ChosenColumn } from './call-layout.js';

const LEAST_WIDTH_PX = 40;
const GREATEST_WIDTH_PX = 2000;

const isPointer = (key: string): boolean => key.startsWith('/');

/**
 * Reads `time,model:180,/max_tokens`: keys of columns, with `:` and a width where the user set one. In a pointer `,`, `:`
 * and `%` are percent-encoded. `unknown`: what is no column, for the user to be told.
 */
export function parseColumns(text: string): { readonly columns: readonly ChosenColumn[]; readonly unknown: string[] } {
  const columns = new Map<string, ChosenColumn>();
  const unknown: string[] = [];
  for (const part of text.split(',')) {
    if (part.trim() === '') continue;
    const [encoded = '', width, ...rest] = part.trim().split(':');
    const key = isPointer(encoded) ? decode(encoded) : encoded;
    const widthPx = width === undefined ? null : /^\d{1,4}$/.test(width) ? clampWidth(Number(width)) : NaN;
    const column = isPointer(key) ? pointerColumn(key) : CALL_COLUMNS.find((known) => known.key === key);
    if (column === undefined || Number.isNaN(widthPx) || rest.length > 0) unknown.push(part.trim());
    else columns.set(key, { key, widthPx, column });
  }
  return { columns: [...columns.values()], unknown };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function clampWidth(widthPx: number): number {
  return Math.round(Math.max(LEAST_WIDTH_PX, Math.min(GREATEST_WIDTH_PX, widthPx)));
}

/** A column of what a JSON Pointer finds in a call's request; undefined where it is no pointer. */
function pointerColumn(key: string): CallColumn | undefined {
  if (!isJsonPointer(key)) return undefined;
  return {
    key,
    label: key,
    field: null,
    isNumber: false,
    isMono: true,
    minPx: 120,
    share: 0.8,
    cell: (call, _, bodies) => bodies!.readPointer(key, call),
  };
}
