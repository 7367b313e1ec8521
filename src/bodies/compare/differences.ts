import { type AlignedRow, type RowKind } from './align.js';
import { type AlignItem } from './pair-items.js';

/** Rows that are the same in every pane, to be folded into one line, or one row that isn't. */
export type Stretch =
  | { readonly kind: 'equal'; readonly start: number; readonly end: number; readonly characters: number }
  | { readonly kind: Exclude<RowKind, 'equal'>; readonly start: number; readonly end: number };

/** Rows `start` up to, not including, `end`; `characters` are those of one pane. Linear. */
export function foldEqual(rows: readonly AlignedRow[], panes: readonly (readonly AlignItem[])[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [row, { kind, cells }] of rows.entries()) {
    if (kind !== 'equal') {
      stretches.push({ kind, start: row, end: row + 1 });
      continue;
    }
    const characters = panes[0]![cells[0]!]!.text.length;
    const last = stretches.at(-1);
    if (last?.kind === 'equal') {
      stretches[stretches.length - 1] = { ...last, end: row + 1, characters: last.characters + characters };
    } else {
      stretches.push({ kind, start: row, end: row + 1, characters });
    }
  }
  return stretches;
}

/** A difference on the ruler: where it begins and ends, 0 to 1, by the characters of the longest cell of each row. */
export interface RulerMark {
  readonly kind: Exclude<RowKind, 'equal'>;
  /** The first of its rows. */
  readonly row: number;
  readonly start: number;
  readonly end: number;
}

/** What an empty message takes of the ruler, and its role's line of a short one. */
const LEAST_CHARACTERS = 40;

/** Differences in order. Rows of one kind that follow each other are one, changed ones apart. Linear. */
export function listDifferences(rows: readonly AlignedRow[], panes: readonly (readonly AlignItem[])[]): RulerMark[] {
  const ends: number[] = [];
  let total = 0;
  for (const { cells } of rows) {
    const lengths = cells.map((index, pane) => (index === null ? 0 : panes[pane]![index]!.text.length));
    total += Math.max(LEAST_CHARACTERS, ...lengths);
    ends.push(total);
  }
  const marks: RulerMark[] = [];
  for (const [row, { kind }] of rows.entries()) {
    if (kind === 'equal') continue;
    const end = ends[row]! / total;
    if (kind !== 'changed' && row > 0 && rows[row - 1]!.kind === kind) {
      marks[marks.length - 1] = { ...marks.at(-1)!, end };
    } else {
      marks.push({ kind, row, start: (ends[row - 1] ?? 0) / total, end });
    }
  }
  return marks;
}

/** The nearest difference that begins after (or before) a row; null: there is none. Row -1 is before all. */
export function findDifference(
  marks: readonly RulerMark[],
  row: number,
  direction: 'next' | 'previous',
): RulerMark | null {
  const found = direction === 'next' ? marks.find((mark) => mark.row > row) : marks.findLast((mark) => mark.row < row);
  return found ?? null;
}
