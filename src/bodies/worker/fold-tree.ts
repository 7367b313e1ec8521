import { type JsonDocument, TOP } from '../json-document.js';
import { Branch } from './branch.js';
import type { EventIndex } from './event-index.js';
import { OPENED_AT_ONCE, type Rows, type TreeRow } from './rows.js';
import { type Child, ChildReader, openMembers, toRow } from './tree-child.js';
import { TreeFinder } from './tree-finder.js';

const OPENED_LEVELS = 4;
const OPENED_ROWS = 60;

/** A child, opened or not, that may be shown or folded away. */
export interface Spot {
  readonly branch: Branch;
  readonly position: number;
}

/**
 * A JSON text or an event stream as a folding tree. It holds only what was opened; rows are read when they are asked for,
 * and no step recurses, so that neither depth nor length stops it.
 */
export class FoldTree {
  readonly top: Branch;
  readonly finder: TreeFinder;

  readonly #events: EventIndex | null;
  readonly #reader: ChildReader;
  readonly #columns: number;

  constructor(source: JsonDocument | EventIndex, options: { readonly endsEarly: boolean; readonly columns: number }) {
    const isStream = 'readData' in source;
    this.#events = isStream ? source : null;
    this.#columns = options.columns;
    this.finder = new TreeFinder(this, source);
    this.#reader = new ChildReader(this.#events, options.endsEarly);
    const content = isStream
      ? ({ type: 'events', count: source.count, ending: 'reading' } as const)
      : openMembers(source, TOP, '', true);
    this.top = new Branch(null, 0, '', content);
  }

  get rowCount(): number {
    return this.top.visible;
  }

  /** Opens what fits on a first screen, nearest to the top first. */
  openFirst(): void {
    const queue: { branch: Branch; position: number; child: Child }[] = [];
    let rows = 0;
    const take = (branch: Branch): void => {
      for (let position = 0; position < Math.min(branch.size, OPENED_ROWS); position++) {
        queue.push({ branch, position, child: this.read({ branch, position }) });
      }
      rows += branch.children;
    };
    take(this.top);
    for (const { branch, position, child } of queue) {
      // Events are read down their list, each on its line.
      if (child.opens !== 'members' || child.kind === 'event' || branch.level > OPENED_LEVELS) continue;
      if (branch.level > 1 && rows + child.count > OPENED_ROWS) continue;
      take(this.open(branch, position, child));
    }
    this.#recountAll();
  }

  /** Takes in what was read since; `isRead`: all is. */
  refresh(isRead: boolean, endsEarly: boolean): void {
    const { content } = this.top;
    if (content.type === 'events') {
      const events = this.#events!;
      content.count = events.count;
      const last = events.count - 1;
      // A cut event that opens says so within.
      const isCut =
        endsEarly &&
        last >= 0 &&
        !events.isComplete(last) &&
        this.read({ branch: this.top, position: last }).document === null;
      content.ending = isRead ? (isCut ? 'cut' : null) : 'reading';
      this.top.recount();
      return;
    }
    let branch: Branch | undefined = this.top;
    let last = branch;
    // What isn't closed is the last child of what isn't closed.
    while (branch?.content.type === 'members' && !branch.content.isClosed) {
      last = branch;
      const own = branch.content;
      Object.assign(own, openMembers(own.document, own.container, own.prefix, own.isStored));
      const lastOpen: Branch | undefined = branch.open.at(-1);
      // An opened string that was not read to its end, or what was taken for no JSON, is closed again.
      if (lastOpen?.content.type === 'pieces') branch.removeOpen(lastOpen.position);
      branch = lastOpen;
    }
    last.recountUp();
  }

  rows(from: number, to: number): Rows<TreeRow> {
    const total = this.rowCount;
    const end = Math.min(total, to);
    const start = Math.max(0, Math.min(from, end));
    const rows: TreeRow[] = [];
    if (start === end) return { from: start, rows, total };
    let { branch, position } = this.spotAt(start);
    while (rows.length < end - start) {
      rows.push(toRow(this.read({ branch, position }), branch, position));
      const opened = branch.findOpen(position);
      if (opened !== undefined && opened.children > 0) {
        branch = opened;
        position = 0;
        continue;
      }
      position++;
      while (position >= branch.children && branch.parent !== null) {
        position = branch.position + 1;
        branch = branch.parent;
      }
    }
    return { from: start, rows, total };
  }

  spotAt(row: number): Spot {
    let branch = this.top;
    let rest = row;
    for (;;) {
      const child = branch.childAt(rest);
      if ('position' in child) return { branch, position: child.position };
      branch = child.within;
      rest = child.row;
    }
  }

  rowOf({ branch, position }: Spot): number {
    let row = branch.rowOf(position);
    for (let at = branch; at.parent !== null; at = at.parent) row += 1 + at.parent.rowOf(at.position);
    return row;
  }

  read({ branch, position }: Spot): Child {
    return this.#reader.read(branch, position);
  }

  /** Opens or closes one row; answers whether it can be opened. */
  fold(spot: Spot, isOpen: boolean): void {
    const { branch, position } = spot;
    if (isOpen === (branch.findOpen(position) !== undefined)) return;
    if (isOpen) {
      const child = this.read(spot);
      if (child.opens === null) return;
      this.open(branch, position, child);
    } else {
      branch.removeOpen(position);
    }
    branch.recountUp();
  }

  /** Opens all below a row (null: everything), nearest first and so many at most, or closes all. */
  foldAll(spot: Spot | null, isOpen: boolean): void {
    const queue: Branch[] = [];
    if (spot === null) {
      if (!isOpen) this.top.closeAll();
      queue.push(this.top);
    } else {
      this.fold(spot, isOpen);
      const branch = spot.branch.findOpen(spot.position);
      if (branch) queue.push(branch);
    }
    let opened = 0;
    if (isOpen) {
      for (const branch of queue) {
        for (let position = 0; position < branch.size && opened < OPENED_AT_ONCE; position++) {
          const child = this.read({ branch, position });
          if (child.opens !== 'members') continue;
          opened++;
          queue.push(branch.findOpen(position) ?? this.open(branch, position, child));
        }
      }
    }
    for (const branch of queue.reverse()) branch.recount();
    (spot?.branch ?? this.top).recountUp();
  }

  /** Opens a child that was read; the branches above are not counted anew. */
  open(branch: Branch, position: number, child: Child): Branch {
    const opened = new Branch(branch, position, child.id, this.#reader.open(child, this.#columns));
    branch.addOpen(opened);
    return opened;
  }

  #recountAll(): void {
    const branches = [this.top];
    for (const branch of branches) branches.push(...branch.open);
    for (const branch of branches.reverse()) branch.recount();
  }
}
