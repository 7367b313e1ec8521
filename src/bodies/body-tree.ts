import { endRow, RowReader, type Siblings, type TreeRow } from './tree-rows.js';

/** How many siblings are shown at once, and how many more at each asking. */
export const SLICE = 200;
const OPENED_LEVELS = 4;
const OPENED_ROWS = 60;

/**
 * A JSON text or an event stream as a folding tree: which rows are open and which one the keyboard is on. A row's
 * members are read when they are first shown, and no step recurses, so neither depth nor length stops it.
 */
export class BodyTree {
  readonly #reader: RowReader;
  readonly #open = new Set<string>();
  readonly #shown = new Map<string, number>();
  #rows: readonly TreeRow[] | undefined;
  #active = '';

  /** `endsEarly`: more was sent than is stored, so that a last event without its blank line is a cut one. */
  constructor(text: string, format: 'json' | 'events', endsEarly: boolean) {
    this.#reader = new RowReader(text, format, endsEarly);
    this.#openFirst();
  }

  /** The rows that show, in order. The same array until one is opened or closed. */
  get rows(): readonly TreeRow[] {
    this.#rows ??= this.#listRows();
    return this.#rows;
  }

  /** Id of the row that the keyboard is on. */
  get active(): string {
    return this.rows.some((row) => row.id === this.#active) ? this.#active : (this.rows[0]?.id ?? '');
  }

  /** Makes a row the active one, and opens or closes it, or shows the siblings that it stands for. */
  activate(id: string): void {
    const index = this.rows.findIndex((row) => row.id === id);
    const row = this.rows[index];
    if (row === undefined) return;
    this.#active = id;
    if (row.kind === 'more') {
      this.#shown.set(row.parent, this.#shownOf(row.parent) + SLICE);
      this.#rows = undefined;
      // The first of the new rows stands where the one that asked for them stood.
      this.#active = this.rows[index]!.id;
    } else if (row.isOpen !== null) {
      if (row.isOpen) this.#open.delete(id);
      else this.#open.add(id);
      this.#rows = undefined;
    }
  }

  /** What a key does by ARIA's tree pattern. False: it means nothing here. */
  press(key: string): boolean {
    const { rows, active } = this;
    const index = rows.findIndex((row) => row.id === active);
    const row = rows[index];
    if (row === undefined) return false;
    const next = rows[index + 1];
    switch (key) {
      case 'ArrowDown':
        this.#active = (next ?? row).id;
        return true;
      case 'ArrowUp':
        this.#active = (rows[index - 1] ?? row).id;
        return true;
      case 'ArrowRight':
        if (row.isOpen === false) this.activate(row.id);
        else if (next?.parent === row.id) this.#active = next.id;
        return true;
      case 'ArrowLeft':
        if (row.isOpen === true) this.activate(row.id);
        else if (row.parent !== '') this.#active = row.parent;
        return true;
      case 'Home':
        this.#active = rows[0]!.id;
        return true;
      case 'End':
        this.#active = rows.at(-1)!.id;
        return true;
      case 'Enter':
      case ' ':
        this.activate(row.id);
        return true;
      default:
        return false;
    }
  }

  /** Opens what fits on a first screen, nearest to the top first. */
  #openFirst(): void {
    const queue: TreeRow[] = [];
    const take = (siblings: Siblings): void => {
      const count = Math.min(siblings.count, SLICE);
      for (let index = 0; index < count; index++) queue.push(siblings.rowAt(index));
    };
    take(this.#reader.top);
    for (const row of queue) {
      // Events are read down their list, each on its line.
      if (row.nested === null || row.isOpen === null || row.kind === 'event' || row.level > OPENED_LEVELS) continue;
      if (row.level > 1 && queue.length + row.count > OPENED_ROWS) continue;
      this.#open.add(row.id);
      take(this.#reader.under(row));
    }
  }

  #listRows(): TreeRow[] {
    const rows: TreeRow[] = [];
    const stack: { siblings: Siblings; next: number }[] = [{ siblings: this.#reader.top, next: 0 }];
    for (let inner = stack.at(-1); inner !== undefined; inner = stack.at(-1)) {
      const { siblings, next } = inner;
      if (next < Math.min(siblings.count, this.#shownOf(siblings.parent))) {
        const row = siblings.rowAt(next);
        const isOpen = this.#open.has(row.id);
        rows.push(isOpen ? { ...row, isOpen } : row);
        inner.next++;
        if (isOpen && row.nested !== null) stack.push({ siblings: this.#reader.under(row), next: 0 });
      } else {
        stack.pop();
        const end = endRow(siblings, next);
        if (end !== null) rows.push(end);
      }
    }
    return rows;
  }

  #shownOf(parent: string): number {
    return this.#shown.get(parent) ?? SLICE;
  }
}
