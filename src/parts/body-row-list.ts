import { html, type LitElement, render, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { Rows } from '../bodies/worker/rows.js';
import { RowWindow } from '../controllers/row-window.js';

const SLICE_ROWS = 100;

interface Options<T> {
  readonly count: () => number;
  readonly ask: (from: number, to: number, signal: AbortSignal) => Promise<Rows<T>>;
  /** One element of the height of all others; of a row that is still being asked for, without its data. */
  readonly renderRow: (row: T | undefined, index: number) => TemplateResult;
  /** Attributes and listeners of the box that scrolls, around what is given. */
  readonly renderBox: (content: TemplateResult, box: ReturnType<typeof ref>) => TemplateResult;
  /** Other rows are on the screen. */
  readonly drawn?: (first: number, end: number) => void;
}

/** Rows that the worker holds, as many as there may be: those in view are asked for and drawn, all equally tall. */
export class BodyRowList<T> {
  readonly window: RowWindow;

  readonly #host: LitElement;
  readonly #options: Options<T>;
  readonly #box = createRef<HTMLElement>();
  readonly #layer = createRef<HTMLElement>();
  readonly #rows = new Map<number, T>();
  readonly #asked = new Set<number>();
  /** Slices that were not whole when they came, with how many rows there were to be then. */
  readonly #short = new Map<number, number>();
  #asking = new AbortController();

  constructor(host: LitElement, options: Options<T>) {
    this.#host = host;
    this.#options = options;
    this.window = new RowWindow(host, {
      parts: () => {
        const [scroller, layer] = [this.#box.value, this.#layer.value];
        const spacer = layer?.parentElement;
        return scroller && layer && spacer ? { scroller, spacer, layer } : null;
      },
      rowCount: options.count,
      draw: () => this.redraw(),
    });
  }

  get box(): HTMLElement | undefined {
    return this.#box.value;
  }

  /** Undefined: not read yet. */
  row(index: number): T | undefined {
    return this.#rows.get(index);
  }

  render(end: unknown): TemplateResult {
    return this.#options.renderBox(
      html`<div class="spacer" role="none"><div class="layer" role="none" ${ref(this.#layer)}></div></div>
        ${end}`,
      ref(this.#box),
    );
  }

  /** Asks for the rows in view once more: they may be others now. What was drawn stays until they are here. */
  async refresh(): Promise<void> {
    this.#asking.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#asked.clear();
    this.#short.clear();
    const { first, end } = this.window;
    const from = Math.floor(first / SLICE_ROWS) * SLICE_ROWS;
    try {
      const { rows } = await this.#options.ask(from, Math.max(end, from + SLICE_ROWS), asking.signal);
      if (asking.signal.aborted) return;
      this.#rows.clear();
      rows.forEach((row, index) => this.#rows.set(from + index, row));
      // What is only partly here is asked for again when it is reached.
      for (let at = from; at + SLICE_ROWS <= from + rows.length; at += SLICE_ROWS) this.#asked.add(at);
    } catch (error) {
      if (!asking.signal.aborted) throw error;
    }
    this.#host.requestUpdate();
  }

  redraw(): void {
    const layer = this.#layer.value;
    if (layer === undefined) return;
    const { first, end } = this.window;
    const shown: TemplateResult[] = [];
    for (let index = first; index < Math.min(end, this.#options.count()); index++) {
      shown.push(this.#options.renderRow(this.#rows.get(index), index));
    }
    render(shown, layer, { host: this.#host });
    this.#want(first, end);
    this.#options.drawn?.(first, end);
  }

  /** No more is drawn or asked for. */
  end(): void {
    this.#asking.abort();
    this.window.hostDisconnected();
    this.#host.removeController(this.window);
  }

  #want(first: number, end: number): void {
    for (let from = Math.floor(first / SLICE_ROWS) * SLICE_ROWS; from < end; from += SLICE_ROWS) {
      const short = this.#short.get(from);
      // While a body is read or wrapped anew, more rows come later.
      if (!this.#asked.has(from) || (short !== undefined && short !== this.#options.count())) void this.#ask(from);
    }
  }

  async #ask(from: number): Promise<void> {
    const { signal } = this.#asking;
    this.#asked.add(from);
    this.#short.delete(from);
    try {
      const { rows } = await this.#options.ask(from, from + SLICE_ROWS, signal);
      if (signal.aborted) return;
      rows.forEach((row, index) => this.#rows.set(from + index, row));
      if (rows.length < SLICE_ROWS) this.#short.set(from, this.#options.count());
    } catch {
      // The body was closed, or is asked for anew: the rows go with it.
      return;
    }
    this.redraw();
  }
}
