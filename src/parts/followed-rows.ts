import type { CallsView } from '../controllers/calls-pages.js';

/**
 * Rows of the calls table that are calls to their user, and not places: the one that keys act on, and the one that is
 * open. They keep to their call when others arrive above it.
 */
export class FollowedRows {
  /** Row that keys act on, from 0. */
  active = 0;
  /** Id of the call whose row is open. */
  openedId: string | null = null;
  openedRow = 0;
  /** Id of the active call; undefined where it isn't known yet, null while nobody chose one. */
  #activeId: string | undefined | null = null;

  /** Another list: nothing of the last one stands in it. */
  restart(active: number): void {
    this.active = active;
    this.#activeId = null;
    this.openedId = null;
  }

  activate(row: number, view: CallsView | undefined): void {
    this.active = Math.max(0, Math.min((view?.total ?? 0) - 1, row));
    this.#activeId = view?.callAt(this.active)?.id;
  }

  /** The user came to the table: the row that stands active is theirs now. */
  hold(view: CallsView | undefined): void {
    if (this.#activeId === null) this.activate(this.active, view);
  }

  /** Opens the active row, or closes it; false where its call isn't known yet. */
  toggle(view: CallsView | undefined): boolean {
    const id = view?.callAt(this.active)?.id;
    if (id === undefined) return false;
    this.openedId = this.openedId === id ? null : id;
    this.openedRow = this.active;
    return true;
  }

  /** Finds the rows again in a newer answer to the same question. `arrived`: calls that are new above the first row. */
  follow(now: CallsView, arrived: number): void {
    const active = followRow(now, this.active, this.#activeId, arrived);
    this.active = Math.max(0, Math.min(now.total - 1, active));
    if (this.#activeId === undefined) this.#activeId = now.callAt(this.active)?.id;
    if (this.openedId === null) return;
    this.openedRow = followRow(now, this.openedRow, this.openedId, arrived);
    const found = now.callAt(this.openedRow);
    if (found !== undefined && found.id !== this.openedId) this.openedId = null;
  }
}

/** The row of a call that stood in `row` before. Where it isn't among the known ones, it is taken to have moved along. */
export function followRow(now: CallsView, row: number, id: string | null | undefined, arrived: number): number {
  if (id === null || id === undefined || now.callAt(row)?.id === id) return row;
  return now.rowOf(id) ?? Math.max(0, row + arrived);
}
