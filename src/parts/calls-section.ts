import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import type { CallsView } from '../controllers/calls-pages.js';
import type { CallsScope } from '../controllers/calls-scope.js';
import { calls } from '../styles/calls.js';
import { filter as filterStyles } from '../styles/filter.js';
import { stripPlace } from '../styles/strip-place.js';
import { visuallyHidden } from '../styles/visually-hidden.js';
import { type Arrangement, describeArrangement, readArrangement } from '../view/call-arrangement.js';
import { renderCallsHead } from '../view/call-bars.js';
import { renderCallTotals } from '../view/call-totals.js';
import { clearFilter } from '../view/filter-frame.js';
import { formatPlural } from '../view/format.js';
import { renderEmpty, renderStates } from '../view/states.js';
import { CallParts } from './call-parts.js';
import { CallTable } from './call-table.js';
import type { CallsContext } from './calls-context.js';
import { CostStrip } from './cost-strip.js';
import { FilterRoom } from './filter-room.js';

/** The element, with how its author wants calls to be shown. */
type Host = ReactiveControllerHost &
  HTMLElement & {
    readonly renderRoot: DocumentFragment | HTMLElement;
    readonly columns: string;
    readonly sort: string;
    readonly order: string;
    readonly group: string;
  };

/** All that `<hm-calls>` draws: head, filter, sums, strip and table. Loaded when the element is nearly in view. */
export class CallsSection implements ReactiveController {
  readonly #host: Host;
  readonly #scope: CallsScope;
  readonly #filter: FilterRoom;
  readonly #table: CallTable;
  readonly #parts: CallParts;
  readonly #strip: CostStrip;
  /** For a screen reader. */
  #said = '';
  #told = '';
  #toldTotal = 0;

  constructor(host: Host, scope: CallsScope) {
    this.#host = host;
    this.#scope = scope;
    for (const sheet of [visuallyHidden, calls, filterStyles, stripPlace]) adoptSheet(host.renderRoot, sheet);
    // Before what it is made of: what it loads and says is decided on what was drawn before.
    host.addController(this);
    this.#filter = new FilterRoom(host, scope, () => {
      const { data, error } = this.#table.list.calls;
      return data !== undefined || error !== undefined;
    });
    const context: CallsContext = {
      host,
      scope,
      arrangement: () => this.#arrangement,
      arrange: (change, isSmall) => scope.changeView(change, isSmall),
      columns: () => this.#arrangement.columns ?? this.#table.layout.columns.map(({ key }) => ({ key, widthPx: null })),
      total: () => this.#table.list.calls.data?.total,
      activeCall: () => this.#table.list.activeCall,
      redraw: () => this.#table.redraw(),
      say: (words) => this.#say(words),
    };
    this.#table = new CallTable(host, {
      ...context,
      bodies: {
        readPointer: (pointer, call) =>
          this.#parts.bodies.value?.readPointer(pointer, call) ?? { text: '…', isMuted: true },
        readState: (call) => this.#parts.bodies.value?.readState(call),
      },
      opened: () => this.#parts.opened.value,
      readColumns: this.#readColumns,
      keys: () => (this.#parts.input.value ? 'j k x e / ?' : ''),
      seen: (seen) => this.#parts.seen(seen, this.#table.layout),
    });
    this.#parts = new CallParts(context, this.#table);
    this.#strip = new CostStrip(host, {
      ...context,
      isReady: () => {
        const { data, pending, error } = this.#table.list.calls;
        return data !== undefined && !pending && !error;
      },
      list: this.#table.list,
    });
  }

  get #arrangement(): Arrangement {
    return readArrangement(this.#scope.view, this.#host, this.#parts.columns.value);
  }

  /** Those that were chosen are read by a part of their own, and rows wait for it. */
  readonly #readColumns = (): Promise<unknown> | undefined =>
    (this.#scope.view.columns ?? this.#host.columns) === '' ? undefined : this.#parts.columns.load();

  #say(words: string): void {
    this.#said = words;
    this.#host.requestUpdate();
  }

  /** A key that was pressed before anybody could hear it, and where that was. */
  async hear(event: Event, path: readonly EventTarget[]): Promise<void> {
    await this.#host.updateComplete;
    const input = await this.#parts.input.load();
    input?.hear(event, path);
  }

  hostUpdate(): void {
    const { data, pending } = this.#table.list.calls;
    void this.#readColumns();
    if (this.#arrangement.group !== null) void this.#parts.groups.load();
    if (this.#table.list.rows.openedId !== null) void this.#parts.opened.load();
    if (data === undefined || pending) return;
    const shown = `${data.key} ${this.#arrangement.group}`;
    // A few that arrive are not worth a word each; a tenth of all means other calls, as when the file was replaced.
    if (shown === this.#told && Math.abs(data.total - this.#toldTotal) * 10 <= data.total) return;
    this.#told = shown;
    this.#toldTotal = data.total;
    this.#said = `${describeArrangement(this.#arrangement)}, ${formatPlural(data.total, 'call')}.`;
  }

  render(): TemplateResult {
    return html`<section aria-labelledby="title" aria-busy=${this.#table.list.calls.pending}>
      ${renderCallsHead({
        group: this.#arrangement.group,
        panel: this.#parts.tools.value?.panel,
        content: this.#parts.tools.value?.render(),
        groupBy: (group) => this.#scope.changeView({ group }),
        toggle: (panel, opener) => void this.#parts.tools.load().then((tools) => tools?.toggle(panel, opener)),
      })}
      ${this.#parts.renderErrors()}
      <p class="visually-hidden" role="status">${this.#said}</p>
      ${this.#filter.render()}
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
      html`<button type="button" class="button" part="button" @click=${onClear}>Clear filter</button>`,
    );
  }

  #renderCalls(view: CallsView): TemplateResult {
    const { faults, group } = this.#arrangement;
    const { last, since } = this.#scope.asked;
    const hasTime = !!(last ?? since);
    return html`${renderCallTotals(view.totals, hasTime, this.#strip.comparison)} ${this.#strip.render()}
    ${faults.map((fault) => html`<p class="fault" role="alert">${fault}</p>`)}
    ${
      group === null
        ? html`${view.newCalls > 0 ? this.#renderNews(view.newCalls) : nothing}${this.#table.render(view)}
            <div class="foot"><span class="range"></span>${this.#renderFoot()}</div>`
        : this.#parts.groups.value?.render()
    }`;
  }

  #renderFoot(): TemplateResult | undefined {
    return this.#parts.foot.value?.render({
      chosen: this.#scope.selection.length,
      note: this.#parts.tools.value?.note ?? '',
      copy: (format) => void this.#parts.tools.load().then((tools) => tools?.copy(format)),
    });
  }
}
