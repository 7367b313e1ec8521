import { type JsonDocument, TOP } from '../json-document.js';
import { Branch } from './branch.js';
import type { EventIndex } from './event-index.js';
import { OPENED_AT_ONCE, PREVIEW_CHARACTERS, type Revealed, type Rows, type TreeRow } from './protocol.js';
import { type Child, ChildReader, openMembers, toRow } from './tree-child.js';
import { findPointerPlace, parseId } from './tree-place.js';

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

  readonly #document: JsonDocument | null;
  readonly #events: EventIndex | null;
  readonly #reader: ChildReader;
  readonly #columns: number;

  constructor(source: JsonDocument | EventIndex, options: { readonly endsEarly: boolean; readonly columns: number }) {
    const isStream = 'readData' in source;
    this.#document = isStream ? null : source;
    this.#events = isStream ? source : null;
    this.#columns = options.columns;
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
      take(this.#open(branch, position, child));
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
      this.#open(branch, position, child);
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
          queue.push(branch.findOpen(position) ?? this.#open(branch, position, child));
        }
      }
    }
    for (const branch of queue.reverse()) branch.recount();
    (spot?.branch ?? this.top).recountUp();
  }

  /** Where a row is by its id; opens everything above it. Null: there is none of that id. */
  findId(id: string): Spot | null {
    const place = parseId(id);
    if (place === null) return null;
    const spot = this.#findStart(place.event, place.offset);
    if (spot === null || place.ending === null) return spot;
    const isTop = place.event === null && place.offset === null;
    const branch = isTop ? this.top : this.#opened(spot);
    if (branch === null) return null;
    if (place.ending !== '~') {
      const end: Spot = { branch, position: place.ending === '!' ? branch.size : branch.size - 1 };
      if (place.piece === null) return end.position < branch.children ? end : null;
      return this.#piece(end, place.piece);
    }
    return { branch, position: Math.min(branch.size - 1, place.piece ?? 0) };
  }

  /** Where the tree shows an offset of the stored text; opens everything above it. */
  findOffset(offset: number): Spot | null {
    const spot = this.#findStart(null, offset);
    if (spot === null) return null;
    const child = this.read(spot);
    const isOpened = spot.branch.findOpen(spot.position) !== undefined;
    if (child.opens !== 'pieces' || offset < child.start || offset >= child.end) return spot;
    if (!isOpened && offset - child.start < PREVIEW_CHARACTERS) return spot;
    const branch = this.#opened(spot)!;
    const { content } = branch;
    if (content.type !== 'pieces') return spot;
    return { branch, position: content.starts.countBelow(offset + 1) - 1 };
  }

  /** Where a JSON Pointer leads, or how far on its way there is something. Null: the tree is empty. */
  findPointer(pointer: string): { readonly spot: Spot; readonly found: Revealed['found'] } | null {
    const place = findPointerPlace(pointer, this.#document, (event) => this.#rootOf(event));
    if (place === null) return null;
    const spot = this.#findStart(place.event, place.offset);
    return spot && { spot, found: place.found };
  }

  #piece(spot: Spot, position: number): Spot | null {
    const branch = this.#opened(spot);
    return branch && { branch, position: Math.min(branch.size - 1, position) };
  }

  /** The row of the value that starts at, or stands around, an offset; of an event, or of its JSON. */
  #findStart(event: number | null, offset: number | null): Spot | null {
    let spot: Spot = { branch: this.top, position: 0 };
    let document = this.#document;
    if (this.#events !== null) {
      const index = event ?? this.#events.findAt(offset ?? 0);
      if (index >= this.top.size) return null;
      spot = { branch: this.top, position: Math.max(0, index) };
      if (offset === null || index < 0) return spot;
      const child = this.read(spot);
      document = child.document;
      if (document === null || offset < child.start || offset >= child.end) return spot;
      // Offsets of the stored text mean nothing in lines that were joined.
      if (event === null && !child.isStored) return spot;
    } else if (this.top.children === 0) {
      return null;
    }
    if (document === null || offset === null) return spot;
    return this.#descend(spot, document, offset);
  }

  /** Down to the innermost value around an offset, from the row of the outermost one. */
  #descend(from: Spot, document: JsonDocument, offset: number): Spot {
    const chain: number[] = [];
    const { index } = document;
    let container = index.findAround(Math.min(offset, document.limit));
    if (container !== -1 && index.starts.at(container) === offset) container = index.parentOf(container);
    for (; container !== -1; container = index.parentOf(container)) chain.push(container);
    let spot = from;
    let first: Branch | null = null;
    for (let depth = chain.length - 1; depth >= 0; depth--) {
      let branch = spot.branch.findOpen(spot.position);
      if (branch === undefined) {
        const child = this.read(spot);
        if (child.opens !== 'members') break;
        branch = this.#open(spot.branch, spot.position, child);
        first ??= branch;
      }
      const { content } = branch;
      if (content.type !== 'members') break;
      const isBeyond = offset >= document.limit && content.ending !== null;
      const position = isBeyond ? branch.size : Math.max(0, content.members.countBelow(offset + 1) - 1);
      spot = { branch, position };
    }
    if (first !== null) spot.branch.recountUp();
    return spot;
  }

  #rootOf(event: number): JsonDocument | null {
    return event < this.top.size ? this.read({ branch: this.top, position: event }).document : null;
  }

  #opened(spot: Spot): Branch | null {
    this.fold(spot, true);
    return spot.branch.findOpen(spot.position) ?? null;
  }

  #open(branch: Branch, position: number, child: Child): Branch {
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
