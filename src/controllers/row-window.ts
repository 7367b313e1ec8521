import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * The tallest spacer we ask a browser for. Chromium ends at 33,554,432 px, others earlier; above this height scrolling
 * is mapped: a small move of the scroll box moves the rows as far, a large one moves them in proportion.
 */
const MAX_SPACER_PX = 8_000_000;
const OVERSCAN_ROWS = 2;

interface Parts {
  /** The box that scrolls. */
  readonly scroller: HTMLElement;
  /** As tall as all rows, or as MAX_SPACER_PX. Stands below the sticky head. */
  readonly spacer: HTMLElement;
  /** Holds the rows that are drawn, moved to where they belong. */
  readonly layer: HTMLElement;
}

/** Something of another height under a row, which moves all rows below it down. */
interface Gap {
  readonly row: number;
  /** What stands in it: 0 high until it is drawn. */
  readonly under: { readonly heightPx: number };
}

interface Options {
  /** The three boxes, or null while they aren't drawn. */
  readonly parts: () => Parts | null;
  readonly rowCount: () => number;
  readonly gap?: () => Gap | null;
  /**
   * Puts rows `first` to `end` into the layer, in every frame that shows other ones. Without it, the host draws them
   * when it is updated.
   */
  readonly draw?: (layer: HTMLElement) => void;
  /** The box was scrolled, and may show other rows now. */
  readonly moved?: () => void;
}

/** Which rows of a list of any length stand in a scroll box, and where. All rows are equally tall. */
export class RowWindow implements ReactiveController {
  /** First row to draw. */
  first = 0;
  /** One past the last row to draw. */
  end = 0;
  rowHeightPx = 28;

  readonly #host: ReactiveControllerHost;
  readonly #options: Options;
  /** In the next frame: drawing other rows at once may change the size again, which the browser reports as a loop. */
  readonly #resize = new ResizeObserver(() => requestAnimationFrame(() => this.#measure()));
  #parts: Parts | null = null;
  #viewHeightPx = 560;
  /** How far the rows are scrolled, in pixels of the whole list, not of the spacer. */
  #topPx = 0;
  #lastScrollTop = 0;
  /** Where the box was left, which may be less far than it was to go. */
  #leftPx = 0;
  /** The box was scrolled, and has not told it yet. */
  #isUntold = false;
  #gap: Gap | null = null;

  constructor(host: ReactiveControllerHost, options: Options) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Decides which rows this draw needs. */
  hostUpdate(): void {
    this.#noticeScroll();
    this.#readGap();
    this.#topPx = Math.max(0, Math.min(this.#topPx, this.#maxTopPx()));
    this.#choose();
  }

  /** Puts spacer and rows where they belong, once they are drawn. */
  hostUpdated(): void {
    const drawn = this.#options.parts();
    // Out of the page a box has no size, and scrolls nowhere.
    const parts = drawn?.scroller.isConnected ? drawn : null;
    const isOther = parts?.scroller !== this.#parts?.scroller;
    if (isOther) this.#attach(parts);
    this.#parts = parts;
    if (parts === null) return;
    this.#options.draw?.(parts.layer);
    this.#place();
    // A box that was only just drawn stands at its top, and the rows may be elsewhere.
    if (isOther) this.#alignScrollBox();
    this.#measure();
  }

  hostDisconnected(): void {
    this.#attach(null);
    this.#parts = null;
  }

  get isAtTop(): boolean {
    this.#noticeScroll();
    return this.#topPx < this.rowHeightPx / 2;
  }

  /** First and last row that can be seen, from 0; -1 and -1 when there are none. */
  get visible(): readonly [first: number, last: number] {
    const rows = this.#options.rowCount();
    if (rows === 0) return [-1, -1];
    const first = Math.min(rows - 1, this.#rowAt(this.#topPx + 4));
    const last = Math.min(rows - 1, this.#rowAt(this.#topPx + this.#viewHeightPx - 4));
    return [first, Math.max(first, last)];
  }

  /** Where the rows stand, so that `standAt` can put another window, or this one later, at the same place. */
  get place(): { readonly row: number; readonly offsetPx: number } {
    this.#noticeScroll();
    const row = this.#rowAt(this.#topPx);
    return { row, offsetPx: Math.round(this.#topPx - this.#topOf(row)) };
  }

  standAt(row: number, offsetPx = 0): void {
    this.#moveTo(this.#topOf(row) + offsetPx);
  }

  /** Scrolls as little as it takes to show a row whole, with what stands under it as far as there is room. */
  reveal(row: number): void {
    const top = this.#topOf(row);
    const under = this.#gap?.row === row ? this.#gap.under.heightPx : 0;
    const bottom = Math.min(top + this.rowHeightPx + under, top + this.#viewHeightPx);
    if (top < this.#topPx) this.#moveTo(top);
    else if (bottom > this.#topPx + this.#viewHeightPx) this.#moveTo(bottom - this.#viewHeightPx);
  }

  scrollToTop(): void {
    this.#moveTo(0);
  }

  /** Rows in a full page of the box. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.#viewHeightPx / this.rowHeightPx) - 1);
  }

  #attach(parts: Parts | null): void {
    this.#resize.disconnect();
    this.#parts?.scroller.removeEventListener('scroll', this.#onScroll);
    this.#parts?.scroller.removeEventListener('scrollend', this.#onScrollEnd);
    if (parts === null) return;
    this.#resize.observe(parts.scroller);
    parts.scroller.addEventListener('scroll', this.#onScroll, { passive: true });
    parts.scroller.addEventListener('scrollend', this.#onScrollEnd);
  }

  #readGap(): void {
    const gap = this.#options.gap?.() ?? null;
    const old = this.#gap;
    // What is closed above the rows in view must not move them.
    if (gap === null && old !== null && this.#topPx > this.#topOf(old.row) + this.rowHeightPx) {
      this.#topPx = Math.max(this.#topOf(old.row), this.#topPx - old.under.heightPx);
    }
    this.#gap = gap;
  }

  #measure(): void {
    if (this.#parts === null) return;
    const { scroller, spacer, layer } = this.#parts;
    const rowHeight = layer.firstElementChild?.getBoundingClientRect().height || this.rowHeightPx;
    const viewHeight = scroller.clientHeight - spacer.offsetTop || this.#viewHeightPx;
    if (rowHeight === this.rowHeightPx && viewHeight === this.#viewHeightPx) return;
    this.#topPx *= rowHeight / this.rowHeightPx;
    this.rowHeightPx = rowHeight;
    this.#viewHeightPx = viewHeight;
    // Only a draw shows how much room there is, so this one leads to the next, once it is done.
    queueMicrotask(() => this.#host.requestUpdate());
  }

  #fullHeightPx(): number {
    return this.#options.rowCount() * this.rowHeightPx + (this.#gap?.under.heightPx ?? 0);
  }

  #topOf(row: number): number {
    return row * this.rowHeightPx + (this.#gap !== null && row > this.#gap.row ? this.#gap.under.heightPx : 0);
  }

  /** The row at so many pixels from the top; in the gap, the row above it. */
  #rowAt(px: number): number {
    if (this.#gap === null || px < (this.#gap.row + 1) * this.rowHeightPx) return Math.floor(px / this.rowHeightPx);
    return Math.max(this.#gap.row, Math.floor((px - this.#gap.under.heightPx) / this.rowHeightPx));
  }

  #choose(): void {
    const inView = this.#rowAt(this.#topPx + this.#viewHeightPx) + 1;
    this.first = Math.max(0, this.#rowAt(this.#topPx) - OVERSCAN_ROWS);
    this.end = Math.min(this.#options.rowCount(), inView + OVERSCAN_ROWS);
  }

  /** How tall the box is shows only once it is drawn: until then nothing is too far down. */
  #maxTopPx(): number {
    if (this.#parts === null) return Infinity;
    return Math.max(0, this.#fullHeightPx() - this.#viewHeightPx);
  }

  get #isMapped(): boolean {
    return this.#fullHeightPx() > MAX_SPACER_PX;
  }

  get #maxScrollTop(): number {
    return Math.max(0, Math.min(this.#fullHeightPx(), MAX_SPACER_PX) - this.#viewHeightPx);
  }

  /** Where the scroll box has to stand for the rows to be at `topPx`. */
  #scrollTopOf(topPx: number): number {
    if (!this.#isMapped) return topPx;
    return (topPx / this.#maxTopPx()) * this.#maxScrollTop;
  }

  #moveTo(topPx: number): void {
    this.#topPx = Math.max(0, Math.min(topPx, this.#maxTopPx()));
    this.#alignScrollBox();
    this.#host.requestUpdate();
  }

  #alignScrollBox(): void {
    if (this.#parts === null) return;
    this.#sizeSpacer(this.#parts.spacer);
    const scrollTop = Math.round(this.#scrollTopOf(this.#topPx));
    this.#lastScrollTop = scrollTop;
    if (this.#parts.scroller.scrollTop !== scrollTop) this.#parts.scroller.scrollTop = scrollTop;
    this.#leftPx = this.#parts.scroller.scrollTop;
  }

  readonly #onScroll = (): void => {
    this.#noticeScroll();
    if (!this.#isUntold) return;
    this.#isUntold = false;
    if (this.#options.draw === undefined) {
      this.#host.requestUpdate();
      return;
    }
    this.#choose();
    this.#options.draw(this.#parts!.layer);
    this.#place();
    this.#options.moved?.();
  };

  /** A box tells of being scrolled a frame later: what is decided meanwhile must not put it back. */
  #noticeScroll(): void {
    const scroller = this.#parts?.scroller;
    // What isn't shown stands nowhere.
    if (scroller === undefined || scroller.clientHeight === 0) return;
    const { scrollTop } = scroller;
    if (Math.abs(scrollTop - this.#leftPx) < 1) return;
    const moved = scrollTop - this.#lastScrollTop;
    this.#lastScrollTop = this.#leftPx = scrollTop;
    this.#isUntold = true;
    const maxTop = this.#maxTopPx();
    if (!this.#isMapped) this.#topPx = scrollTop;
    else if (scrollTop <= 0) this.#topPx = 0;
    else if (scrollTop >= this.#maxScrollTop - 1) this.#topPx = maxTop;
    else if (Math.abs(moved) < this.#viewHeightPx * 2) this.#topPx = Math.max(0, Math.min(maxTop, this.#topPx + moved));
    else this.#topPx = (scrollTop / this.#maxScrollTop) * maxTop;
  }

  /** Small moves one to one let box and rows drift apart in a mapped list; at rest the box goes where the rows are. */
  readonly #onScrollEnd = (): void => {
    // A box that stands elsewhere by now is being scrolled again, which we are about to hear.
    if (!this.#isMapped || this.#parts?.scroller.scrollTop !== this.#lastScrollTop) return;
    this.#alignScrollBox();
    this.#place();
  };

  #place(): void {
    if (this.#parts === null) return;
    const { spacer, layer } = this.#parts;
    this.#sizeSpacer(spacer);
    const drift = this.#isMapped ? this.#lastScrollTop - this.#topPx : 0;
    const transform = `translateY(${this.#topOf(this.first) + drift}px)`;
    if (layer.style.transform !== transform) layer.style.transform = transform;
  }

  /** A box can be scrolled only as far as it is filled. */
  #sizeSpacer(spacer: HTMLElement): void {
    const height = `${Math.min(this.#fullHeightPx(), MAX_SPACER_PX)}px`;
    if (spacer.style.height !== height) spacer.style.height = height;
  }
}
