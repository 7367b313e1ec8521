import type { AlignedItem, ListedDifference } from '../view/body-aligned-items.js';
import { listDifferences } from '../view/body-aligned-items.js';
import type { ItemWindow } from './body-item-window.js';

/** So far below the top of the box a difference is shown, so that what leads to it is seen. */
const BELOW_PX = 56;
/** So far the user has scrolled before a step goes from what is in view rather than from the last difference. */
const MOVED_PX = 4;

/** From one difference to the next, round the ends. */
export class DifferenceSteps {
  readonly #list: ItemWindow;
  #items: readonly AlignedItem[] = [];
  #differences: readonly ListedDifference[] = [];
  /** Key of the first item of the difference that was shown last. */
  #shown: string | null = null;
  #shownAtPx = 0;

  constructor(list: ItemWindow) {
    this.#list = list;
  }

  get all(): readonly ListedDifference[] {
    return this.#differences;
  }

  /** Null: none was shown yet, or it is gone. */
  get current(): ListedDifference | null {
    if (this.#shown === null) return null;
    return this.#differences.find(({ start }) => this.#items[start]!.key === this.#shown) ?? null;
  }

  /** The list is another one. */
  update(items: readonly AlignedItem[]): void {
    this.#items = items;
    this.#differences = listDifferences(items);
  }

  /** Shows the next difference, or the one before, at the same height as every other. */
  step(isBack: boolean): void {
    const next = this.#find(isBack);
    if (next !== undefined) this.show(next);
  }

  show(difference: ListedDifference): void {
    this.#shown = this.#items[difference.start]!.key;
    this.#list.show(difference.start, BELOW_PX);
    this.#shownAtPx = this.#list.box?.scrollTop ?? 0;
  }

  #find(isBack: boolean): ListedDifference | undefined {
    const all = this.#differences;
    const { current } = this;
    const scrollTop = this.#list.box?.scrollTop ?? 0;
    if (current !== null && Math.abs(scrollTop - this.#shownAtPx) <= MOVED_PX) {
      return all.at((all.indexOf(current) + (isBack ? -1 : 1)) % all.length);
    }
    const tops = this.#list.topsPx;
    const atPx = scrollTop + BELOW_PX;
    if (current === null && scrollTop === 0 && !isBack) return all[0];
    return isBack
      ? (all.findLast(({ start }) => tops[start]! < atPx - MOVED_PX) ?? all.at(-1))
      : (all.find(({ start }) => tops[start]! > atPx + MOVED_PX) ?? all[0]);
  }
}
