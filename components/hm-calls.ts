import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Sort } from '../src/api/query.js';
import { CallParts } from '../src/parts/call-parts.js';
import { CallTable } from '../src/parts/call-table.js';
import type { CallsContext } from '../src/parts/calls-context.js';
import type { CallsView } from '../src/controllers/calls-pages.js';
import { CostStrip } from '../src/parts/cost-strip.js';
import { DaemonTask } from '../src/controllers/daemon-task.js';
import { defineElement } from '../src/controllers/define-element.js';
import { FilterField } from '../src/controllers/filter-field.js';
import { CallsScope } from '../src/controllers/calls-scope.js';
import { GoEvent } from '../src/view-events.js';
import { base } from '../src/styles/base.js';
import { callMarks } from '../src/styles/call-marks.js';
import { calls } from '../src/styles/calls.js';
import { filter as filterStyles } from '../src/styles/filter.js';
import { stripPlace } from '../src/styles/strip-place.js';
import { type Arrangement, describeArrangement, readArrangement } from '../src/view/call-arrangement.js';
import { renderCallsHead, renderFoot } from '../src/view/call-bars.js';
import { renderCallTotals } from '../src/view/call-totals.js';
import { clearFilter, loadFilterEditor, renderFilterBar } from '../src/view/filter-bar.js';
import { formatPlural } from '../src/view/format.js';
import { renderEmpty, renderStates } from '../src/view/states.js';

/**
 * Every call the daemon recorded, one row each, newest first: filtered, sorted and counted by the server, so that any
 * number of rows can be scrolled to. Choosing one shows its bodies in `<hm-body-viewer>`; choosing several compares them.
 *
 * @summary The calls, their tokens, cost and how they went.
 * @event {FilterEvent} hm-filter - The user changed the filter.
 * @event {SelectEvent} hm-select - The user chose calls.
 * @event {ViewEvent} hm-view - The user asked for other columns, another order or groups.
 * @event {GoEvent} hm-go - The user asked for another element by its keys.
 * @event {LoadEvent} hm-load - Rows are drawn.
 * @event {LoadErrorEvent} hm-error - Rows could not be had.
 * @csspart loading - Before the first answer.
 * @csspart empty - When no call matches.
 * @csspart error - When rows could not be had; what was drawn before stays below.
 * @csspart chip - One value of the filter.
 * @csspart totals - The sums above the table.
 * @csspart strip - What each call cost over time, above the table.
 * @csspart table - The box that scrolls.
 * @cssproperty [--hm-calls-height=588px] - Greatest height of the box that scrolls.
 */
export class HmCalls extends LitElement {
  static override properties = {
    daemon: {},
    filter: {},
    columns: {},
    sort: {},
    order: {},
    group: {},
    facetsWanted: { state: true },
    said: { state: true },
  };

  static override styles = [base, callMarks, calls, filterStyles, stripPlace];

  /** Base address of the API. Empty: the scope's, or the server this module came from. */
  daemon = '';

  /** The contract's filter as a query string: `project=acme&last=7d`. Names here are fixed; the user can't change them. */
  filter = '';

  /**
   * Columns in their order, `time,model:180,/max_tokens`: a name, with a width in pixels where it is to have one, or a
   * JSON Pointer into the request's body. Empty: as many as the width allows.
   */
  columns = '';

  /** What the rows are sorted by. */
  sort: Sort = 'requested_at';

  /** Direction of the sort. Calls without a value come last in both. */
  order: 'asc' | 'desc' = 'desc';

  /** What the calls are grouped by: `project`, `model`, `provider`, `status`, `day`, `machine`, `workdir`, or nothing. */
  group = '';

  private facetsWanted = false;
  /** For a screen reader. */
  private said = '';

  readonly #scope = new CallsScope(this, import.meta.url);
  readonly #field = new FilterField(this, this.#scope, loadFilterEditor);

  readonly #context: CallsContext = {
    host: this,
    scope: this.#scope,
    arrangement: () => this.#arrangement,
    arrange: (change, isSmall) => this.#scope.changeView(change, isSmall),
    columns: () => this.#arrangement.columns ?? this.#table.layout.columns.map(({ key }) => ({ key, widthPx: null })),
    total: () => this.#table.list.calls.data?.total,
    activeCall: () => this.#table.list.activeCall,
    redraw: () => this.#table.redraw(),
    say: (words) => (this.said = words),
  };

  readonly #table: CallTable = new CallTable(this, {
    ...this.#context,
    bodies: {
      readPointer: (pointer, call) =>
        this.#parts.bodies.value?.readPointer(pointer, call) ?? { text: '…', isMuted: true },
      readState: (call) => this.#parts.bodies.value?.readState(call),
    },
    openedElement: () => this.#parts.opened.value?.element ?? null,
    keys: () => (this.#parts.input.value ? 'j k x e / ?' : ''),
    seen: (calls) => this.#parts.seen(calls, this.#table.layout),
  });

  readonly #parts = new CallParts(this.#context, {
    openedId: () => this.#table.list.rows.openedId,
    close: () => this.#table.close(),
    reveal: () => this.#table.revealOpened(),
    callAt: (row) => this.#table.list.calls.data?.callAt(row),
    heads: { ...this.#context, state: this.#table.heads, layout: () => this.#table.layout },
    keys: {
      grid: () => this.#table.list.grid,
      pageRows: () => this.#table.list.window.pageRows,
      move: (rows) => this.#table.move(rows),
      choose: (withOthers) => this.#table.chooseActive(withOthers),
      clear: () => this.#table.chooseNone(),
      open: () => this.#table.toggleActive(),
      focusFilter: () => this.#field.focus(),
      help: () => void this.#parts.tools.load().then((tools) => tools?.showHelp()),
      go: (to) => this.dispatchEvent(new GoEvent(to)),
    },
  });

  readonly #facets = new DaemonTask(this, {
    args: () => [this.#scope.origin, this.#scope.asked],
    run: async ([origin, filter], signal) => {
      const { listFacets } = await import('../src/daemon/facets.js');
      return listFacets(origin, filter, signal);
    },
    when: () => this.facetsWanted,
    quiet: true,
  });

  readonly #strip = new CostStrip(this, {
    scope: this.#scope,
    isReady: () =>
      this.#table.list.calls.data !== undefined && !this.#table.list.calls.pending && !this.#table.list.calls.error,
    totals: () => this.#table.list.calls.data?.totals,
  });

  #told = '';

  get #arrangement(): Arrangement {
    return readArrangement(this.#scope.view, this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#dropOwnView(changed);
    const { data, pending } = this.#table.list.calls;
    if (this.#arrangement.group !== null) void this.#parts.groups.load();
    if (this.#table.list.rows.openedId !== null) void this.#parts.opened.load();
    const shown = `${data?.key} ${this.#arrangement.group}`;
    if (data === undefined || pending || shown === this.#told) return;
    this.#told = shown;
    this.said = `${describeArrangement(this.#arrangement)}, ${formatPlural(data.total, 'call')}.`;
  }

  /** Where the page's author sets a property after the user's choice, the author is the later one. */
  #dropOwnView(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) return;
    const names = (['columns', 'sort', 'order', 'group'] as const).filter((name) => changed.has(name));
    const stale = names.filter((name) => this.#scope.view[name] !== undefined);
    if (stale.length > 0) this.#scope.changeView(Object.fromEntries(stale.map((name) => [name, undefined])), true);
  }

  protected override render(): TemplateResult {
    const { data } = this.#table.list.calls;
    return html`<section aria-labelledby="title" aria-busy=${this.#table.list.calls.pending}>
      ${renderCallsHead({
        group: this.#arrangement.group,
        panel: this.#parts.tools.value?.panel,
        content: this.#parts.tools.value?.render(),
        groupBy: (group) => this.#scope.changeView({ group }),
        toggle: (panel, opener) => void this.#parts.tools.load().then((tools) => tools?.toggle(panel, opener)),
      })}
      ${this.#parts.renderErrors()}
      <p class="visually-hidden" role="status">${this.said}</p>
      ${renderFilterBar({
        filter: this.#scope.filter,
        fixed: this.#scope.fixed,
        facets: this.#facets.data,
        facetsError: this.#facets.error,
        timeZone: this.#scope.timeZone,
        field: this.#field,
        change: (change) => this.#scope.changeFilter(change),
        wantFacets: () => (this.facetsWanted = true),
        news: data !== undefined && data.newCalls > 0 ? this.#renderNews(data.newCalls) : nothing,
      })}
      ${renderStates(this.#table.list.calls, {
        what: 'calls',
        timeZone: this.#scope.timeZone,
        renderEmpty: ({ total }) => (total === 0 ? this.#renderEmpty() : null),
        renderData: (view) => this.#renderCalls(view),
      })}
    </section>`;
  }

  #renderNews(count: number): TemplateResult {
    return html`<button type="button" class="news" @click=${this.#table.showNews}>
      ${formatPlural(count, 'new call')}
    </button>`;
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

  #renderCalls(view: CallsView): TemplateResult {
    const { faults, group } = this.#arrangement;
    return html`${renderCallTotals(view.totals, this.#strip.comparison)} ${this.#strip.render()}
    ${faults.map((fault) => html`<p class="fault" role="alert">${fault}</p>`)}
    ${
      group === null
        ? html`${this.#table.render(view)}
          ${renderFoot({
            chosen: this.#scope.selection.length,
            note: this.#parts.tools.value?.note ?? '',
            copy: (format) => void this.#parts.tools.load().then((tools) => tools?.copy(format)),
          })}`
        : this.#parts.groups.value?.render()
    }`;
  }
}

defineElement('hm-calls', HmCalls);

declare global {
  interface HTMLElementTagNameMap {
    'hm-calls': HmCalls;
  }
}
