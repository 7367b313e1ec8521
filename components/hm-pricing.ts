import { html, LitElement, type TemplateResult } from 'lit';
import { defineElement } from '../src/controllers/define-element.js';
import { ScopeController } from '../src/controllers/scope.js';
import { WhenSeen } from '../src/controllers/when-seen.js';
import { base } from '../src/styles/base.js';
import { table } from '../src/styles/table.js';
import { tabs } from '../src/styles/tabs.js';
import { renderError, renderLoading } from '../src/view/states.js';

/**
 * What the daemon charges the tokens of each model with, whose figure that is, since when and in place of which; for
 * which models its list has no rate; and what the calls of the filter would have cost otherwise.
 *
 * @summary Rates per provider and model, models without one, and what calls would have cost at other rates.
 * @event {LoadEvent} hm-load - An answer is drawn.
 * @event {LoadErrorEvent} hm-error - An answer could not be had.
 * @csspart loading - Before the first answer.
 * @csspart empty - When there are no rates, or none that match.
 * @csspart error - When the answer could not be had; what was drawn before stays below.
 * @csspart table - The table of rates.
 * @csspart unlisted - The table of models without a rate.
 * @csspart what-if - What calls would have cost otherwise, once it is opened.
 * @csspart repriced - Its table of projects.
 * @csspart row - One rate.
 * @csspart opened - What stands below an opened row.
 * @csspart head - The heading and what stands beside it.
 * @csspart tools - The controls beside the heading.
 * @csspart button - Each button with an edge.
 */
export class HmPricing extends LitElement {
  static override properties = {
    daemon: {},
    filter: {},
    sort: {},
    order: {},
    show: {},
    search: {},
    provider: {},
    unit: {},
  };

  static override styles = [base, table, tabs];

  /** Base address of the API. Empty: the scope's, or the server this module came from. */
  daemon = '';

  /**
   * The contract's filter as a query string: its calls are what the question "What if" is of, and days are those of its
   * zone (`tz=Europe/London`). The rates are all of them, whatever it says. Names here replace the scope's.
   */
  filter = '';

  /** Column the rows are sorted by: `model`, `provider`, `input`, `output`, `cache-read`, `source`, `since`, `calls`, … */
  sort = 'calls';

  /** Direction of the sort. */
  order: 'asc' | 'desc' = 'desc';

  /** Which models: `used` in calls, or `all` of the list. Empty: those used, or all where none is. */
  show: 'used' | 'all' | '' = '';

  /** Words that provider or model must contain. */
  search = '';

  /** The provider whose models are shown, as calls name it (`gemini`). Empty: all. */
  provider = '';

  /** For how many tokens rates are shown: `million`, `thousand` or one `token`. Nothing is rounded. */
  unit: 'million' | 'thousand' | 'token' = 'million';

  readonly #scope = new ScopeController(this, import.meta.url);

  /** Prices stand below much else: neither they nor what draws them is asked for before they are nearly in view. */
  readonly #list = new WhenSeen(this, async () => {
    const { PriceList } = await import('../src/parts/price-list.js');
    return new PriceList(this, this.#scope);
  });

  protected override render(): TemplateResult {
    const { value: list, error, retry } = this.#list;
    return html`<section aria-labelledby="title" aria-busy=${list?.pricing.pending ?? false}>
      <div class="head" part="head">
        <h2 id="title">Prices</h2>
        ${list?.renderHead()}
      </div>
      ${
        list?.render() ??
        (error === undefined
          ? renderLoading('prices')
          : renderError('the script that draws prices', error, '', () => void retry()))
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
