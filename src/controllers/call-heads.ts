import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { type Arrangement, nextSort } from '../view/call-arrangement.js';
import { clampWidth, type ColumnLayout, type LaidColumn, printColumns } from '../view/call-layout.js';

interface Options {
  readonly layout: () => ColumnLayout;
  readonly arrangement: () => Arrangement;
  readonly arrange: (change: { sort?: string; order?: string; columns?: string }, isSmall?: boolean) => void;
}

/** How near to its end a head is taken to be resized, and how far one key goes. */
const EDGE_PX = 7;
const STEP_PX = 10;

/**
 * The heads of the calls table. One stop for Tab, arrows go from head to head; a click or Enter sorts; an end that is
 * dragged, or Shift with an arrow, gives the column another width, and a double click takes that back.
 */
export class CallHeads {
  readonly #host: ReactiveControllerHost;
  readonly #options: Options;
  #focused = 0;
  #resizing: { readonly index: number; readonly fromX: number; readonly fromPx: number } | null = null;

  constructor(host: ReactiveControllerHost, options: Options) {
    this.#host = host;
    this.#options = options;
  }

  render(): TemplateResult {
    const { columns } = this.#options.layout();
    const focused = Math.min(this.#focused, columns.length - 1);
    return html`<div
      class="heads"
      role="rowgroup"
      @keydown=${this.#onKey}
      @focusin=${this.#onFocus}
      @pointermove=${this.#onMove}
      @pointerdown=${this.#onDown}
      @pointerup=${this.#onUp}
      @pointercancel=${this.#onUp}
      @dblclick=${this.#onDoubleClick}
    >
      <div role="row" aria-rowindex="1">
        <span role="columnheader" class="blank"><span class="visually-hidden">Chosen</span></span>
        ${columns.map((column, index) => this.#renderHead(column, index, index === focused ? 0 : -1))}
      </div>
    </div>`;
  }

  #renderHead(column: LaidColumn, index: number, tabIndex: number): TemplateResult {
    const { sort, order } = this.#options.arrangement();
    const sorted = column.sort === sort ? (order === 'asc' ? 'ascending' : 'descending') : nothing;
    const classes = this.#resizing?.index === index ? `${column.classes} resizing` : column.classes;
    if (column.sort === undefined) {
      return html`<span role="columnheader" class=${classes} tabindex=${tabIndex}>${column.label}</span>`;
    }
    return html`<span role="columnheader" class=${classes} aria-sort=${sorted}
      ><button type="button" tabindex=${tabIndex} @click=${() => this.#onSort(column)}>${column.label}</button></span
    >`;
  }

  #onSort(column: LaidColumn): void {
    this.#options.arrange(nextSort(this.#options.arrangement(), column.sort!));
  }

  readonly #onFocus = (event: FocusEvent): void => {
    const index = indexOf(event.target);
    if (index === null || index === this.#focused) return;
    this.#focused = index;
    this.#host.requestUpdate();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const index = indexOf(event.target);
    if (index === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step === undefined) return;
    const { columns } = this.#options.layout();
    if (event.shiftKey && Number.isFinite(step)) this.#resize(index, columns[index]!.widthPx + step * STEP_PX);
    else {
      const next = Math.max(0, Math.min(columns.length - 1, index + step));
      const head = headsOf(event.currentTarget as HTMLElement)[next + 1];
      (head?.querySelector('button') ?? head)?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #onMove = (event: PointerEvent): void => {
    if (this.#resizing !== null) {
      this.#resize(this.#resizing.index, this.#resizing.fromPx + event.clientX - this.#resizing.fromX);
      return;
    }
    const edge = edgeAt(event);
    headsOf(event.currentTarget as HTMLElement).forEach((head, place) => {
      head.classList.toggle('edge', edge !== null && place === edge + 1);
    });
  };

  readonly #onDown = (event: PointerEvent): void => {
    const index = edgeAt(event);
    if (index === null || event.button !== 0) return;
    const fromPx = this.#options.layout().columns[index]!.widthPx;
    this.#resizing = { index, fromX: event.clientX, fromPx };
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    event.preventDefault();
    this.#host.requestUpdate();
  };

  readonly #onUp = (): void => {
    if (this.#resizing === null) return;
    this.#resizing = null;
    this.#host.requestUpdate();
  };

  readonly #onDoubleClick = (event: MouseEvent): void => {
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

function headsOf(heads: HTMLElement): HTMLElement[] {
  return [...heads.querySelectorAll<HTMLElement>('[role="columnheader"]')];
}

/** The place of a head among the columns, from 0; null for what is none. */
function indexOf(target: EventTarget | null): number | null {
  const head = target instanceof Element ? target.closest<HTMLElement>('[role="columnheader"]') : null;
  const place = head === null ? 0 : headsOf(head.closest<HTMLElement>('.heads')!).indexOf(head);
  return place < 1 ? null : place - 1;
}

/** The column whose end the pointer is at: of the head under it, or of the one before. */
function edgeAt(event: MouseEvent): number | null {
  const index = indexOf(event.target);
  if (index === null) return null;
  const head = (event.target as Element).closest('[role="columnheader"]')!;
  const { left, right } = head.getBoundingClientRect();
  if (right - event.clientX <= EDGE_PX) return index;
  return event.clientX - left <= EDGE_PX && index > 0 ? index - 1 : null;
}
