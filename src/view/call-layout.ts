import type { Call } from './call-state.js';
import { type BodyReader, type CallColumn, FIRST_COLUMNS, TWO_LINES_PX } from './call-columns.js';

/** One of the columns that the user chose. */
export interface ColumnChoice {
  readonly key: string;
  /** Null: as wide as the room allows. */
  readonly widthPx: number | null;
}

/** With what it is. */
export interface ChosenColumn extends ColumnChoice {
  readonly column: CallColumn;
}

/** Room for the box that chooses a row and the arrow that opens it. */
export const CHOICE_PX = 46;

/** The columns that stand in an element so wide when nobody chose any. */
export function defaultColumns(elementPx: number): ChosenColumn[] {
  return FIRST_COLUMNS.filter(({ fromPx }) => fromPx! <= elementPx).map((column) => ({
    key: column.key,
    widthPx: null,
    column,
  }));
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
  chosen: readonly ChosenColumn[] | null,
  elementPx: number,
  roomPx: number,
  bodies: BodyReader,
  scale = 1,
): ColumnLayout {
  const isNarrow = chosen === null && elementPx < TWO_LINES_PX * scale;
  const choices = chosen ?? defaultColumns(elementPx / scale);
  const columns = choices.map(({ key, widthPx, column }) => {
    const minPx = ((isNarrow ? NARROW_PX[key] : undefined) ?? column.minPx) * scale;
    const share = isNarrow && key !== 'model' ? 0 : column.share;
    return { column, widthPx: widthPx ?? minPx, share: widthPx === null ? share : 0 };
  });
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const leastPx = columns.reduce((sum, { widthPx }) => sum + widthPx, CHOICE_PX);
  const perShare = shares > 0 ? Math.max(0, roomPx - leastPx) / shares : 0;
  const laid = columns.map(({ column, widthPx, share }, index) => ({
    ...column,
    cell: (call: Call, timeZone: string) => column.cell(call, timeZone, bodies),
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
