import { html, render, svg, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { ListedDifference } from '../view/body-aligned-items.js';
import { formatCount, formatPlural } from '../view/format.js';
import type { ItemWindow } from './body-item-window.js';

/** Marks that are nearer to each other than this share of the ruler are drawn as one. */
const LEAST_SHARE = 0.004;
const WIDTH = 12;

/** By kind, which half of the ruler a mark takes: what only the first has stands left, what only others have right. */
const LANES: Readonly<Record<ListedDifference['kind'], readonly [x: number, width: number]>> = {
  changed: [2, WIDTH - 4],
  removed: [1, WIDTH / 2 - 1],
  added: [WIDTH / 2, WIDTH / 2 - 1],
  moved: [3.5, WIDTH - 7],
};

/** The scroll bar of the aligned list, which also shows where differences are. */
export class AlignedRuler {
  readonly #list: ItemWindow;
  readonly #ruler = createRef<HTMLElement>();
  readonly #marks = createRef<SVGElement>();
  readonly #thumb = createRef<HTMLElement>();
  #drawnOf: readonly unknown[] = [];
  /** Of the thumb below the pointer while it is dragged, in pixels. */
  #heldPx: number | null = null;

  constructor(list: ItemWindow) {
    this.#list = list;
  }

  /** `boxId`: of what it scrolls. */
  render(boxId: string): TemplateResult {
    return html`<div
      class="ruler"
      role="scrollbar"
      aria-label="Where differences are"
      aria-orientation="vertical"
      aria-controls=${boxId}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow="0"
      @pointerdown=${this.#onDown}
      @pointermove=${this.#onMove}
      @pointerup=${this.#onUp}
      @pointercancel=${this.#onUp}
      ${ref(this.#ruler)}
    >
      <svg aria-hidden="true" width="100%" height="100%" ${ref(this.#marks)}></svg>
      <div class="thumb" ${ref(this.#thumb)}></div>
    </div>`;
  }

  /** After the list was drawn, or scrolled. */
  draw(differences: readonly ListedDifference[], current: ListedDifference | null): void {
    const [ruler, marks, thumb, { box, topsPx }] = [
      this.#ruler.value,
      this.#marks.value,
      this.#thumb.value,
      this.#list,
    ];
    if (ruler === undefined || marks === undefined || thumb === undefined || box === null) return;
    const { scrollTop, scrollHeight, clientHeight } = box;
    const drawnOf = [differences, current, topsPx];
    if (drawnOf.some((one, index) => one !== this.#drawnOf[index])) {
      this.#drawnOf = drawnOf;
      const total = Math.max(scrollHeight, topsPx.at(-1) ?? 0, 1);
      render(renderMarks(differences, current, topsPx, total), marks);
    }
    thumb.style.top = `${(scrollTop / scrollHeight) * 100}%`;
    thumb.style.height = `${(clientHeight / scrollHeight) * 100}%`;
    const most = scrollHeight - clientHeight;
    ruler.ariaValueNow = `${most <= 0 ? 0 : Math.round((scrollTop / most) * 100)}`;
    const end = scrollTop + clientHeight;
    const inView = differences.filter((one) => topsPx[one.start]! < end && topsPx[one.end]! > scrollTop).length;
    ruler.ariaValueText = `${formatCount(inView)} of ${formatPlural(differences.length, 'difference')} in view`;
  }

  readonly #onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const ruler = this.#ruler.value!;
    const thumb = this.#thumb.value!.getBoundingClientRect();
    const isOnThumb = event.clientY >= thumb.top && event.clientY <= thumb.bottom;
    this.#heldPx = isOnThumb ? event.clientY - thumb.top : thumb.height / 2;
    ruler.setPointerCapture(event.pointerId);
    event.preventDefault();
    this.#goTo(event.clientY);
  };

  readonly #onMove = (event: PointerEvent): void => {
    if (this.#heldPx !== null) this.#goTo(event.clientY);
  };

  readonly #onUp = (): void => {
    this.#heldPx = null;
  };

  #goTo(clientY: number): void {
    const { box } = this.#list;
    const ruler = this.#ruler.value?.getBoundingClientRect();
    if (box === null || ruler === undefined || this.#heldPx === null) return;
    const topPx = ((clientY - this.#heldPx - ruler.top) / ruler.height) * box.scrollHeight;
    // What stands at the end may turn out to be shorter than was thought: it is the end that is wanted.
    if (topPx >= box.scrollHeight - box.clientHeight) this.#list.show(this.#list.topsPx.length - 2);
    else box.scrollTop = topPx;
  }
}

function renderMarks(
  differences: readonly ListedDifference[],
  current: ListedDifference | null,
  topsPx: Float64Array,
  totalPx: number,
): unknown {
  const marks: { kind: ListedDifference['kind']; start: number; end: number; isCurrent: boolean }[] = [];
  for (const one of differences) {
    const [start, end] = [topsPx[one.start]! / totalPx, topsPx[one.end]! / totalPx];
    const last = marks.at(-1);
    const isCurrent = one === current;
    if (last?.kind === one.kind && end - last.start < LEAST_SHARE) {
      last.end = end;
      last.isCurrent ||= isCurrent;
    } else {
      marks.push({ kind: one.kind, start, end, isCurrent });
    }
  }
  return marks.map(({ kind, start, end, isCurrent }) => {
    const [x, width] = LANES[kind];
    const height = `${Math.max(LEAST_SHARE, end - start) * 100}%`;
    return svg`<rect
      class="mark-${kind} ${isCurrent ? 'now' : ''}" x=${x} width=${width} y="${start * 100}%" height=${height}
    />`;
  });
}
