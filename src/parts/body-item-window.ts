import { type LitElement, type ReactiveController, render } from 'lit';

const OVERSCAN_PX = 400;
const ESTIMATE_PX = 72;
/** Of the item at the top of the box. */
const LEAST_SHOWN_PX = 8;
/** What is measured may bring other items into view, whose heights are to be measured again. */
const MOST_PASSES = 6;

interface Options {
  readonly count: () => number;
  /** What an item is known by when others come before it; its index where nothing is given. */
  readonly keyOf?: (item: number) => unknown;
  readonly renderItem: (item: number) => unknown;
  readonly drawn?: () => void;
}

/**
 * Items of any height, as many as there may be, of which only those in view are drawn. Heights are measured as items come
 * into view; what stands at the top of the box stays there while others above it turn out taller or shorter.
 */
export class ItemWindow implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: Options;
  readonly #spacer = document.createElement('div');
  readonly #layer = document.createElement('div');
  /** What is drawn, each item in an element of its own. */
  #drawn = new Map<unknown, HTMLElement>();
  /** In the next frame: drawing may change the size again, which the browser reports as a loop. */
  readonly #resize = new ResizeObserver(() => requestAnimationFrame(() => this.draw()));
  #box: HTMLElement | null = null;
  readonly #heights = new Map<unknown, number>();
  #measuredPx = 0;
  /** Where each item begins, and where the last one ends; empty: to be counted anew. */
  #tops = new Float64Array(0);
  #anchor = { item: 0, offsetPx: 0 };
  /** Where the box was left; undefined while what it stands at means nothing. */
  #leftPx: number | undefined;
  #first = 0;
  #end = 0;

  constructor(host: LitElement, options: Options) {
    this.#host = host;
    this.#options = options;
    this.#spacer.className = 'spacer';
    this.#layer.className = 'layer';
    this.#spacer.append(this.#layer);
    host.addController(this);
  }

  /** To stand in the box that scrolls, which is found as its parent. */
  render(): HTMLElement {
    return this.#spacer;
  }

  hostUpdated(): void {
    const box = this.#spacer.isConnected ? this.#spacer.parentElement : null;
    if (box !== this.#box) this.#attach(box);
    this.draw();
  }

  hostDisconnected(): void {
    this.#attach(null);
  }

  end(): void {
    this.#attach(null);
    this.#host.removeController(this);
  }

  /** Other items: their heights may not be those of before. */
  reset(): void {
    this.#heights.clear();
    this.#measuredPx = 0;
    this.#tops = new Float64Array(0);
  }

  /** What is drawn of an item; undefined: it is out of view. */
  elementOf(item: number): Element | undefined {
    return this.#drawn.get(this.#keyOf(item));
  }

  /** Puts an item at the top of the box, or so far below it, and draws it. */
  show(item: number, belowPx = 0): void {
    this.#anchor = { item, offsetPx: -belowPx };
    this.#leftPx = undefined;
    this.draw();
  }

  /** The item at the top of the box. */
  get topItem(): number {
    this.#noticeScroll();
    return this.#anchor.item;
  }

  /** Items came or went: the one at the top is this one now, and stays where it is. */
  moveTop(item: number): void {
    this.#anchor = { ...this.#anchor, item };
    this.#tops = new Float64Array(0);
  }

  /** Where each item begins, and where the last one ends, as far as heights are known: another array once they change. */
  get topsPx(): Float64Array {
    return this.#count();
  }

  /** Null while there is no box. */
  get box(): HTMLElement | null {
    return this.#box;
  }

  draw(): void {
    const box = this.#box;
    if (box === null || !box.isConnected) return;
    this.#noticeScroll();
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      this.#choose(box);
      this.#drawItems();
      if (!this.#measure()) break;
    }
    this.#place(box);
    this.#options.drawn?.();
  }

  #attach(box: HTMLElement | null): void {
    this.#leftPx = undefined;
    this.#resize.disconnect();
    this.#box?.removeEventListener('scroll', this.#onScroll);
    this.#box = box;
    if (box === null) return;
    box.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#resize.observe(box);
    this.#resize.observe(this.#layer);
  }

  readonly #onScroll = (): void => {
    if (this.#noticeScroll()) this.draw();
  };

  /** A box tells of being scrolled a frame later: what is drawn meanwhile must not put it back. @returns whether it was. */
  #noticeScroll(): boolean {
    if (this.#box === null || this.#leftPx === undefined) return false;
    const { scrollTop } = this.#box;
    if (Math.abs(scrollTop - this.#leftPx) < 1) return false;
    const tops = this.#count();
    const item = this.#itemAt(scrollTop);
    this.#anchor = { item, offsetPx: scrollTop - tops[item]! };
    this.#leftPx = scrollTop;
    return true;
  }

  #choose(box: HTMLElement): void {
    const tops = this.#count();
    const count = tops.length - 1;
    this.#anchor.item = Math.max(0, Math.min(this.#anchor.item, count - 1));
    const top = this.#scrollTopOf(box);
    this.#first = this.#itemAt(top - OVERSCAN_PX);
    this.#end = Math.min(count, this.#itemAt(top + box.clientHeight + OVERSCAN_PX) + 1);
  }

  /** An item that stays in view keeps its element, and so its focus and what is selected in it. */
  #drawItems(): void {
    const before = this.#drawn;
    this.#drawn = new Map();
    for (let item = this.#first; item < this.#end; item++) {
      const key = this.#keyOf(item);
      const element = before.get(key) ?? document.createElement('div');
      before.delete(key);
      this.#drawn.set(key, element);
      render(this.#options.renderItem(item), element, { host: this.#host });
    }
    for (const element of before.values()) element.remove();
    let next = this.#layer.firstChild;
    for (const element of this.#drawn.values()) {
      if (element === next) next = next.nextSibling;
      else this.#layer.insertBefore(element, next);
    }
  }

  /** @returns whether anything turned out to be of another height. */
  #measure(): boolean {
    let isOther = false;
    for (let item = this.#first; item < this.#end; item++) {
      const key = this.#keyOf(item);
      const { height } = this.#drawn.get(key)!.getBoundingClientRect();
      const known = this.#heights.get(key);
      if (known !== undefined && Math.abs(known - height) < 0.5) continue;
      this.#measuredPx += height - (known ?? 0);
      this.#heights.set(key, height);
      // It may have become shorter than what of it was scrolled away.
      if (item === this.#anchor.item && this.#anchor.offsetPx > height) {
        this.#anchor.offsetPx = Math.max(0, height - LEAST_SHOWN_PX);
      }
      isOther = true;
    }
    if (isOther) this.#tops = new Float64Array(0);
    return isOther;
  }

  #place(box: HTMLElement): void {
    const tops = this.#count();
    const height = `${tops[tops.length - 1]!}px`;
    this.#spacer.style.height = height;
    this.#layer.style.transform = `translateY(${tops[this.#first] ?? 0}px)`;
    const scrollTop = this.#scrollTopOf(box);
    if (Math.abs(box.scrollTop - scrollTop) >= 1) box.scrollTop = scrollTop;
    this.#leftPx = box.scrollTop;
  }

  /** Where the box has to stand for the anchor to stay where it is; at the end there may be no room below it. */
  #scrollTopOf(box: HTMLElement): number {
    const tops = this.#count();
    const behind = Math.max(0, box.scrollHeight - this.#spacer.offsetHeight);
    const most = Math.max(0, tops[tops.length - 1]! + behind - box.clientHeight);
    return Math.max(0, Math.min(most, (tops[this.#anchor.item] ?? 0) + this.#anchor.offsetPx));
  }

  #count(): Float64Array {
    const count = this.#options.count();
    if (this.#tops.length === count + 1) return this.#tops;
    const estimate = this.#heights.size === 0 ? ESTIMATE_PX : this.#measuredPx / this.#heights.size;
    const tops = new Float64Array(count + 1);
    for (let item = 0; item < count; item++)
      tops[item + 1] = tops[item]! + (this.#heights.get(this.#keyOf(item)) ?? estimate);
    this.#tops = tops;
    return tops;
  }

  #keyOf(item: number): unknown {
    return this.#options.keyOf?.(item) ?? item;
  }

  #itemAt(px: number): number {
    const tops = this.#count();
    let [low, high] = [0, Math.max(0, tops.length - 2)];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (tops[middle]! <= px) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
