import { html, type LitElement, type ReactiveController, render, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';

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
  /** One element. */
  readonly renderItem: (item: number) => TemplateResult;
  readonly drawn?: () => void;
}

/**
 * Items of any height, as many as there may be, of which only those in view are drawn. Heights are measured as items come
 * into view; what stands at the top of the box stays there while others above it turn out taller or shorter.
 */
export class ItemWindow implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: Options;
  readonly #spacer = createRef<HTMLElement>();
  readonly #layer = createRef<HTMLElement>();
  /** In the next frame: drawing may change the size again, which the browser reports as a loop. */
  readonly #resize = new ResizeObserver(() => requestAnimationFrame(() => this.draw()));
  #box: HTMLElement | null = null;
  readonly #heights = new Map<unknown, number>();
  #measuredPx = 0;
  /** Where each item begins, and where the last one ends; empty: to be counted anew. */
  #tops = new Float64Array(0);
  #anchor = { item: 0, offsetPx: 0 };
  #first = 0;
  #end = 0;

  constructor(host: LitElement, options: Options) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** To stand in the box that scrolls, which is found as its parent. */
  render(): TemplateResult {
    return html`<div class="spacer" ${ref(this.#spacer)}><div class="layer" ${ref(this.#layer)}></div></div>`;
  }

  hostUpdated(): void {
    const box = this.#spacer.value?.isConnected ? this.#spacer.value.parentElement : null;
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

  /** Other items: their heights are not those of before. */
  reset(): void {
    this.#heights.clear();
    this.#measuredPx = 0;
    this.#anchor = { item: 0, offsetPx: 0 };
    this.#tops = new Float64Array(0);
  }

  /** What is drawn of an item; undefined: it is out of view. */
  elementOf(item: number): Element | undefined {
    return this.#layer.value?.children[item - this.#first];
  }

  /** Puts an item at the top of the box, or so far below it, and draws it. */
  show(item: number, belowPx = 0): void {
    this.#anchor = { item, offsetPx: -belowPx };
    this.draw();
  }

  /** The item at the top of the box. */
  get topItem(): number {
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
    const layer = this.#layer.value;
    const box = this.#box;
    if (layer === undefined || box === null || !box.isConnected) return;
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      this.#choose(box);
      const items = Array.from({ length: this.#end - this.#first }, (_, index) => this.#first + index);
      render(
        repeat(
          items,
          (item) => this.#keyOf(item),
          (item) => this.#options.renderItem(item),
        ),
        layer,
        { host: this.#host },
      );
      if (!this.#measure(layer)) break;
    }
    this.#place(box, layer);
    this.#options.drawn?.();
  }

  #attach(box: HTMLElement | null): void {
    this.#resize.disconnect();
    this.#box?.removeEventListener('scroll', this.#onScroll);
    this.#box = box;
    if (box === null) return;
    box.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#resize.observe(box);
    if (this.#layer.value) this.#resize.observe(this.#layer.value);
  }

  readonly #onScroll = (): void => {
    if (this.#box === null) return;
    const { scrollTop } = this.#box;
    const tops = this.#count();
    if (Math.abs(this.#scrollTopOf(this.#box) - scrollTop) < 1) return;
    const item = this.#itemAt(scrollTop);
    this.#anchor = { item, offsetPx: scrollTop - tops[item]! };
    this.draw();
  };

  #choose(box: HTMLElement): void {
    const tops = this.#count();
    const count = tops.length - 1;
    this.#anchor.item = Math.max(0, Math.min(this.#anchor.item, count - 1));
    const top = this.#scrollTopOf(box);
    this.#first = this.#itemAt(top - OVERSCAN_PX);
    this.#end = Math.min(count, this.#itemAt(top + box.clientHeight + OVERSCAN_PX) + 1);
  }

  /** @returns whether anything turned out to be of another height. */
  #measure(layer: HTMLElement): boolean {
    let isOther = false;
    for (const [index, element] of [...layer.children].entries()) {
      const item = this.#first + index;
      const height = element.getBoundingClientRect().height;
      const key = this.#keyOf(item);
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

  #place(box: HTMLElement, layer: HTMLElement): void {
    const tops = this.#count();
    const height = `${tops[tops.length - 1]!}px`;
    const spacer = this.#spacer.value!;
    if (spacer.style.height !== height) spacer.style.height = height;
    const transform = `translateY(${tops[this.#first] ?? 0}px)`;
    if (layer.style.transform !== transform) layer.style.transform = transform;
    const scrollTop = this.#scrollTopOf(box);
    if (Math.abs(box.scrollTop - scrollTop) >= 1) box.scrollTop = scrollTop;
  }

  /** Where the box has to stand for the anchor to stay where it is; at the end there may be no room below it. */
  #scrollTopOf(box: HTMLElement): number {
    const tops = this.#count();
    const behind = Math.max(0, box.scrollHeight - (this.#spacer.value?.offsetHeight ?? 0));
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
