import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { defineElement } from '../src/controllers/define-element.js';
import { DaemonTask } from '../src/controllers/daemon-task.js';
import { ScopeController } from '../src/controllers/scope.js';
import { listPricing, type PricingAnswer } from '../src/daemon/pricing.js';
import { base, table } from '../src/styles/base.js';
import { pricing } from '../src/styles/pricing.js';
import { formatCount, formatPlural } from '../src/view/format.js';
import { renderSwatch } from '../src/view/mark.js';
import {
  describeBundled,
  measureDecimals,
  PRICE_COLUMNS,
  type PriceTable,
  renderUnlisted,
  sortPrices,
} from '../src/view/pricing-columns.js';
import { mergeModes, type PriceRow, searchModels, type Unlisted } from '../src/view/pricing-rows.js';
import { renderEmpty, renderStates } from '../src/view/states.js';

interface MergedPrices {
  readonly of: PricingAnswer;
  readonly rows: readonly PriceRow[];
  readonly decimals: PriceTable['decimals'];
}

/**
 * What the daemon charges a million tokens of each model with, whose figure that is and since when, and for which models
 * its list has no rate.
 *
 * @summary Rates per provider and model, and models without one.
 * @event {LoadEvent} hm-load - An answer is drawn.
 * @event {LoadErrorEvent} hm-error - An answer could not be had.
 * @csspart loading - Before the first answer.
 * @csspart empty - When there are no rates, or none that match.
 * @csspart error - When the answer could not be had; what was drawn before stays below.
 * @csspart table - The table of rates.
 * @csspart unlisted - The table of models without a rate.
 */
export class HmPricing extends LitElement {
  static override properties = {
    daemon: {},
    filter: {},
    sort: {},
    order: {},
    show: {},
    search: {},
  };

  static override styles = [base, table, pricing];

  /** Base address of the API. Empty: the scope's, or the server this module came from. */
  daemon = '';

  /** The contract's filter as a query string; only its zone (`tz=Europe/London`) matters here. */
  filter = '';

  /** Column the rows are sorted by: `model`, `provider`, `input`, `output`, `cache-read`, `source`, `since`, `calls`, … */
  sort = 'calls';

  /** Direction of the sort. */
  order: 'asc' | 'desc' = 'desc';

  /** Which models: `used` in calls, or `all` of the list. Empty: those used, or all where none is. */
  show: 'used' | 'all' | '' = '';

  /** Words that provider or model must contain. */
  search = '';

  readonly #scope = new ScopeController(this, import.meta.url);

  readonly #pricing = new DaemonTask(this, {
    args: () => [this.#scope.origin],
    run: ([origin], signal) => listPricing(origin, signal),
    live: true,
  });

  #merged: MergedPrices | undefined;

  protected override render(): TemplateResult {
    const { data } = this.#pricing;
    return html`<section aria-labelledby="title" aria-busy=${this.#pricing.pending}>
      <div class="head">
        <h2 id="title">Prices</h2>
        ${
          data === undefined
            ? nothing
            : html`<span class="context">US dollars per million tokens</span>
                ${data.rates.length > 0 ? this.#renderTools(this.#merge(data).rows) : nothing}`
        }
      </div>
      ${renderStates(this.#pricing, {
        what: 'prices',
        timeZone: this.#scope.timeZone,
        renderEmpty: ({ rates, unlisted }) =>
          rates.length + unlisted.length === 0 ? renderEmpty('The daemon has no price list yet, and no calls.') : null,
        renderData: (answer) => this.#renderPrices(answer),
      })}
    </section>`;
  }

  #renderTools(rows: readonly PriceRow[]): TemplateResult {
    const used = rows.filter((row) => row.calls > 0).length;
    const showsUsed = this.#showsUsed(rows);
    return html`<div class="tools">
      <input
        class="search"
        type="search"
        aria-label="Search provider or model"
        placeholder="Provider or model"
        .value=${this.search}
        @input=${this.#onSearch}
      />
      <div class="tabs" role="group" aria-label="Which models">
        <button type="button" aria-pressed=${showsUsed} @click=${() => (this.show = 'used')}>
          Used ${formatCount(used)}
        </button>
        <button type="button" aria-pressed=${!showsUsed} @click=${this.#onShowAll}>
          All ${formatCount(rows.length)}
        </button>
      </div>
    </div>`;
  }

  #renderPrices(answer: PricingAnswer): TemplateResult {
    const { rows, decimals } = this.#merge(answer);
    const table = { decimals, timeZone: this.#scope.timeZone };
    const shown = this.#showsUsed(rows) ? rows.filter((row) => row.calls > 0) : rows;
    const found = searchModels(shown, this.search);
    return html`${
      rows.length === 0
        ? renderEmpty("The daemon's price list is empty.")
        : found.length === 0
          ? this.#renderNotFound(searchModels(rows, this.search).length)
          : this.#renderTable(found, table)
    }
    ${answer.bundledDate === null ? nothing : html`<p class="note muted">${describeBundled(answer.bundledDate)}</p>`}
    ${answer.unlisted.length > 0 ? this.#renderUnlisted(answer.unlisted) : nothing}`;
  }

  #renderNotFound(others: number): TemplateResult {
    const among =
      this.#search === '' ? 'No rate is of a model that was used.' : `No rate matches “${this.#search}” here.`;
    const more = formatPlural(others, 'rate');
    return renderEmpty(
      among,
      others > 0
        ? html`<button class="button" type="button" @click=${this.#onShowAll}>Show ${more} of models not used</button>`
        : html`<button class="button" type="button" @click=${this.#onClear}>Clear search</button>`,
    );
  }

  #renderTable(rows: readonly PriceRow[], table: PriceTable): TemplateResult {
    return html`<div class="scroller">
      <table part="table" aria-labelledby="title">
        <thead>
          <tr>
            ${[{ key: 'model', label: 'Model', classes: '' }, ...PRICE_COLUMNS].map(
              ({ key, label, classes }) =>
                html`<th scope="col" class=${classes} aria-sort=${this.#describeSort(key)}>
                  <button type="button" @click=${() => this.#onSort(key)}>${label}</button>
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${sortPrices(rows, this.sort, this.order).map(
            (row) =>
              html`<tr>
                <th scope="row">
                  ${renderSwatch(row.provider)}${row.model}${
                    row.modeLabel ? html`<span class="mode">${row.modeLabel}</span>` : nothing
                  } <span class="under mode">${row.provider}</span>
                </th>
                ${PRICE_COLUMNS.map((column) => html`<td class=${column.classes}>${column.cell(row, table)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #renderUnlisted(unlisted: readonly Unlisted[]): TemplateResult {
    const found = searchModels(unlisted, this.search).sort((a, b) => b.calls - a.calls);
    return html`<h3 id="unlisted">Models without a published rate</h3>
      <p class="note muted">Seen in calls, but not in the price list that the daemon shows.</p>
      ${found.length > 0 ? renderUnlisted(found) : html`<p class="note muted">None matches “${this.#search}”.</p>`}`;
  }

  /** Merged once for each answer: typing in the search box would else do it at every key. */
  #merge(answer: PricingAnswer): MergedPrices {
    if (this.#merged?.of !== answer) {
      const rows = mergeModes(answer.rates);
      this.#merged = { of: answer, rows, decimals: measureDecimals(rows) };
    }
    return this.#merged;
  }

  get #search(): string {
    return this.search.trim();
  }

  #showsUsed(rows: readonly PriceRow[]): boolean {
    return this.show === '' ? rows.some((row) => row.calls > 0) : this.show === 'used';
  }

  #describeSort(key: string): 'ascending' | 'descending' | typeof nothing {
    if (key !== this.sort) return nothing;
    return this.order === 'asc' ? 'ascending' : 'descending';
  }

  #onSort(key: string): void {
    if (this.sort === key) this.order = this.order === 'asc' ? 'desc' : 'asc';
    else {
      this.sort = key;
      this.order = /^(model|provider|source)$/.test(key) ? 'asc' : 'desc';
    }
  }

  readonly #onSearch = (event: InputEvent): void => {
    this.search = (event.target as HTMLInputElement).value;
  };

  readonly #onShowAll = (): void => {
    this.show = 'all';
  };

  readonly #onClear = (): void => {
    this.search = '';
  };
}

defineElement('hm-pricing', HmPricing);

declare global {
  interface HTMLElementTagNameMap {
    'hm-pricing': HmPricing;
  }
}
