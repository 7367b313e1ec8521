/** Rows of these are equally tall in every pane. */
const BOXES = '.pane .box:not(.talk)';

/** Scrolls the panes of one side together, row by row, each from where it stood when they were linked. */
export class LinkedScroll {
  readonly #root: Element | DocumentFragment;
  readonly #isLinked: () => boolean;
  /** Where a box would stand if all of it were as long as the longest; those that end earlier wait at their end. */
  readonly #offsetsPx = new WeakMap<Element, number>();
  /** Where a box was put, so that its own scroll event is not taken for the user's. */
  readonly #putPx = new WeakMap<Element, number>();
  #wasLinked: boolean;

  constructor(root: Element | DocumentFragment, isLinked: () => boolean) {
    this.#root = root;
    this.#isLinked = isLinked;
    this.#wasLinked = isLinked();
    // Scrolling does not bubble.
    root.addEventListener('scroll', this.#onScroll, { capture: true, passive: true });
  }

  /** The switch was set. */
  update(): void {
    const isLinked = this.#isLinked();
    if (isLinked && !this.#wasLinked) {
      for (const side of ['request', 'response']) {
        const boxes = this.#boxesOf(side);
        const commonPx = boxes[0]?.scrollTop ?? 0;
        for (const box of boxes) this.#offsetsPx.set(box, box.scrollTop - commonPx);
      }
    }
    this.#wasLinked = isLinked;
  }

  readonly #onScroll = ({ target }: Event): void => {
    if (!this.#isLinked() || !(target instanceof Element) || !target.matches(BOXES)) return;
    const put = this.#putPx.get(target);
    this.#putPx.delete(target);
    if (put !== undefined && Math.abs(put - target.scrollTop) < 1) return;
    const side = target.closest('.pane')!.classList.contains('request') ? 'request' : 'response';
    const commonPx = target.scrollTop - (this.#offsetsPx.get(target) ?? 0);
    for (const box of this.#boxesOf(side)) {
      if (box === target) continue;
      const before = box.scrollTop;
      box.scrollTop = commonPx + (this.#offsetsPx.get(box) ?? 0);
      if (box.scrollTop !== before) this.#putPx.set(box, box.scrollTop);
    }
  };

  #boxesOf(side: string): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>(`.pane.${side} ${BOXES.replace('.pane ', '')}`)];
  }
}
