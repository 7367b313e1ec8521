import type { JsonDocument } from '../json-document.js';
import type { Offsets } from '../text-offsets.js';

/** What hangs on an opened row. */
export type Content =
  | { readonly type: 'events'; count: number; ending: 'reading' | 'cut' | null }
  | {
      readonly type: 'members';
      readonly document: JsonDocument;
      readonly container: number;
      readonly isObject: boolean;
      /** Before the offset in the ids of its rows: which event it is of. */
      readonly prefix: string;
      /** Its offsets are those of the stored text. */
      readonly isStored: boolean;
      members: Offsets;
      /** Nothing more can come. */
      isClosed: boolean;
      ending: 'reading' | 'cut' | 'invalid' | null;
    }
  | {
      readonly type: 'pieces';
      readonly text: string;
      readonly end: number;
      readonly isStored: boolean;
      readonly starts: Offsets;
    };

/** An opened row, with the opened ones among its children: what is closed takes no room. */
export class Branch {
  readonly parent: Branch | null;
  /** Which child of its parent it is. */
  readonly position: number;
  readonly id: string;
  /** Depth of its children, from 1. */
  readonly level: number;
  readonly content: Content;
  /** Opened children by position. */
  readonly #open: Branch[] = [];
  /** Rows that the opened children before each one add. */
  #before: number[] | null = null;
  #visible = 0;

  constructor(parent: Branch | null, position: number, id: string, content: Content) {
    this.parent = parent;
    this.position = position;
    this.id = id;
    this.level = parent === null ? 1 : parent.level + 1;
    this.content = content;
    this.recount();
  }

  /** Children, without the row that says how they end. */
  get size(): number {
    const { content } = this;
    if (content.type === 'events') return content.count;
    return content.type === 'members' ? content.members.length : content.starts.length;
  }

  /** Rows that hang on it directly. */
  get children(): number {
    return this.size + ('ending' in this.content && this.content.ending !== null ? 1 : 0);
  }

  /** Rows that it shows, all levels together. */
  get visible(): number {
    return this.#visible;
  }

  get open(): readonly Branch[] {
    return this.#open;
  }

  /** Counts its rows anew, after children were opened, closed or added; does not tell its parent. */
  recount(): void {
    this.#before = null;
    this.#visible = this.#open.reduce((sum, branch) => sum + branch.visible, this.children);
  }

  /** The same, up to the top. */
  recountUp(): void {
    // A loop: there may be a hundred thousand levels.
    this.recount();
    for (let branch = this.parent; branch !== null; branch = branch.parent) branch.recount();
  }

  findOpen(position: number): Branch | undefined {
    const branch = this.#open[this.#countOpenBefore(position)];
    return branch?.position === position ? branch : undefined;
  }

  addOpen(branch: Branch): void {
    this.#open.splice(this.#countOpenBefore(branch.position), 0, branch);
    this.#before = null;
  }

  removeOpen(position: number): void {
    const index = this.#countOpenBefore(position);
    if (this.#open[index]?.position === position) this.#open.splice(index, 1);
    this.#before = null;
  }

  closeAll(): void {
    this.#open.length = 0;
    this.#before = null;
  }

  /** Which of its rows a child is. */
  rowOf(position: number): number {
    return position + this.#sums()[this.#countOpenBefore(position)]!;
  }

  /** The child that is at one of its rows, or the opened child that the row is within, and its row there. */
  childAt(row: number): { readonly position: number } | { readonly within: Branch; readonly row: number } {
    const before = this.#sums();
    let [low, high] = [0, this.#open.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#open[middle]!.position + before[middle]! < row) low = middle + 1;
      else high = middle;
    }
    // The last opened child that stands before the row.
    const branch = this.#open[low - 1];
    if (branch === undefined) return { position: row };
    const within = row - (branch.position + before[low - 1]!) - 1;
    return within < branch.visible ? { within: branch, row: within } : { position: row - before[low]! };
  }

  #sums(): readonly number[] {
    if (this.#before === null) {
      this.#before = [0];
      for (const branch of this.#open) this.#before.push(this.#before.at(-1)! + branch.visible);
    }
    return this.#before;
  }

  #countOpenBefore(position: number): number {
    let [low, high] = [0, this.#open.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#open[middle]!.position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
