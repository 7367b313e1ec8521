import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { Sort } from '../src/api/query.js';
import { CallsScope } from '../src/controllers/calls-scope.js';
import { defineElement } from '../src/controllers/define-element.js';
import { WhenSeen } from '../src/controllers/when-seen.js';
import { EarlyInput } from '../src/parts/early-input.js';
import { base } from '../src/styles/base.js';
import { callsPlace } from '../src/styles/calls-place.js';
import { renderError, renderLoading } from '../src/view/states.js';

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
 * @csspart heads - The heads of the columns.
 * @csspart row - One call.
 * @csspart opened - What stands below an opened row.
 * @csspart groups - The table of groups, in place of the calls.
 * @csspart head - The heading and what stands beside it.
 * @csspart tools - The controls beside the heading.
 * @csspart filter - The line of the filter.
 * @csspart panel - What a button beside the heading opens.
 * @csspart button - Each button with an edge.
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
  };

  static override styles = [base, callsPlace];

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

  readonly #scope = new CallsScope(this, import.meta.url);

  /**
   * Calls stand below much else: neither they nor what draws them is asked for before they are in view. Not sooner, for
   * the server writes the first rows into its pages, to be read meanwhile.
   */
  readonly #section = new WhenSeen(
    this,
    async () => {
      const { CallsSection } = await import('../src/parts/calls-section.js');
      return new CallsSection(this, this.#scope);
    },
    0,
  );

  constructor() {
    super();
    // Keys work wherever the page stands: the first one brings what hears them.
    new EarlyInput(this, this.#section, ['keydown']);
  }

  /** Where the page's author sets a property after the user's choice, the author is the later one. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.hasUpdated) return;
    const names = (['columns', 'sort', 'order', 'group'] as const).filter((name) => changed.has(name));
    const stale = names.filter((name) => this.#scope.view[name] !== undefined);
    if (stale.length > 0) this.#scope.changeView(Object.fromEntries(stale.map((name) => [name, undefined])), true);
  }

  protected override render(): TemplateResult {
    const { value, error, retry } = this.#section;
    if (value !== undefined) return value.render();
    return html`<section aria-labelledby="title" aria-busy=${error === undefined}>
      <div class="head" part="head"><h2 id="title">Calls</h2></div>
      ${
        error === undefined
          ? renderLoading('calls')
          : renderError('the script that draws calls', error, '', () => void retry())
      }
    </section>`;
  }
}

defineElement('hm-calls', HmCalls);

declare global {
  interface HTMLElementTagNameMap {
    'hm-calls': HmCalls;
  }
}
