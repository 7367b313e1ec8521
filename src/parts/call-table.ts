import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Call } from '../daemon/calls.js';
import { type Arrangement, nextSort } from '../view/call-arrangement.js';
import { type HeadState, renderHeads } from '../view/call-heads.js';
import type { BodyReader } from '../view/call-columns.js';
import { type ColumnLayout, layOutColumns, printWidths } from '../view/call-layout.js';
import { formatCount } from '../view/format.js';
import { CallList, type UnderRow } from './call-list.js';
import { CallRows } from './call-rows.js';
import type { CallsView } from '../controllers/calls-pages.js';
import type { CallsScope } from '../controllers/calls-scope.js';

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: DocumentFragment | HTMLElement };

/** What the table is told by its element. */
interface Options {
  readonly scope: CallsScope;
  readonly arrangement: () => Arrangement;
  readonly arrange: (change: { sort?: string; order?: string; columns?: string }, isSmall?: boolean) => void;
  readonly bodies: BodyReader;
  /** Makes the columns known that were chosen, before rows are drawn. */
  readonly readColumns: () => Promise<unknown> | undefined;
  /** What stands under the open row, once it can be drawn. */
  readonly opened: () => UnderRow | undefined;
  /** Keys that work by now, as a screen reader tells them. */
  readonly keys: () => string;
  /** The rows that are drawn, whenever the table has come to rest; none while there is no table. */
  readonly seen: (calls: readonly Call[]) => void;
}

/** The grid bleeds into the margins by this much on each side, so that its text aligns with the heading. */
const BLEED_PX = 8;

/** A time as it stands in its column, and how wide that is in 13 px of Arial, with some air. */
const SAMPLE = '29 Nov 13:15:29';
const SAMPLE_PX = 98;

/** The table of calls: which are read, which are drawn and how wide. */
export class CallTable implements ReactiveController {
  layout: ColumnLayout;

  readonly list: CallList;
  readonly heads: HeadState = { focused: 0, resizing: null };

  readonly #host: Host;
  readonly #options: Options;
  readonly #drawn = new CallRows();
  readonly #sheet = new CSSStyleSheet();
  readonly #resize = new ResizeObserver(() => {
    this.#scale = measureLetters(this.#host);
    requestAnimationFrame(() => this.#host.requestUpdate());
  });
  #scale = 1;
  /** Rises when cells may read differently although their calls are the same. */
  #version = 0;
  #roomPx = 0;

  constructor(host: Host, options: Options) {
    this.#host = host;
    this.#options = options;
    this.layout = layOutColumns(null, 0, 0, options.bodies);
    host.addController(this);
    this.list = new CallList(host, {
      ...options,
      draw: (layer) => this.#draw(layer),
      moved: () => this.#tellRange(),
    });
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
    const width = this.#host.clientWidth;
    this.#roomPx = this.list.grid?.clientWidth ?? width + 2 * BLEED_PX;
    const { columns } = this.#options.arrangement();
    const layout = layOutColumns(columns, width, this.#roomPx, this.#options.bodies, this.#scale);
    if (layout.key !== this.layout.key) this.#sheet.replaceSync(printWidths(layout));
    this.layout = layout;
  }

  hostUpdated(): void {
    const { grid } = this.list;
    // A scroll bar that came or went changed the room.
    if (grid !== null && grid.clientWidth !== this.#roomPx) queueMicrotask(() => this.#host.requestUpdate());
    if (this.list.calls.data !== undefined) this.#options.seen(grid === null ? [] : this.list.listDrawn());
    this.#tellRange();
  }

  render(view: CallsView): TemplateResult {
    const { layout } = this;
    const { active } = this.list.rows;
    const isInWindow = active >= this.list.window.first && active < this.list.window.end;
    const arrangement = this.#options.arrangement();
    const isResized = arrangement.columns?.some(({ widthPx }) => widthPx !== null) ?? false;
    const isSideways = layout.widthPx > (this.list.grid?.clientWidth ?? Infinity);
    const classes = [layout.isNarrow && 'narrow', isResized && 'resized', isSideways && 'sideways'].filter(Boolean);
    return html`<div
      class="grid ${classes.join(' ')}"
      part="table"
      role="grid"
      tabindex="0"
      aria-labelledby="title"
      aria-rowcount=${view.total + 1}
      aria-multiselectable="true"
      aria-keyshortcuts=${this.#options.keys() || nothing}
      aria-activedescendant=${isInWindow ? `row-${active}` : nothing}
      @focus=${this.#onFocus}
    >
      ${renderHeads(layout.columns, arrangement, this.heads, (sort) => this.#options.arrange(nextSort(arrangement, sort)))}
      <div class="spacer" role="none">
        <div class="layer" role="rowgroup"></div>
      </div>
    </div>`;
  }

  #draw(layer: HTMLElement): void {
    const { scope } = this.#options;
    const { openedRow } = this.list;
    this.#drawn.draw(layer, {
      first: this.list.window.first,
      end: this.list.window.end,
      layout: this.layout,
      timeZone: scope.timeZone,
      active: this.list.rows.active,
      selection: scope.selection,
      openedRow,
      callAt: (row) => this.list.calls.data?.callAt(row),
      version: this.#version,
    });
    this.#options.opened()?.place(openedRow === null ? undefined : this.#drawn.elementOf(openedRow));
  }

  /** Which rows are in view, in words; its place in the template is empty, because a scroll writes it too. */
  #tellRange(): void {
    const range = this.#host.renderRoot.querySelector('.range');
    const total = this.list.calls.data?.total;
    if (range === null || total === undefined) return;
    const [first, last] = this.list.window.visible;
    range.textContent = `Rows ${formatCount(first + 1)}–${formatCount(last + 1)} of ${formatCount(total)}`;
  }

  /** Draws cells again that may read differently although their calls are the same. */
  redraw(): void {
    this.#version++;
    this.#host.requestUpdate();
  }

  readonly #onFocus = (): void => this.list.rows.hold(this.list.calls.data);

  /** Shows what arrived above the first row. */
  readonly showNews = (): void => {
    this.list.rows.restart(0);
    this.list.window.scrollToTop();
    this.list.calls.refresh();
  };
}

/** How much wider than those that the columns are made for the page's letters are; 1 where they are narrower. */
function measureLetters(element: HTMLElement): number {
  const { fontSize, fontFamily } = getComputedStyle(element);
  const context = document.createElement('canvas').getContext('2d')!;
  context.font = `${fontSize} ${fontFamily}`;
  return Math.max(1, context.measureText(SAMPLE).width / SAMPLE_PX);
}
