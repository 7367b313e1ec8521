import { adoptStyles, html, LitElement, nothing, type TemplateResult } from 'lit';
import { defineElement } from '../src/controllers/define-element.js';
import { DaemonTask } from '../src/controllers/daemon-task.js';
import { ScopeController } from '../src/controllers/scope.js';
import { WhenSeen } from '../src/controllers/when-seen.js';
import { listPricing } from '../src/daemon/pricing.js';
import { base, table } from '../src/styles/base.js';
import type { PriceSettings } from '../src/view/pricing-view.js';
import { renderEmpty, renderError, renderStates } from '../src/view/states.js';

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

  static override styles = [base, table];

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

  /** Prices stand below much else: neither they nor what draws them is asked for before they are nearly in view. */
  readonly #drawing = new WhenSeen(this, async () => {
    const drawing = await import('../src/view/pricing-view.js');
    adoptStyles(this.renderRoot as ShadowRoot, [base, table, drawing.styles]);
    return drawing;
  });

  readonly #pricing = new DaemonTask(this, {
    args: () => [this.#scope.origin],
    run: ([origin], signal) => listPricing(origin, signal),
    when: () => this.#drawing.value !== undefined,
    live: true,
  });

  protected override render(): TemplateResult {
    const { data } = this.#pricing;
    const drawing = this.#drawing.value;
    const { sort, order, show, search } = this;
    const options = {
      ...{ sort, order, show, search, timeZone: this.#scope.timeZone },
      change: (change: Partial<PriceSettings>) => void Object.assign(this, change),
    };
    return html`<section aria-labelledby="title" aria-busy=${this.#pricing.pending}>
      <div class="head">
        <h2 id="title">Prices</h2>
        ${data ? html`<span class="context">US dollars per million tokens</span>` : nothing}
        ${data && data.rates.length > 0 ? drawing?.renderPriceTools(data, options) : nothing}
      </div>
      ${
        this.#drawing.error === undefined
          ? renderStates(this.#pricing, {
              what: 'prices',
              timeZone: this.#scope.timeZone,
              renderEmpty: ({ rates, unlisted }) =>
                rates.length + unlisted.length === 0
                  ? renderEmpty('The daemon has no price list yet, and no calls.')
                  : null,
              renderData: (answer) => html`${drawing?.renderPrices(answer, options)}`,
            })
          : renderError('the script that draws prices', this.#drawing.error, '', () => void this.#drawing.retry())
      }
    </section>`;
  }
}

defineElement('hm-pricing', HmPricing);

declare global {
  interface HTMLElementTagNameMap {
    'hm-pricing': HmPricing;
  }
}
