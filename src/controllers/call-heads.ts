import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { nextSort } from '../view/call-arrangement.js';
import type { LaidColumn } from '../view/call-layout.js';
import { findHead } from './head-places.js';
import type { HeadMoves, HeadOptions } from './head-moves.js';

/**
 * The heads of the calls table: one stop for Tab; a click or Enter sorts. What else is done to them is loaded when the
 * pointer or the focus comes to them.
 */
export class CallHeads {
  readonly #host: ReactiveControllerHost;
  readonly #options: HeadOptions;
  #focused = 0;
  #moves: HeadMoves | undefined;
  #loading: Promise<void> | undefined;

  constructor(host: ReactiveControllerHost, options: HeadOptions) {
    this.#host = host;
    this.#options = options;
  }

  render(): TemplateResult {
    const { columns } = this.#options.layout();
    const focused = Math.min(this.#focused, columns.length - 1);
    return html`<div
      class="heads"
      role="rowgroup"
      @keydown=${(event: KeyboardEvent) => this.#moves?.onKey(event)}
      @focusin=${this.#onFocus}
      @pointerenter=${this.#load}
      @pointermove=${(event: PointerEvent) => this.#moves?.onMove(event)}
      @pointerdown=${(event: PointerEvent) => this.#moves?.onDown(event)}
      @pointerup=${() => this.#moves?.onUp()}
      @pointercancel=${() => this.#moves?.onUp()}
      @dblclick=${(event: MouseEvent) => this.#moves?.onDoubleClick(event)}
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
    const classes = this.#moves?.resizing?.index === index ? `${column.classes} resizing` : column.classes;
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

  /** Without it heads still sort; the next visit tries again. */
  readonly #load = (): void => {
    this.#loading ??= import('./head-moves.js').then(
      ({ HeadMoves }) => {
        this.#moves = new HeadMoves({ ...this.#options, redraw: () => this.#host.requestUpdate() });
      },
      () => {
        this.#loading = undefined;
      },
    );
  };

  readonly #onFocus = (event: FocusEvent): void => {
    this.#load();
    const index = findHead(event.target);
    if (index === null || index === this.#focused) return;
    this.#focused = index;
    this.#host.requestUpdate();
  };
}
