import { isJsonPointer } from '../bodies/is-json-pointer.js';
import { bodyCell } from './call-cells.js';
import type { Call, CellText } from './call-state.js';
import { CALL_COLUMNS, type CallColumn, TWO_LINES_PX } from './call-columns.js';

/** Which columns the user chose, in their order. */
export interface ColumnChoice {
  readonly key: string;
  /** Null: as wide as the room allows. */
  readonly widthPx: number | null;
}

export const LEAST_WIDTH_PX = 40;
const GREATEST_WIDTH_PX = 2000;

/** Room for the box that chooses a row and the arrow that opens it. */
export const CHOICE_PX = 46;

const isPointer = (key: string): boolean => key.startsWith('/');

/**
 * Reads `time,model:180,/max_tokens`: keys of columns, with `:` and a width where the user set one. In a pointer `,`, `:`
 * and `%` are percent-encoded. `unknown`: what is no column, for the user to be told.
 */
export function parseColumns(text: string): { readonly columns: readonly ColumnChoice[]; readonly unknown: string[] } {
  const columns = new Map<string, ColumnChoice>();
  const unknown: string[] = [];
  for (const part of text.split(',')) {
    if (part.trim() === '') continue;
    const [encoded = '', width, ...rest] = part.trim().split(':');
    const key = isPointer(encoded) ? decode(encoded) : encoded;
    const widthPx = width === undefined ? null : /^\d{1,4}$/.test(width) ? clampWidth(Number(width)) : NaN;
    const isKnown = isPointer(key) ? isJsonPointer(key) : CALL_COLUMNS.some((column) => column.key === key);
    if (!isKnown || Number.isNaN(widthPx) || rest.length > 0) unknown.push(part.trim());
    else columns.set(key, { key, widthPx });
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

/** The columns that stand in an element so wide when nobody chose any. */
export function defaultColumns(elementPx: number): ColumnChoice[] {
  return CALL_COLUMNS.filter(({ fromPx }) => fromPx !== undefined && fromPx <= elementPx).map(({ key }) => ({
    key,
    widthPx: null,
  }));
}

/** What is known of bodies, each read by itself and therefore later than the calls. */
export interface BodyReader {
  /** What a JSON Pointer finds in a call's request. */
  readonly readPointer: (pointer: string, call: Call) => CellText;
  /** Why a call has no body, where that is known. */
  readonly readState: (call: Call) => string | undefined;
}

/** A column that is drawn, and how wide. */
export interface LaidColumn extends CallColumn {
  readonly widthPx: number;
  /** Of its head and cells: its place, by which it gets its width, its field and its kind. */
  readonly classes: string;
}

export interface ColumnLayout {
  readonly columns: readonly LaidColumn[];
  /** Whether a row has two lines. */
  readonly isNarrow: boolean;
  /** All columns together, the one with the boxes too: more than the element where it has to scroll sideways. */
  readonly widthPx: number;
  /** Changes with anything in here. */
  readonly key: string;
}

/** Widths for two lines to a row. */
const NARROW_PX: Readonly<Record<string, number>> = { time: 78, model: 60, cost: 106 };

/**
 * Gives each column its width: what the user set, or its least and a share of the room that is left. The element's width
 * decides which columns stand, the room in the table how wide they are. `scale`: how much wider than ours the letters are.
 */
export function layOutColumns(
  chosen: readonly ColumnChoice[] | null,
  elementPx: number,
  roomPx: number,
  bodies: BodyReader,
  scale = 1,
): ColumnLayout {
  const isNarrow = chosen === null && elementPx < TWO_LINES_PX * scale;
  const choices = chosen ?? defaultColumns(elementPx / scale);
  const columns = choices.map(({ key, widthPx }) => {
    const column = findColumn(key, bodies);
    const minPx = ((isNarrow ? NARROW_PX[key] : undefined) ?? column.minPx) * scale;
    const share = isNarrow && key !== 'model' ? 0 : column.share;
    return { column, widthPx: widthPx ?? minPx, share: widthPx === null ? share : 0 };
  });
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const leastPx = columns.reduce((sum, { widthPx }) => sum + widthPx, CHOICE_PX);
  const perShare = shares > 0 ? Math.max(0, roomPx - leastPx) / shares : 0;
  const laid = columns.map(({ column, widthPx, share }, index) => ({
    ...column,
    widthPx: Math.floor(widthPx + share * perShare),
    classes: `c${index} ${column.field ?? 'pointer'}${column.isNumber ? ' number' : ''}${column.isMono ? ' mono' : ''}`,
  }));
  return {
    columns: laid,
    isNarrow,
    widthPx: laid.reduce((sum, { widthPx }) => sum + widthPx, CHOICE_PX),
    key: `${isNarrow} ${laid.map(({ key, widthPx }) => `${key}:${widthPx}`).join()}`,
  };
}

/** The widths as a stylesheet: cells get them by the class of their place. */
export function printWidths({ columns, widthPx }: ColumnLayout): string {
  const rules = columns.map((column, index) => `.c${index} { width: ${column.widthPx}px; }`);
  return `.grid [role='row'] { min-width: ${widthPx}px; } ${rules.join(' ')}`;
}

function findColumn(key: string, bodies: BodyReader): CallColumn {
  const column = CALL_COLUMNS.find((known) => known.key === key);
  if (key === 'body') return { ...column!, cell: (call) => bodyCell(call, bodies.readState(call)) };
  return (
    column ?? {
      key,
      label: key,
      field: null,
      isNumber: false,
      isMono: true,
      minPx: 120,
      share: 0.8,
      cell: (call) => bodies.readPointer(key, call),
    }
  );
}
