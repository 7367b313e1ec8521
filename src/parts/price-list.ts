import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import { LazyPart } from '../controllers/lazy-part.js';
import type { ScopeController } from '../controllers/scope.js';
import { listPricing, type PricingAnswer } from '../daemon/pricing.js';
import { pricing } from '../styles/pricing.js';
import { mergeModes } from '../view/pricing-rows.js';
import {
  type PriceOptions,
  type Prices,
  type PriceSettings,
  renderPrices,
  renderPriceTools,
} from '../view/pricing-view.js';
import { findRateUnit, type RateUnit, describeUnit } from '../view/rate-units.js';
import { renderError, renderStates } from '../view/states.js';
import type { PriceExtras } from './price-extras.js';

/** The element, whose attributes the tools change. */
export type PriceHost = ReactiveControllerHost &
  HTMLElement & { readonly renderRoot: HTMLElement | DocumentFragment } & PriceSettings;

/** Rows are made of the rates once, and not at every key that is typed in the search box. */
export type PriceAnswer = PricingAnswer & Prices;

/** The table of rates with its tools. What else there is of prices is loaded once the table is drawn. */
export class PriceList implements ReactiveController, PriceOptions {
  readonly settings: PriceHost;
  readonly scope: ScopeController;
  readonly pricing: DaemonTask<[], PriceAnswer>;
  readonly extras: LazyPart<PriceExtras>;

  constructor(host: PriceHost, scope: ScopeController) {
    this.settings = host;
    this.scope = scope;
    this.pricing = new DaemonTask(host, {
      args: () => [scope.origin],
      run: async ([origin], signal) => {
        const answer = await listPricing(origin, signal);
        return { ...answer, rows: mergeModes(answer.rates) };
      },
      live: true,
    });
    this.extras = new LazyPart(host, async () => {
      const part = await import('./price-extras.js');
      return new part.PriceExtras(host, this);
    });
    adoptSheet(host.renderRoot, pricing);
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.pricing.data) void this.extras.load();
  }

  get unit(): RateUnit {
    return findRateUnit(this.settings.unit);
  }

  /** What stands beside the heading. */
  renderHead(): TemplateResult | typeof nothing {
    const { data } = this.pricing;
    if (data === undefined) return nothing;
    return html`<span class="context">US dollars ${describeUnit(this.unit)}</span>${
        data.rows.length > 0 ? renderPriceTools(data, this) : nothing
      }`;
  }

  render(): TemplateResult {
    const { value, error, retry } = this.extras;
    return renderStates(this.pricing, {
      what: 'prices',
      timeZone: this.scope.timeZone,
      // What is missing, and the ways out of that, the extras tell.
      renderEmpty: () => null,
      renderData: (answer) =>
        html`${renderPrices(answer.rows, this)}
        ${
          error === undefined
            ? value?.render(answer)
            : renderError('the script that draws more', error, '', () => void retry())
        }`,
    });
  }

  readonly change = (change: Partial<PriceSettings>): void => void Object.assign(this.settings, change);

  /** Opens a row or closes it; one that is pressed early opens as soon as that can be. */
  readonly toggle = (id: string): void => void this.extras.load().then((extras) => extras?.toggle(id));
}
