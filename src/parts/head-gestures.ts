import { css, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import * as t from '../styles/tokens.js';
import type { Arrangement } from '../view/call-arrangement.js';
import type { HeadState } from '../view/call-heads.js';
import type { ColumnLayout } from '../view/call-layout.js';
import { clampWidth } from '../view/chosen-columns.js';
import { printColumns } from '../view/column-choices.js';

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: DocumentFragment | HTMLElement };

export interface HeadOptions {
  readonly state: HeadState;
  readonly layout: () => ColumnLayout;
  readonly arrangement: () => Arrangement;
  readonly arrange: (change: { columns: string }, isSmall: boolean) => void;
}

const styles = css`
  /* Its end is where a column is taken to be made wider. */
  .heads .edge,
  .heads .resizing {
    cursor: col-resize;
    box-shadow: inset -2px 0 ${t.lineStrong};
  }
  .heads .resizing {
    box-shadow: inset -2px 0 ${t.accent};
  }
`;

/** How near to its end a head is taken to be resized, and how far one key goes. */
const EDGE_PX = 7;
const STEP_PX = 10;

/**
 * What is done to the heads of the calls table but a click: arrows go from head to head; an end that is dragged, or Shift
 * with an arrow, gives the column another width, and a double click takes that back.
 */
export class HeadGestures implements ReactiveController {
  readonly #host: Host;
  readonly #options: HeadOptions;
  readonly #listeners: readonly (readonly [type: string, listener: (event: Event) => void])[];
  #dragged = { fromX: 0, fromPx: 0 };

  constructor(host: Host, options: HeadOptions) {
    this.#host = host;
    this.#options = options;
    this.#listeners = [
      ['keydown', (event) => this.#onKey(event as KeyboardEvent)],
      ['focusin', (event) => this.#onFocus(event)],
      ['pointermove', (event) => this.#onMove(event as PointerEvent)],
      ['pointerdown', (event) => this.#onDown(event as PointerEvent)],
      ['pointerup', () => this.#onUp()],
      ['pointercancel', () => this.#onUp()],
      ['dblclick', (event) => this.#onDoubleClick(event as MouseEvent)],
    ];
    adoptSheet(host.renderRoot, styles);
    host.addController(this);
  }

  hostConnected(): void {
    for (const [type, listener] of this.#listeners) this.#host.renderRoot.addEventListener(type, listener);
  }

  hostDisconnected(): void {
    for (const [type, listener] of this.#listeners) this.#host.renderRoot.removeEventListener(type, listener);
  }

  #onFocus(event: Event): void {
    const index = indexOf(event.target);
    if (index === null || index === this.#options.state.focused) return;
    this.#options.state.focused = index;
    this.#host.requestUpdate();
  }

  #onKey(event: KeyboardEvent): void {
    const index = indexOf(event.target);
    if (index === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step === undefined) return;
    const { columns } = this.#options.layout();
    if (event.shiftKey && Number.isFinite(step)) this.#resize(index, columns[index]!.widthPx + step * STEP_PX);
    else {
      const next = Math.max(0, Math.min(columns.length - 1, index + step));
      const head = headsOf(event.target as Element)[next + 1];
      (head?.querySelector('button') ?? head)?.focus();
    }
    event.preventDefault();
  }

  #onMove(event: PointerEvent): void {
    const { state } = this.#options;
    if (state.resizing !== null) {
      this.#resize(state.resizing, this.#dragged.fromPx + event.clientX - this.#dragged.fromX);
      return;
    }
    const edge = edgeAt(event);
    for (const head of this.#host.renderRoot.querySelectorAll('.heads .edge')) head.classList.remove('edge');
    if (edge !== null) headsOf(event.target as Element)[edge + 1]?.classList.add('edge');
  }

  #onDown(event: PointerEvent): void {
    const index = edgeAt(event);
    if (index === null || event.button !== 0) return;
    this.#dragged = { fromX: event.clientX, fromPx: this.#options.layout().columns[index]!.widthPx };
    this.#options.state.resizing = index;
    (event.target as Element).closest('.heads')!.setPointerCapture(event.pointerId);
    event.preventDefault();
    this.#host.requestUpdate();
  }

  #onUp(): void {
    if (this.#options.state.resizing === null) return;
    this.#options.state.resizing = null;
    this.#host.requestUpdate();
  }

  #onDoubleClick(event: MouseEvent): void {
    const index = edgeAt(event);
    if (index !== null) this.#resize(index, null);
  }

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

/** All heads, that of the boxes first. */
function headsOf(target: Element): HTMLElement[] {
  return [...target.closest('.heads')!.querySelectorAll<HTMLElement>('[role="columnheader"]')];
}

/** The place of a head among the columns, from 0; null for what is none. */
function indexOf(target: EventTarget | null): number | null {
  const head = target instanceof Element ? target.closest<HTMLElement>('.heads [role="columnheader"]') : null;
  const place = head === null ? 0 : headsOf(head).indexOf(head);
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
