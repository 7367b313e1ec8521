import type { BarsHit, SpendChart } from '../controllers/spend-chart.js';
import type { SpendModel } from '../view/spend-model.js';

interface Options {
  readonly chart: () => SpendChart | undefined;
  readonly model: () => SpendModel | undefined;
  readonly canChooseTime: () => boolean;
  readonly chooseTime: (first: number, last: number) => void;
  readonly choosePlace: (hit: BarsHit) => void;
  /** True where there was a choice to take back. */
  readonly undo: () => boolean;
  /** Something to be drawn changed. */
  readonly changed: () => void;
}

export interface SlotRange {
  readonly first: number;
  readonly last: number;
}

/** A pointer that moves less than this is a click. */
const CLICK_PX = 4;

const MOVES: Readonly<Record<string, (slot: number, slots: number) => number>> = {
  ArrowLeft: (slot) => slot - 1,
  ArrowRight: (slot) => slot + 1,
  PageUp: (slot, slots) => slot + Math.ceil(slots / 10),
  PageDown: (slot, slots) => slot - Math.ceil(slots / 10),
  Home: () => 0,
  End: (_, slots) => slots - 1,
};

/** Pointer and keyboard on the picture: slots from side to side, the parts of a bar up and down. */
export class SpendInput {
  /** The keyboard's place is shown: it was last moved by keys, or reached by them. */
  hasCursor = false;

  readonly #options: Options;
  #hit: BarsHit | null = null;
  #slot = Infinity;
  #stack: BarsHit['stack'] = null;
  /** Where a stretch of time began that the keyboard chooses. */
  #anchor: number | null = null;
  #down: { readonly x: number; readonly slot: number; to: number; isDrag: boolean } | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** What is under the pointer; nothing where other bars came under it that have no such place. */
  get hit(): BarsHit | null {
    const model = this.#options.model();
    const hit = this.#hit;
    if (hit === null || model === undefined || hit.slot >= model.slots.length) return null;
    return typeof hit.stack === 'number' && hit.stack >= model.stacks.length ? null : hit;
  }

  /** The keyboard's place. */
  get cursor(): BarsHit {
    const model = this.#options.model();
    const last = (model?.slots.length ?? 1) - 1;
    // At first at the newest slot that has begun.
    const newest = model?.slots.findLastIndex(({ state }) => state !== 'future') ?? 0;
    const slot = this.#slot === Infinity ? Math.max(0, newest) : Math.min(last, this.#slot);
    const isThere = typeof this.#stack !== 'number' || this.#stack < (model?.stacks.length ?? 0);
    return { slot, stack: isThere ? this.#stack : null };
  }

  /** The stretch of time that is being chosen. */
  get range(): SlotRange | null {
    const last = (this.#options.model()?.slots.length ?? 0) - 1;
    if (this.#down?.isDrag) return toRange(this.#down.slot, this.#down.to, last);
    return this.#anchor === null ? null : toRange(this.#anchor, this.cursor.slot, last);
  }

  readonly onPointer = (event: PointerEvent): void => {
    const chart = this.#options.chart();
    const picture = event.currentTarget as HTMLElement;
    if (chart === undefined) return;
    const box = picture.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    if (event.type === 'pointerdown') {
      if (event.button !== 0) return;
      picture.setPointerCapture(event.pointerId);
      const slot = chart.slotAt(x);
      this.#down = { x, slot, to: slot, isDrag: false };
      this.#anchor = null;
      this.#setCursor(false);
    } else if (event.type === 'pointermove') {
      if (this.#down === null) this.#point(chart.hitAt(x, y));
      else this.#drag(x, chart);
    } else if (event.type === 'pointerup') this.#release(chart.hitAt(x, y));
    else {
      this.#point(null);
      // While the pointer is captured it may leave and come back.
      if (event.type === 'pointercancel') this.#drop();
    }
  };

  readonly onFocus = (event: FocusEvent): void => {
    this.#setCursor(event.type === 'focus' && (event.currentTarget as HTMLElement).matches(':focus-visible'));
  };

  readonly onKey = (event: KeyboardEvent): void => {
    const model = this.#options.model();
    if (model === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (move) this.#move(move, model.slots.length, event.shiftKey);
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') this.#climb(event.key === 'ArrowUp' ? 1 : -1, model);
    else if (event.key === 'Enter') this.#enter();
    else if (event.key !== 'Escape' || !this.#escape()) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #point(hit: BarsHit | null): void {
    if (hit?.slot === this.#hit?.slot && hit?.stack === this.#hit?.stack) return;
    this.#hit = hit;
    this.#options.changed();
  }

  #drag(x: number, chart: SpendChart): void {
    const down = this.#down!;
    if (!this.#options.canChooseTime() || (!down.isDrag && Math.abs(x - down.x) < CLICK_PX)) return;
    down.isDrag = true;
    down.to = chart.slotAt(x);
    this.#hit = null;
    this.#options.changed();
  }

  #release(hit: BarsHit): void {
    const range = this.range;
    const wasDown = this.#down !== null;
    this.#drop();
    if (range !== null) this.#options.chooseTime(range.first, range.last);
    else if (wasDown) this.#options.choosePlace(hit);
  }

  #drop(): void {
    if (this.#down === null) return;
    this.#down = null;
    this.#options.changed();
  }

  #move(move: (slot: number, slots: number) => number, slots: number, extend: boolean): void {
    const { slot } = this.cursor;
    const isRange = extend && this.#options.canChooseTime();
    this.#anchor = isRange ? (this.#anchor ?? slot) : null;
    this.#slot = Math.max(0, Math.min(slots - 1, move(slot, slots)));
    this.#show();
  }

  /** From the whole bar through its parts, from the baseline up, to the lane below it. */
  #climb(step: 1 | -1, { stacks, all }: SpendModel): void {
    const places: BarsHit['stack'][] = [null, ...stacks.keys(), ...(all.imputed > 0 ? (['lane'] as const) : [])];
    const at = places.indexOf(this.cursor.stack) + step;
    this.#stack = places[(at + places.length) % places.length]!;
    this.#show();
  }

  #show(): void {
    this.hasCursor = true;
    this.#hit = null;
    this.#options.changed();
  }

  #enter(): void {
    const { range, cursor } = this;
    this.#anchor = null;
    this.hasCursor = true;
    if (range === null) this.#options.choosePlace(cursor);
    else this.#options.chooseTime(range.first, range.last);
  }

  /** True where there was something to take back. */
  #escape(): boolean {
    if (this.#down !== null) this.#drop();
    else if (this.#anchor !== null) {
      this.#anchor = null;
      this.#options.changed();
    } else return this.#options.undo();
    return true;
  }

  #setCursor(isShown: boolean): void {
    if (this.hasCursor === isShown) return;
    this.hasCursor = isShown;
    this.#options.changed();
  }
}

/** Within the bars that there are. */
function toRange(from: number, to: number, last: number): SlotRange | null {
  return last < 0 ? null : { first: Math.min(from, to, last), last: Math.min(Math.max(from, to), last) };
}
