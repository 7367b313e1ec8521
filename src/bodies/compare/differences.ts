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
