import type { JsonDocument } from '../json-document.js';
import type { Branch } from './branch.js';
import type { EventIndex } from './event-index.js';
import type { FoldTree, Spot } from './fold-tree.js';
import { PREVIEW_CHARACTERS, type Revealed } from './rows.js';
import { findPointerPlace, parseId } from './tree-place.js';

/** Finds rows of a folding tree, and opens what is above them. */
export class TreeFinder {
  readonly #tree: FoldTree;
  readonly #document: JsonDocument | null;
  readonly #events: EventIndex | null;

  /** `source`: what the tree is of. */
  constructor(tree: FoldTree, source: JsonDocument | EventIndex) {
    const isStream = 'readData' in source;
    this.#tree = tree;
    this.#document = isStream ? null : source;
    this.#events = isStream ? source : null;
  }

  /** Where a row is by its id; opens everything above it. Null: there is none of that id. */
  findId(id: string): Spot | null {
    const place = parseId(id);
    if (place === null) return null;
    const spot = this.#findStart(place.event, place.offset);
    if (spot === null || place.ending === null) return spot;
    const isTop = place.event === null && place.offset === null;
    const branch = isTop ? this.#tree.top : this.#opened(spot);
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
    const child = this.#tree.read(spot);
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
    let spot: Spot = { branch: this.#tree.top, position: 0 };
    let document = this.#document;
    if (this.#events !== null) {
      const index = event ?? this.#events.findAt(offset ?? 0);
      if (index >= this.#tree.top.size) return null;
      spot = { branch: this.#tree.top, position: Math.max(0, index) };
      if (offset === null || index < 0) return spot;
      const child = this.#tree.read(spot);
      document = child.document;
      if (document === null || offset < child.start || offset >= child.end) return spot;
      // Offsets of the stored text mean nothing in lines that were joined.
      if (event === null && !child.isStored) return spot;
    } else if (this.#tree.top.children === 0) {
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
        const child = this.#tree.read(spot);
        if (child.opens !== 'members') break;
        branch = this.#tree.open(spot.branch, spot.position, child);
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
    return event < this.#tree.top.size ? this.#tree.read({ branch: this.#tree.top, position: event }).document : null;
  }

  #opened(spot: Spot): Branch | null {
    this.#tree.fold(spot, true);
    return spot.branch.findOpen(spot.position) ?? null;
  }
}
