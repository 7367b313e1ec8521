import { type AlignItem, Entry, pairItems } from './pair-items.js';
import { Places } from './places.js';

/**
 * `equal`: the same in every pane. `changed`: similar ones opposite each other. `moved`: no pane that has a gap here
 * lacks it, it stands in another row there. `removed`: the first pane has it, another one not. `added`: the reverse.
 */
export type RowKind = 'equal' | 'changed' | 'moved' | 'removed' | 'added';

/** What stands level. */
export interface AlignedRow {
  readonly kind: RowKind;
  /** Per pane, index of its item; null: a gap. */
  readonly cells: readonly (number | null)[];
  /** Per pane with a gap here, the row in which it has the same; null: none. */
  readonly elsewhere: readonly (number | null)[];
}

/**
 * Aligns lists of messages, the first being the reference. Each item stands in exactly one row, in its list's order; with
 * two lists, swapping them swaps the cells (in a run of rows with gaps, the first list's come first).
 *
 * What other panes have and the reference has not is aligned among themselves, the first that has something being the
 * reference there, so that what two later calls both added stands level. Linear but for the gaps, whose cost is bounded.
 */
export function alignItems(panes: readonly (readonly AlignItem[])[]): AlignedRow[] {
  const ids = new Map<string, number>();
  const entries = panes.map((items) =>
    items.map((item) => {
      let id = ids.get(item.key);
      if (id === undefined) ids.set(item.key, (id = ids.size));
      return new Entry(item, id);
    }),
  );
  const rows: (number | null)[][] = [];
  addRows(
    entries,
    panes.map((items) => items.map((_, index) => index)),
    rows,
  );
  const elsewhere = findMoved(entries, rows);
  return rows.map((cells, row) => ({
    kind: nameRow(entries, cells, elsewhere[row]!),
    cells,
    elsewhere: elsewhere[row]!,
  }));
}

/** Adds the rows of what stands in these runs, one run per pane. */
function addRows(
  entries: readonly (readonly Entry[])[],
  runs: readonly (readonly number[])[],
  rows: (number | null)[][],
): void {
  const reference = runs.findIndex((run) => run.length > 0);
  if (reference === -1) return;
  const inReference = runs[reference]!;
  const take = (pane: number): Entry[] => runs[pane]!.map((index) => entries[pane]![index]!);
  const partners = runs.map((run, pane) =>
    pane === reference || run.length === 0
      ? new Map<number, number>()
      : new Map(pairItems(take(reference), take(pane))),
  );
  const next = runs.map(() => 0);
  const addBefore = (ends: readonly number[]): void => {
    const gaps = runs.map((run, pane) => (pane === reference ? [] : run.slice(next[pane], ends[pane])));
    if (gaps.some((gap) => gap.length > 0)) addRows(entries, gaps, rows);
  };
  for (const [at, index] of inReference.entries()) {
    const here = partners.map((pairs) => pairs.get(at));
    addBefore(here.map((otherAt, pane) => otherAt ?? next[pane]!));
    rows.push(
      here.map((otherAt, pane) => {
        if (pane === reference) return index;
        if (otherAt === undefined) return null;
        next[pane] = otherAt + 1;
        return runs[pane]![otherAt]!;
      }),
    );
  }
  addBefore(runs.map((run) => run.length));
}

/** For each gap the row in which that pane has what the row's others have; each row is told of once per pane. */
function findMoved(
  entries: readonly (readonly Entry[])[],
  rows: readonly (readonly (number | null)[])[],
): (number | null)[][] {
  const elsewhere = rows.map((cells): (number | null)[] => cells.map(() => null));
  for (let pane = 0; pane < entries.length; pane++) {
    for (let other = pane + 1; other < entries.length; other++) {
      const free = new Places<number>();
      for (const [row, cells] of rows.entries()) {
        if (cells[pane] !== null || cells[other] === null || elsewhere[row]![pane] !== null) continue;
        free.add(entries[other]![cells[other]!]!.id, row);
      }
      for (const [row, cells] of rows.entries()) {
        if (cells[pane] === null || cells[other] !== null || elsewhere[row]![other] !== null) continue;
        const otherRow = free.take(entries[pane]![cells[pane]!]!.id);
        if (otherRow === null) continue;
        elsewhere[row]![other] = otherRow;
        elsewhere[otherRow]![pane] = row;
      }
    }
  }
  return elsewhere;
}

function nameRow(
  entries: readonly (readonly Entry[])[],
  cells: readonly (number | null)[],
  elsewhere: readonly (number | null)[],
): RowKind {
  const ids = cells.flatMap((index, pane) => (index === null ? [] : [entries[pane]![index]!.id]));
  if (ids.some((id) => id !== ids[0])) return 'changed';
  const gaps = cells.flatMap((index, pane) => (index === null ? [pane] : []));
  if (gaps.length === 0) return 'equal';
  if (gaps.every((pane) => elsewhere[pane] !== null)) return 'moved';
  return cells[0] === null ? 'added' : 'removed';
}
