import type { Arrangement } from '../view/call-arrangement.js';
import { findHead, listHeads } from './head-places.js';
import { clampWidth, type ColumnLayout, printColumns } from '../view/call-layout.js';

export interface HeadOptions {
  readonly layout: () => ColumnLayout;
  readonly arrangement: () => Arrangement;
  readonly arrange: (change: { sort?: string; order?: string; columns?: string }, isSmall?: boolean) => void;
}

interface Options extends HeadOptions {
  readonly redraw: () => void;
}

/** How near to its end a head is taken to be resized, and how far one key goes. */
const EDGE_PX = 7;
const STEP_PX = 10;

/**
 * What is done to the heads of the calls table besides sorting: arrows go from head to head; an end that is dragged, or
 * Shift with an arrow, gives the column another width, and a double click takes that back.
 */
export class HeadMoves {
  /** The column that is being widened. */
  resizing: { readonly index: number; readonly fromX: number; readonly fromPx: number } | null = null;

  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  readonly onKey = (event: KeyboardEvent): void => {
    const index = findHead(event.target);
    if (index === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step === undefined) return;
    const { columns } = this.#options.layout();
    if (event.shiftKey && Number.isFinite(step)) this.#resize(index, columns[index]!.widthPx + step * STEP_PX);
    else {
      const next = Math.max(0, Math.min(columns.length - 1, index + step));
      const head = listHeads(event.currentTarget as HTMLElement)[next + 1];
      (head?.querySelector('button') ?? head)?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  };

  readonly onMove = (event: PointerEvent): void => {
    if (this.resizing !== null) {
      this.#resize(this.resizing.index, this.resizing.fromPx + event.clientX - this.resizing.fromX);
      return;
    }
    const edge = edgeAt(event);
    listHeads(event.currentTarget as HTMLElement).forEach((head, place) => {
      head.classList.toggle('edge', edge !== null && place === edge + 1);
    });
  };

  readonly onDown = (event: PointerEvent): void => {
    const index = edgeAt(event);
    if (index === null || event.button !== 0) return;
    const fromPx = this.#options.layout().columns[index]!.widthPx;
    this.resizing = { index, fromX: event.clientX, fromPx };
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    event.preventDefault();
    this.#options.redraw();
  };

  readonly onUp = (): void => {
    if (this.resizing === null) return;
    this.resizing = null;
    this.#options.redraw();
  };

  readonly onDoubleClick = (event: MouseEvent): void => {
    const index = edgeAt(event);
    if (index !== null) this.#resize(index, null);
  };

  /** What stands now becomes the user's choice, with this one width changed. */
  #resize(index: number, widthPx: number | null): void {
    const chosen = this.#options.arrangement().columns;
    const columns = this.#options.layout().columns.map(({ key }, place) => ({
      key,
      widthPx:
        place !== index
          ? (chosen?.find((choice) => choice.key === key)?.widthPx ?? null)
          : widthPx === null
            ? null
            : clampWidth(widthPx),
    }));
    this.#options.arrange({ columns: printColumns(columns) }, true);
  }
}

/** The column whose end the pointer is at: of the head under it, or of the one before. */
function edgeAt(event: MouseEvent): number | null {
  const index = findHead(event.target);
  if (index === null) return null;
  const head = (event.target as Element).closest('[role="columnheader"]')!;
  const { left, right } = head.getBoundingClientRect();
  if (right - event.clientX <= EDGE_PX) return index;
  return event.clientX - left <= EDGE_PX && index > 0 ? index - 1 : null;
}
