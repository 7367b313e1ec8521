import type { ColumnRange } from '../view/strip.js';
import { findChange, findHit, type StripHit } from '../view/strip-hit.js';
import type { StripChange, StripPicture } from '../view/strip-picture.js';

interface Options {
  readonly picture: () => StripPicture | undefined;
  readonly canChooseTime: () => boolean;
  readonly chooseTime: (range: ColumnRange) => void;
  readonly chooseCall: (id: string, withOthers: boolean) => void;
  readonly chooseNewest: (range: ColumnRange) => void;
  /** Something to be drawn changed. */
  readonly changed: () => void;
}

/** A pointer that is down: where it began, and where it is once it moved. */
interface Press {
  readonly x: number;
  readonly ms: number;
  toMs: number;
  isDrag: boolean;
}

/** A pointer that moves less than this is a click. */
const CLICK_PX = 4;

const MOVES: Readonly<Record<string, (column: number, columns: number) => number>> = {
  ArrowLeft: (column) => column - 1,
  ArrowRight: (column) => column + 1,
  PageUp: (column, columns) => column + Math.ceil(columns / 10),
  PageDown: (column, columns) => column - Math.ceil(columns / 10),
  Home: () => 0,
  End: (_, columns) => columns - 1,
};

/**
 * Pointer and keyboard on the strip. Places are kept as instants, so that they stay with their calls when the picture
 * moves under them.
 */
export class StripInput {
  /** What is under the pointer. */
  hit: StripHit | null = null;
  /** The change whose line is under it. */
  change: StripChange | null = null;
  /** The keyboard's place is shown: it was last moved by keys, or reached by them. */
  hasCursor = false;

  readonly #options: Options;
  #cursorMs = Infinity;
  /** Where a stretch of time began that the keyboard chooses. */
  #anchorMs = Infinity;
  #down: Press | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  get cursor(): ColumnRange {
    return this.#toRange(this.#anchorMs, this.#cursorMs);
  }

  get dragged(): ColumnRange | null {
    return this.#down?.isDrag ? this.#toRange(this.#down.ms, this.#down.toMs) : null;
  }

  readonly onPointer = (event: PointerEvent): void => {
    const picture = this.#options.picture();
    const plot = event.currentTarget as HTMLElement;
    if (picture === undefined) return;
    const box = plot.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    if (event.type === 'pointerdown') {
      if (event.button !== 0) return;
      plot.setPointerCapture(event.pointerId);
      const ms = picture.scale.xToTime(x);
      this.#down = { x, ms, isDrag: false, toMs: ms };
      this.#setCursor(false);
    } else if (event.type === 'pointermove') {
      if (this.#down === null) this.#point(findHit(picture, x, y), findChange(picture, x, y));
      else this.#drag(this.#down, x, picture);
    } else if (event.type === 'pointerup') this.#release(event, findHit(picture, x, y));
    else {
      this.#point(null, null);
      // While the pointer is captured it may leave and come back.
      if (event.type === 'pointercancel') this.#drop();
    }
  };

  readonly onFocus = (event: FocusEvent): void => {
    this.#setCursor(event.type === 'focus' && (event.currentTarget as HTMLElement).matches(':focus-visible'));
  };

  readonly onKey = (event: KeyboardEvent): void => {
    const picture = this.#options.picture();
    if (picture === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (move) this.#move(move, picture, event.shiftKey);
    else if (event.key === 'Enter') this.#enter();
    else if (event.key !== 'Escape' || !this.#escape()) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #toRange(fromMs: number, toMs: number): ColumnRange {
    const picture = this.#options.picture();
    if (picture === undefined) return { first: 0, last: 0 };
    const [first, last] = [Math.min(fromMs, toMs), Math.max(fromMs, toMs)].map(picture.scale.timeToColumn);
    return { first: first!, last: last! };
  }

  #point(hit: StripHit | null, change: StripChange | null): void {
    const isSame = hit?.id === this.hit?.id && hit?.kind === this.hit?.kind;
    if (isSame && change?.words === this.change?.words && change?.x === this.change?.x) return;
    this.hit = hit;
    this.change = change;
    this.#options.changed();
  }

  #drag(down: Press, x: number, picture: StripPicture): void {
    if (!this.#options.canChooseTime() || (!down.isDrag && Math.abs(x - down.x) < CLICK_PX)) return;
    down.isDrag = true;
    down.toMs = picture.scale.xToTime(x);
    this.hit = null;
    this.change = null;
    this.#options.changed();
  }

  #release(event: PointerEvent, hit: StripHit | null): void {
    const range = this.dragged;
    const wasDown = this.#down !== null;
    this.#drop();
    if (range !== null) this.#options.chooseTime(range);
    else if (wasDown && hit !== null) {
      this.#options.chooseCall(hit.id, event.ctrlKey || event.metaKey || event.shiftKey);
    }
  }

  #drop(): void {
    if (this.#down === null) return;
    this.#down = null;
    this.#options.changed();
  }

  #move(move: (column: number, columns: number) => number, { scale }: StripPicture, extend: boolean): void {
    const column = Math.max(0, Math.min(scale.columns - 1, move(scale.timeToColumn(this.#cursorMs), scale.columns)));
    const isRange = extend && this.#options.canChooseTime();
    if (isRange && this.#anchorMs === Infinity) this.#anchorMs = scale.columnToTime(scale.columns - 0.5);
    this.#cursorMs = scale.columnToTime(column + 0.5);
    if (!isRange) this.#anchorMs = this.#cursorMs;
    this.hasCursor = true;
    this.#options.changed();
  }

  #enter(): void {
    const range = this.cursor;
    this.hasCursor = true;
    if (range.first === range.last) this.#options.chooseNewest(range);
    else {
      this.#anchorMs = this.#cursorMs;
      this.#options.chooseTime(range);
    }
  }

  /** True where there was something to take back. */
  #escape(): boolean {
    if (this.#down !== null) {
      this.#drop();
      return true;
    }
    const { first, last } = this.cursor;
    if (first === last) return false;
    this.#anchorMs = this.#cursorMs;
    this.#options.changed();
    return true;
  }

  #setCursor(isShown: boolean): void {
    if (this.hasCursor === isShown) return;
    this.hasCursor = isShown;
    this.#options.changed();
  }
}
