import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Filter } from '../api/filter.js';
import type { Sort } from '../api/query.js';
import type { Call } from '../daemon/calls.js';
import type { Arrangement, Order } from '../view/call-arrangement.js';
import { type BodyReader, type ColumnLayout, layOutColumns, printWidths } from '../view/call-layout.js';
import { formatCount } from '../view/format.js';
import { CallHeads } from './call-heads.js';
import { CallRows, LETTERS } from './call-rows.js';
import { CallsPages, type CallsView } from './calls-pages.js';
import { DaemonTask } from './daemon-task.js';
import { RowWindow } from './row-window.js';
import type { CallsScope } from './calls-scope.js';
import { type Place, ScrollPlace } from './scroll-place.js';

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: DocumentFragment | HTMLElement };

/** What the table is told by its element. */
interface Options {
  readonly scope: CallsScope;
  readonly arrangement: () => Arrangement;
  readonly arrange: (change: { sort?: string; order?: string; columns?: string }, isSmall?: boolean) => void;
  readonly bodies: BodyReader;
  /** What stands under the open row, once it can be drawn. */
  readonly openedElement: () => HTMLElement | null;
  /** The rows that are drawn, whenever the table has come to rest. */
  readonly seen: (calls: readonly Call[]) => void;
}

/** The grid bleeds into the margins by this much on each side, so that its text aligns with the heading. */
const BLEED_PX = 8;

/**
 * The table of calls: which rows are read, which are drawn, which one keys act on, which one is open. The last two are
 * calls, not places: they keep to their call when others arrive above it.
 */
export class CallTable implements ReactiveController {
  /** Row that keys act on, from 0. */
  active = 0;
  /** Id of the call whose row is open. */
  openedId: string | null = null;
  layout: ColumnLayout;

  readonly calls: DaemonTask<[Filter, Sort, Order, first: number, last: number], CallsView>;
  readonly window: RowWindow;

  readonly #host: Host;
  readonly #options: Options;
  readonly #pages = new CallsPages();
  readonly #rows = new CallRows();
  readonly #heads: CallHeads;
  readonly #place: ScrollPlace;
  readonly #sheet = new CSSStyleSheet();
  readonly #resize = new ResizeObserver(() => requestAnimationFrame(() => this.#host.requestUpdate()));
  /** Rises when cells may read differently although their calls are the same. */
  #version = 0;
  #asked = '';
  #roomPx = 0;
  #followed: CallsView | undefined;
  /** The place that this list is brought to once its first rows are there. */
  #restored: Place | null = null;
  /** Id of the active call; undefined where it isn't known yet, null while nobody chose one. */
  #activeId: string | undefined | null = null;
  #openedRow = 0;
  #seenPages = '';

  constructor(host: Host, options: Options) {
    this.#host = host;
    this.#options = options;
    this.layout = layOutColumns(null, 0, 0, options.bodies);
    this.#place = new ScrollPlace(host, () => this.#readPlace());
    this.#heads = new CallHeads(host, { ...options, layout: () => this.layout });
    // Before the window and the task, whose questions depend on what is followed here.
    host.addController(this);
    this.window = new RowWindow(host, {
      parts: () => this.#parts,
      rowCount: () => this.calls.data?.total ?? this.#restored?.total ?? 0,
      gap: () => (this.#openedElement === null ? null : { row: this.#openedRow, element: this.#openedElement }),
      draw: (layer) => this.#draw(layer),
      moved: () => this.#onMoved(),
    });
    this.calls = new DaemonTask(host, {
      args: () => [options.scope.origin, this.asked, this.sort, this.order, ...CallsPages.pagesOf(this.window)],
      run: ([origin, filter, sort, order, firstPage, lastPage], signal, again) => {
        const hold = !this.window.isAtTop;
        return this.#pages.load({ origin, filter, sort, order }, firstPage, lastPage, { again, hold }, signal);
      },
      live: true,
    });
  }

  get asked(): Filter {
    return { ...this.#options.scope.filter, tz: this.#options.scope.timeZone };
  }

  get sort(): Sort {
    return this.#options.arrangement().sort;
  }

  get order(): Order {
    return this.#options.arrangement().order;
  }

  get grid(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('.grid');
  }

  get activeCall(): Call | undefined {
    return this.calls.data?.callAt(this.active);
  }

  hostConnected(): void {
    this.#resize.observe(this.#host);
    const root = this.#host.renderRoot;
    if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(this.#sheet)) {
      root.adoptedStyleSheets.push(this.#sheet);
    }
  }

  hostDisconnected(): void {
    this.#resize.disconnect();
  }

  hostUpdate(): void {
    const asked = JSON.stringify([this.#options.scope.filter, this.sort, this.order]);
    if (asked !== this.#asked) this.#startList(asked);
    if (this.calls.data !== this.#followed) this.#follow();
    const width = this.#host.clientWidth;
    this.#roomPx = this.grid?.clientWidth ?? width + 2 * BLEED_PX;
    const { columns } = this.#options.arrangement();
    const layout = layOutColumns(columns, width, this.#roomPx, this.#options.bodies);
    if (layout.key !== this.layout.key) this.#sheet.replaceSync(printWidths(layout));
    this.layout = layout;
  }

  hostUpdated(): void {
    // A scroll bar that came or went changed the room.
    if (this.grid !== null && this.grid.clientWidth !== this.#roomPx) this.#host.requestUpdate();
    this.#tellSeen();
    this.#tellRange();
  }

  /** Another filter or order is another list, read from its top, or from where it was left. */
  #startList(asked: string): void {
    this.#asked = asked;
    this.#activeId = null;
    this.openedId = null;
    this.#restored = this.#place.find(asked);
    this.active = this.#restored?.active ?? 0;
    this.window.standAt(this.#restored?.row ?? 0, this.#restored?.offsetPx);
  }

  /** Keeps the active row, the open one and the first one in view on their calls. */
  #follow(): void {
    const before = this.#followed;
    const now = this.calls.data!;
    this.#followed = now;
    const arrivedSince = (total: number): number =>
      this.sort === 'requested_at' && this.order === 'desc' ? now.total - total : 0;
    if (this.#restored !== null) {
      const { row, offsetPx, total, active } = this.#restored;
      this.#restored = null;
      this.active = Math.max(0, active + arrivedSince(total));
      this.window.standAt(Math.max(0, row + arrivedSince(total)), offsetPx);
    }
    if (before?.key !== now.key) return;
    const follow = (row: number, id: string | null | undefined): number => {
      if (id === null || id === undefined || now.callAt(row)?.id === id) return row;
      return now.rowOf(id) ?? Math.max(0, row + arrivedSince(before.total));
    };
    const { row, offsetPx } = this.window.place;
    const top = follow(row, before.callAt(row)?.id);
    this.active = Math.max(0, Math.min(now.total - 1, follow(this.active, this.#activeId)));
    if (this.#activeId === undefined) this.#activeId = this.activeCall?.id;
    if (this.openedId !== null) {
      this.#openedRow = follow(this.#openedRow, this.openedId);
      const found = now.callAt(this.#openedRow);
      if (found !== undefined && found.id !== this.openedId) this.openedId = null;
    }
    if (!this.window.isAtTop && top !== row) this.window.standAt(top, offsetPx);
  }

  get #parts(): { scroller: HTMLElement; spacer: HTMLElement; layer: HTMLElement } | null {
    const root = this.#host.renderRoot;
    const [scroller, spacer, layer] = ['.grid', '.spacer', '.layer'].map((name) =>
      root.querySelector<HTMLElement>(name),
    );
    return scroller && spacer && layer ? { scroller, spacer, layer } : null;
  }

  get #openedElement(): HTMLElement | null {
    return this.openedId === null ? null : this.#options.openedElement();
  }

  #readPlace(): Place | null {
    const total = this.calls.data?.total;
    if (total === undefined || this.grid === null) return null;
    return { key: this.#asked, ...this.window.place, total, active: this.active };
  }

  render(view: CallsView): TemplateResult {
    const { layout } = this;
    const isInWindow = this.active >= this.window.first && this.active < this.window.end;
    const isResized = this.#options.arrangement().columns?.some(({ widthPx }) => widthPx !== null) ?? false;
    const isSideways = layout.widthPx > (this.grid?.clientWidth ?? Infinity);
    const classes = [layout.isNarrow && 'narrow', isResized && 'resized', isSideways && 'sideways'].filter(Boolean);
    return html`<div
      class="grid ${classes.join(' ')}"
      part="table"
      role="grid"
      tabindex="0"
      aria-labelledby="title"
      aria-rowcount=${view.total + 1}
      aria-multiselectable="true"
      aria-activedescendant=${isInWindow ? `row-${this.active}` : nothing}
      @focus=${this.#onFocus}
    >
      ${this.#heads.render()}
      <div class="spacer" role="none">
        <div class="layer" role="rowgroup" @click=${this.#onClick} @pointerover=${this.#onPointerOver}></div>
      </div>
    </div>`;
  }

  #draw(layer: HTMLElement): void {
    const { scope } = this.#options;
    const element = this.#openedElement;
    this.#rows.draw(layer, {
      first: this.window.first,
      end: this.window.end,
      layout: this.layout,
      timeZone: scope.timeZone,
      active: this.active,
      selection: scope.selection,
      opened: element === null ? null : { row: this.#openedRow, element },
      callAt: (row) => this.calls.data?.callAt(row),
      version: this.#version,
    });
  }

  /** In every frame of a scroll: the element itself is drawn again only for pages that are not there yet, or at rest. */
  #onMoved(): void {
    const pages = CallsPages.pagesOf(this.window).join();
    if (pages !== this.#seenPages) this.#host.requestUpdate();
    this.#seenPages = pages;
    this.#tellRange();
    this.#place.moved(() => this.#host.requestUpdate());
  }

  /** Which rows are in view, in words; its place in the template is empty, because a scroll writes it too. */
  #tellRange(): void {
    const range = this.#host.renderRoot.querySelector('.range');
    const total = this.calls.data?.total;
    if (range === null || total === undefined) return;
    const [first, last] = this.window.visible;
    range.textContent = `Rows ${formatCount(first + 1)}–${formatCount(last + 1)} of ${formatCount(total)}`;
  }

  #tellSeen(): void {
    const { data } = this.calls;
    const calls: Call[] = [];
    if (this.grid !== null && data !== undefined) {
      for (let row = this.window.first; row < this.window.end; row++) {
        const call = data.callAt(row);
        if (call !== undefined) calls.push(call);
      }
    }
    this.#options.seen(calls);
  }

  /** Draws cells again that may read differently although their calls are the same. */
  redraw(): void {
    this.#version++;
    this.#host.requestUpdate();
  }

  /** Moves to another row and shows it. */
  goTo(row: number): void {
    const last = (this.calls.data?.total ?? 0) - 1;
    this.active = Math.max(0, Math.min(last, row));
    this.#activeId = this.activeCall?.id;
    this.window.reveal(this.active);
    this.#host.requestUpdate();
  }

  readonly #onFocus = (): void => {
    if (this.#activeId === null) this.#activeId = this.activeCall?.id;
  };

  /** Shows what arrived above the first row. */
  readonly showNews = (): void => {
    this.active = 0;
    this.#activeId = null;
    this.window.scrollToTop();
    this.calls.refresh();
  };

  /** Opens the active row, or closes it. */
  toggleActive(): void {
    const call = this.activeCall;
    if (call === undefined) return;
    this.openedId = this.openedId === call.id ? null : call.id;
    this.#openedRow = this.active;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => this.window.reveal(this.active));
  }

  /** Closes the open row, and takes the focus back. */
  close(): void {
    this.openedId = null;
    this.grid?.focus({ preventScroll: true });
    this.#host.requestUpdate();
  }

  /** Alone, a call replaces what was chosen, or leaves; with others it is added, up to four, or leaves. */
  chooseActive(withOthers: boolean): void {
    const call = this.activeCall;
    if (call === undefined) return;
    const { scope } = this.#options;
    const others = scope.selection.filter((id) => id !== call.id);
    const isChosen = others.length < scope.selection.length;
    if (withOthers) scope.select(isChosen ? others : [...others, call.id].slice(-LETTERS.length));
    else scope.select(isChosen && others.length === 0 ? [] : [call.id]);
  }

  readonly #onClick = (event: MouseEvent): void => {
    if (!(event.target instanceof Element)) return;
    const row = event.target.closest('.layer > [aria-rowindex]');
    if (row === null || event.target.closest('.opened') !== null) return;
    this.active = Number(row.getAttribute('aria-rowindex')) - 2;
    this.#activeId = this.activeCall?.id;
    if (event.target.closest('.arrow') !== null) this.toggleActive();
    else {
      const isBox = event.target.closest('.choice') !== null;
      this.chooseActive(isBox || event.ctrlKey || event.metaKey || event.shiftKey);
    }
    this.#host.requestUpdate();
  };

  readonly #onPointerOver = (event: PointerEvent): void => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="gridcell"]') : null;
    if (cell !== null) this.#rows.describe(cell, { layout: this.layout, timeZone: this.#options.scope.timeZone });
  };
}
