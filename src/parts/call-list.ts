import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Filter } from '../api/filter.js';
import type { Sort } from '../api/query.js';
import type { Call } from '../daemon/calls.js';
import type { Arrangement, Order } from '../view/call-arrangement.js';
import { CallsPages, type CallsView } from '../controllers/calls-pages.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import { FollowedRows, followRow } from './followed-rows.js';
import { RowWindow } from '../controllers/row-window.js';
import type { CallsScope } from '../controllers/calls-scope.js';
import { type Place, ScrollPlace } from '../controllers/scroll-place.js';

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: DocumentFragment | HTMLElement };

/** What stands under a row. */
export interface UnderRow {
  /** 0 until it is drawn. */
  readonly heightPx: number;
  /** Stands under a row that is drawn, or nowhere. */
  place(row: HTMLElement | undefined): void;
}

interface Options {
  readonly scope: CallsScope;
  readonly arrangement: () => Arrangement;
  /** What stands under the open row, once it can be drawn. */
  readonly opened: () => UnderRow | undefined;
  /** Puts the rows of the window into the layer. */
  readonly draw: (layer: HTMLElement) => void;
  /** What has to be there before rows are drawn. */
  readonly readColumns: () => Promise<unknown> | undefined;
  /** The rows were scrolled. */
  readonly moved: () => void;
}

/**
 * Which calls the table has: what is asked for, what came, which rows of it are in view, and where the reader is, also
 * after a reload, a step back, or when calls arrive.
 */
export class CallList implements ReactiveController {
  readonly rows = new FollowedRows();
  readonly window: RowWindow;
  readonly calls: DaemonTask<[Filter, Sort, Order, first: number, last: number], CallsView>;

  readonly #host: Host;
  readonly #options: Options;
  readonly #pages = new CallsPages();
  readonly #place: ScrollPlace;
  #asked = '';
  #followed: CallsView | undefined;
  /** The place that this list is brought to once its first rows are there. */
  #restored: Place | null = null;
  #seenPages = '';

  constructor(host: Host, options: Options) {
    this.#host = host;
    this.#options = options;
    this.#place = new ScrollPlace(host, () => this.#readPlace());
    // Before the window, and that before the task: the rows in view depend on what is followed, the pages on the rows.
    host.addController(this);
    this.window = new RowWindow(host, {
      parts: () => this.#parts,
      rowCount: () => (this.#restored ?? this.calls.data)?.total ?? 0,
      gap: () => {
        const { openedRow: row } = this;
        return row === null ? null : { row, under: options.opened()! };
      },
      draw: options.draw,
      moved: () => this.#onMoved(),
    });
    this.calls = new DaemonTask(host, {
      args: () => {
        const { sort, order } = options.arrangement();
        return [options.scope.origin, options.scope.asked, sort, order, ...CallsPages.pagesOf(this.window)];
      },
      run: async ([origin, filter, sort, order], signal, again) => {
        const { first, end, isAtTop } = this.window;
        const question = { origin, filter, sort, order };
        const [view] = await Promise.all([
          this.#pages.load(question, { first, end }, { again, hold: !isAtTop }, signal),
          options.readColumns(),
        ]);
        return view;
      },
      live: true,
    });
  }

  hostUpdate(): void {
    const { sort, order } = this.#options.arrangement();
    const asked = JSON.stringify([this.#options.scope.asked, sort, order]);
    if (asked !== this.#asked) this.#start(asked);
    if (this.calls.data !== this.#followed) this.#follow();
  }

  get grid(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('.grid');
  }

  get #parts(): { scroller: HTMLElement; spacer: HTMLElement; layer: HTMLElement } | null {
    const scroller = this.grid;
    const [spacer, layer] = ['.spacer', '.layer'].map((name) => scroller?.querySelector<HTMLElement>(name));
    return scroller && spacer && layer ? { scroller, spacer, layer } : null;
  }

  /** The open row, once what stands under it can be drawn. */
  get openedRow(): number | null {
    return this.rows.openedId === null || this.#options.opened() === undefined ? null : this.rows.openedRow;
  }

  get activeCall(): Call | undefined {
    return this.calls.data?.callAt(this.rows.active);
  }

  /** Another filter or order is another list, read from its top, or from where it was left. */
  #start(asked: string): void {
    this.#asked = asked;
    this.#restored = this.#place.find(asked);
    this.rows.restart(this.#restored?.active ?? 0);
    this.window.standAt(this.#restored?.row ?? 0, this.#restored?.offsetPx);
  }

  /** Keeps the active row, the open one and the first one in view on their calls. */
  #follow(): void {
    const before = this.#followed;
    const now = this.calls.data!;
    const { sort, order } = this.#options.arrangement();
    this.#followed = now;
    const arrivedSince = (then: { readonly total: number; readonly late?: number }): number =>
      sort === 'requested_at' && order === 'desc' ? now.total - now.late - (then.total - (then.late ?? 0)) : 0;
    if (this.#restored !== null) {
      const { row, offsetPx, total, active } = this.#restored;
      this.#restored = null;
      // Who read the newest calls reads the newest again.
      const arrived = row + offsetPx > 0 ? arrivedSince({ total }) : 0;
      this.rows.restart(Math.max(0, active + arrived));
      this.window.standAt(Math.max(0, row + arrived), offsetPx);
    }
    if (before?.key !== now.key) return;
    const { row, offsetPx } = this.window.place;
    const top = followRow(now, row, before.callAt(row)?.id, arrivedSince(before));
    this.rows.follow(now, arrivedSince(before));
    if (!this.window.isAtTop && top !== row) this.window.standAt(top, offsetPx);
  }

  #readPlace(): Place | null {
    const total = this.calls.data?.total;
    if (total === undefined || this.grid === null) return null;
    return { key: this.#asked, ...this.window.place, total, active: this.rows.active };
  }

  /** In every frame of a scroll: the element itself is drawn again only for pages that are not there yet, or at rest. */
  #onMoved(): void {
    const pages = CallsPages.pagesOf(this.window).join();
    if (pages !== this.#seenPages) this.#host.requestUpdate();
    this.#seenPages = pages;
    this.#options.moved();
    this.#place.moved(() => this.#host.requestUpdate());
  }

  /** The calls whose rows are drawn. */
  listDrawn(): Call[] {
    const calls: Call[] = [];
    for (let row = this.window.first; row < this.window.end; row++) {
      const call = this.calls.data?.callAt(row);
      if (call !== undefined) calls.push(call);
    }
    return calls;
  }
}
