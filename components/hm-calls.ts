import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { defineElement } from '../src/controllers/define-element.js';
import { CallsPages, type CallsView } from '../src/controllers/calls-pages.js';
import { DaemonTask } from '../src/controllers/daemon-task.js';
import { RowWindow } from '../src/controllers/row-window.js';
import { ScopeController } from '../src/controllers/scope.js';
import type { Filter } from '../src/api/filter.js';
import type { Sort } from '../src/api/query.js';
import { type Call, listFacets } from '../src/daemon/calls.js';
import { base } from '../src/styles/base.js';
import { callMarks } from '../src/styles/call-marks.js';
import { calls } from '../src/styles/calls.js';
import { CALL_COLUMNS, type CallColumn } from '../src/view/call-columns.js';
import { renderCallTotals } from '../src/view/call-totals.js';
import { renderFilterBar } from '../src/view/filter-bar.js';
import { clearFilter } from '../src/view/filter-words.js';
import { formatCount, formatPlural } from '../src/view/format.js';
import { renderEmpty, renderStates } from '../src/view/states.js';

/** Calls that can stand side by side, and their names in the table, the panes and the words about them. */
const LETTERS = ['A', 'B', 'C', 'D'];

/**
 * Every call the daemon recorded, one row each, newest first: filtered, sorted and counted by the server, so that any
 * number of rows can be scrolled to. Choosing one shows its bodies in `<hm-body-viewer>`; choosing several compares them.
 *
 * @summary The calls, their tokens, cost and how they went.
 * @event {FilterEvent} hm-filter - The user changed the filter.
 * @event {SelectEvent} hm-select - The user chose calls.
 * @event {LoadEvent} hm-load - Rows are drawn.
 * @event {LoadErrorEvent} hm-error - Rows could not be had.
 * @csspart loading - Before the first answer.
 * @csspart empty - When no call matches.
 * @csspart error - When rows could not be had; what was drawn before stays below.
 * @csspart chip - One value of the filter.
 * @csspart totals - The sums above the table.
 * @csspart table - The box that scrolls.
 * @cssproperty [--hm-calls-height=588px] - Greatest height of the box that scrolls.
 */
export class HmCalls extends LitElement {
  static override properties = {
    daemon: {},
    filter: {},
    sort: {},
    order: {},
    active: { state: true },
    facetsWanted: { state: true },
  };

  static override styles = [base, callMarks, calls];

  /** Base address of the API. Empty: the scope's, or the server this module came from. */
  daemon = '';

  /** The contract's filter as a query string: `project=acme&last=7d`. Names here are fixed; the user can't change them. */
  filter = '';

  /** What the rows are sorted by. */
  sort: Sort = 'requested_at';

  /** Direction of the sort. Calls without a value come last in both. */
  order: 'asc' | 'desc' = 'desc';

  /** Row that keys act on, from 0. */
  private active = 0;
  private facetsWanted = false;

  private get grid(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.grid');
  }

  private get spacer(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.spacer');
  }

  private get layer(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.layer');
  }

  readonly #scope = new ScopeController(this, import.meta.url);
  readonly #pages = new CallsPages();

  readonly #window = new RowWindow(this, {
    parts: () =>
      this.grid && this.spacer && this.layer ? { scroller: this.grid, spacer: this.spacer, layer: this.layer } : null,
    rowCount: () => this.#calls.data?.total ?? 0,
  });

  readonly #calls: DaemonTask<[Filter, Sort, 'asc' | 'desc', first: number, last: number], CallsView> = new DaemonTask(
    this,
    {
      args: () => [this.#scope.origin, this.#asked, this.sort, this.order, ...CallsPages.pagesOf(this.#window)],
      run: ([origin, filter, sort, order, firstPage, lastPage], signal, again) =>
        this.#pages.load(
          { origin, filter, sort, order },
          firstPage,
          lastPage,
          { again, hold: !this.#window.isAtTop },
          signal,
        ),
      live: true,
    },
  );

  readonly #facets = new DaemonTask(this, {
    args: () => [this.#scope.origin, this.#asked],
    run: ([origin, filter], signal) => listFacets(origin, filter, signal),
    when: () => this.facetsWanted,
    quiet: true,
  });

  get #asked(): Filter {
    return { ...this.#scope.filter, tz: this.#scope.timeZone };
  }

  /** Another filter is another list, read from its top. */
  protected override willUpdate(): void {
    const filter = JSON.stringify(this.#scope.filter);
    if (filter === this.#listed) return;
    this.#listed = filter;
    this.active = 0;
    this.#window.scrollToTop();
  }

  #listed = '{}';

  protected override render(): TemplateResult {
    const { data } = this.#calls;
    return html`<section aria-labelledby="title" aria-busy=${this.#calls.pending}>
      <div class="head">
        <h2 id="title">Calls</h2>
        <span class="context">one row per call the daemon recorded</span>
      </div>
      ${renderFilterBar({
        filter: this.#scope.filter,
        fixed: this.#scope.fixed,
        facets: this.#facets.data,
        timeZone: this.#scope.timeZone,
        change: (change) => this.#scope.changeFilter(change),
        wantFacets: () => (this.facetsWanted = true),
        news: data !== undefined && data.newCalls > 0 ? this.#renderNews(data.newCalls) : nothing,
      })}
      ${renderStates(this.#calls, {
        what: 'calls',
        timeZone: this.#scope.timeZone,
        renderEmpty: ({ total }) => (total === 0 ? this.#renderEmpty() : null),
        renderData: (view) => this.#renderTable(view),
      })}
    </section>`;
  }

  #renderNews(count: number): TemplateResult {
    return html`<button type="button" class="news" @click=${this.#onNews}>${formatPlural(count, 'new call')}</button>`;
  }

  #renderEmpty(): TemplateResult {
    const { filter, fixed } = this.#scope;
    if (Object.keys(filter).every((name) => name === 'tz')) {
      return renderEmpty('No calls yet. The first one that Halton Meter records stands here.');
    }
    const change = clearFilter(filter, fixed);
    if (Object.keys(change).length === 0) return renderEmpty('No calls match the filter of this page.');
    const onClear = (): void => this.#scope.changeFilter(change);
    return renderEmpty(
      'No calls match this filter.',
      html`<button type="button" class="button" @click=${onClear}>Clear filter</button>`,
    );
  }

  #renderTable(view: CallsView): TemplateResult {
    const rows = [];
    for (let row = this.#window.first; row < this.#window.end; row++) rows.push(this.#renderRow(view.callAt(row), row));
    const [first, last] = this.#window.visible;
    return html`${renderCallTotals(view.totals)}
      <div
        class="grid"
        part="table"
        role="grid"
        tabindex="0"
        aria-labelledby="title"
        aria-rowcount=${view.total + 1}
        aria-multiselectable="true"
        aria-activedescendant="row-${this.active}"
        @keydown=${this.#onKey}
      >
        <div class="heads" role="rowgroup">
          <div role="row" aria-rowindex="1">
            <span role="columnheader"><span class="visually-hidden">Chosen</span></span>
            ${CALL_COLUMNS.map((column) => this.#renderHead(column))}
          </div>
        </div>
        <div class="spacer" role="none"><div class="layer" role="rowgroup">${rows}</div></div>
      </div>
      <div class="foot">
        <span>Rows ${formatCount(first + 1)}–${formatCount(last + 1)} of ${formatCount(view.total)}</span>
        <span class="keys"
          ><kbd>j</kbd> <kbd>k</kbd> move &nbsp; <kbd>Enter</kbd> open &nbsp; <kbd>Space</kbd> choose several &nbsp;
          <kbd>Esc</kbd> close</span
        >
      </div>`;
  }

  #renderHead(column: CallColumn): TemplateResult {
    const sorted = column.sort === this.sort ? (this.order === 'asc' ? 'ascending' : 'descending') : nothing;
    return html`<span role="columnheader" class=${column.classes} aria-sort=${sorted}>
      ${
        column.sort
          ? html`<button type="button" @click=${() => this.#onSort(column.sort!)}>${column.label}</button>`
          : column.label
      }
    </span>`;
  }

  #renderRow(call: Call | undefined, row: number): TemplateResult {
    const isActive = row === this.active ? 'active' : '';
    if (call === undefined) {
      return html`<div role="row" id="row-${row}" class="waiting ${isActive}" aria-rowindex=${row + 2} aria-busy="true">
        <span role="gridcell"></span>
        ${CALL_COLUMNS.map(
          (column, index) =>
            html`<span role="gridcell" class=${column.classes}
              >${index === 0 ? `row ${formatCount(row + 1)}` : html`<span class="bar"></span>`}</span
            >`,
        )}
      </div>`;
    }
    const place = this.#scope.selection.indexOf(call.id);
    return html`<div
      role="row"
      id="row-${row}"
      class=${isActive}
      aria-rowindex=${row + 2}
      aria-selected=${place >= 0}
      @click=${(event: MouseEvent) => this.#onChoose(call, row, event)}
    >
      <span role="gridcell" class="choice"
        >${
          place >= 0
            ? html`<span class="letter">${LETTERS[place] ?? '+'}</span>`
            : html`<span class="box" aria-hidden="true"></span>`
        }</span
      >
      ${CALL_COLUMNS.map(
        (column) =>
          html`<span role="gridcell" class=${column.classes}>${column.cell(call, this.#scope.timeZone)}</span>`,
      )}
    </div>`;
  }

  #onSort(sort: Sort): void {
    if (this.sort === sort) this.order = this.order === 'asc' ? 'desc' : 'asc';
    else {
      this.sort = sort;
      this.order = 'desc';
    }
    this.active = 0;
    this.#window.scrollToTop();
  }

  readonly #onNews = (): void => {
    this.active = 0;
    this.#window.scrollToTop();
    this.#calls.refresh();
  };

  #onChoose(call: Call, row: number, event: MouseEvent): void {
    this.active = row;
    const isBox = event.target instanceof Element && event.target.closest('.choice') !== null;
    this.#choose(call, isBox || event.ctrlKey || event.metaKey || event.shiftKey);
  }

  /** Alone, a call replaces what was chosen, or leaves; with others it is added, up to four, or leaves. */
  #choose(call: Call, withOthers: boolean): void {
    const chosen = this.#scope.selection;
    const others = chosen.filter((id) => id !== call.id);
    const isChosen = others.length < chosen.length;
    if (withOthers) this.#scope.select(isChosen ? others : [...others, call.id].slice(-LETTERS.length));
    else this.#scope.select(isChosen && others.length === 0 ? [] : [call.id]);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.grid) return;
    const last = (this.#calls.data?.total ?? 0) - 1;
    const steps: Record<string, number> = {
      ArrowDown: 1,
      j: 1,
      ArrowUp: -1,
      k: -1,
      PageDown: this.#window.pageRows,
      PageUp: -this.#window.pageRows,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    const call = this.#calls.data?.callAt(this.active);
    if (step !== undefined) {
      this.active = Math.max(0, Math.min(last, this.active + step));
      this.#window.reveal(this.active);
    } else if (event.key === 'Escape' && this.#scope.selection.length > 0) this.#scope.select([]);
    else if (event.key === 'Enter' && call) this.#choose(call, false);
    else if (event.key === ' ' && call) this.#choose(call, true);
    else return;
    event.preventDefault();
  };
}

defineElement('hm-calls', HmCalls);

declare global {
  interface HTMLElementTagNameMap {
    'hm-calls': HmCalls;
  }
}
