import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { DaemonTask } from '../controllers/daemon-task.js';
import { LazyPart } from '../controllers/lazy-part.js';
import type { ScopeController } from '../controllers/scope.js';
import { listImpliedRates, listPricing, listRateHistory, type PricingAnswer, type Rate } from '../daemon/pricing.js';
import { command } from '../styles/command.js';
import { pricing } from '../styles/pricing.js';
import { pricingDetail } from '../styles/pricing-detail.js';
import { tabs } from '../styles/tabs.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { renderAges } from '../view/pricing-age.js';
import { renderHistory } from '../view/pricing-history.js';
import { keyUnlisted } from '../view/pricing-unlisted.js';
import type { PriceRow } from '../view/pricing-rows.js';
import { type PriceOptions, renderPrices, renderPriceTools } from '../view/pricing-view.js';
import { isRateUnit, type RateUnit, UNIT_WORDS } from '../view/rate-units.js';
import { renderEmpty, renderError, renderLoading, renderStates } from '../view/states.js';
import { copyText } from './copy-text.js';
import type { WhatIf } from './what-if.js';

/** The element's own attributes, which its tools change. */
interface PriceAttributes {
  sort: string;
  order: 'asc' | 'desc';
  show: 'used' | 'all' | '';
  search: string;
  provider: string;
  unit: string;
}

export type PriceHost = ReactiveControllerHost & HTMLElement & { renderRoot: HTMLElement | DocumentFragment };

/** All of the prices that is drawn: the list, what stands under its open row, and what calls would have cost. */
export class PriceList implements ReactiveController {
  readonly #host: PriceHost & PriceAttributes;
  readonly #scope: ScopeController;
  readonly #pricing: DaemonTask<[], PricingAnswer>;
  readonly #history: DaemonTask<[isOpen: boolean], readonly Rate[] | undefined>;
  readonly #implied: DaemonTask<[isOpen: boolean], PricingAnswer['unlisted'] | undefined>;
  readonly #whatIf: LazyPart<WhatIf>;
  /** Key of the open row, one at a time; empty where none is. */
  #opened = '';
  #isAsking = false;
  /** The button that had the focus before an update: rows change places, and focus goes with its own. */
  #focused: HTMLElement | null = null;

  constructor(host: PriceHost & PriceAttributes, scope: ScopeController) {
    this.#host = host;
    this.#scope = scope;
    this.#pricing = new DaemonTask(host, {
      args: () => [scope.origin],
      run: ([origin], signal) => listPricing(origin, signal),
      live: true,
    });
    // While no such row is open there is nothing to ask for, also not again when the data changed.
    this.#history = new DaemonTask(host, {
      args: () => [scope.origin, this.#opened !== '' && !this.#isUnlistedOpen],
      run: async ([origin, isOpen], signal) => (isOpen ? listRateHistory(origin, signal) : this.#history.data),
      live: true,
      quiet: true,
    });
    this.#implied = new DaemonTask(host, {
      args: () => [scope.origin, this.#isUnlistedOpen],
      run: async ([origin, isOpen], signal) => (isOpen ? listImpliedRates(origin, signal) : this.#implied.data),
      live: true,
      quiet: true,
    });
    this.#whatIf = new LazyPart(host, async () => {
      const part = await import('./what-if.js');
      return new part.WhatIf(host, {
        scope,
        rates: () => this.#pricing.data?.rates ?? [],
        unit: () => this.#unit,
        isOpen: () => this.#isAsking,
      });
    });
    for (const sheet of [tabs, pricing, pricingDetail, command]) adoptSheet(host.renderRoot, sheet);
    host.addController(this);
  }

  hostUpdate(): void {
    const focused = this.#host.shadowRoot?.activeElement;
    this.#focused = focused instanceof HTMLElement && focused.classList.contains('opens') ? focused : null;
  }

  hostUpdated(): void {
    if (this.#focused?.isConnected && this.#host.shadowRoot?.activeElement === null) this.#focused.focus();
  }

  get isBusy(): boolean {
    return this.#pricing.pending;
  }

  /** What stands beside the heading. */
  renderHead(): TemplateResult | typeof nothing {
    const { data } = this.#pricing;
    if (data === undefined) return nothing;
    return html`<span class="context">US dollars ${UNIT_WORDS[this.#unit]}</span>${
        data.rates.length > 0 ? renderPriceTools(data, this.#options()) : nothing
      }`;
  }

  render(): TemplateResult {
    return renderStates(this.#pricing, {
      what: 'prices',
      timeZone: this.#scope.timeZone,
      renderEmpty: ({ rates, unlisted }) =>
        rates.length + unlisted.length === 0 ? renderEmpty('The daemon has no price list yet, and no calls.') : null,
      renderData: (answer) =>
        html`${renderPrices(answer, this.#options(), renderAges(answer, Date.now(), copyText))} ${this.#renderWhatIf()}`,
    });
  }

  get #isUnlistedOpen(): boolean {
    return this.#pricing.data?.unlisted.some((model) => keyUnlisted(model) === this.#opened) === true;
  }

  get #unit(): RateUnit {
    return isRateUnit(this.#host.unit) ? this.#host.unit : 'million';
  }

  #options(): PriceOptions {
    const { sort, order, show, search, provider } = this.#host;
    return {
      ...{ sort, order, show, search, provider, unit: this.#unit },
      timeZone: this.#scope.timeZone,
      opened: this.#opened,
      change: (change) => void Object.assign(this.#host, change),
      toggle: (key) => {
        this.#opened = this.#opened === key ? '' : key;
        this.#host.requestUpdate();
      },
      copy: copyText,
      findImplied: ({ provider, model }) =>
        this.#implied.data?.find((own) => own.provider === provider && own.model === model)?.implied ?? null,
      renderOpened: (row) => this.#renderHistory(row),
    };
  }

  #renderHistory(row: PriceRow): TemplateResult {
    const { data, error, refresh } = this.#history;
    if (data === undefined) {
      return error === undefined
        ? renderLoading('the rates before')
        : renderError('the rates before', error, '', refresh);
    }
    const options = { timeZone: this.#scope.timeZone, unit: this.#unit, now: Date.now(), copy: copyText };
    return renderHistory(row, data, options);
  }

  #renderWhatIf(): TemplateResult {
    const { value, error, retry } = this.#whatIf;
    return html`<h3 class="what-if">
        <button type="button" aria-expanded=${this.#isAsking} aria-controls="what-if" @click=${this.#onWhatIf}>
          What if
        </button>
      </h3>
      <p class="note muted">
        What the calls of the current filter would have cost on another model, without caching, or at other rates.
      </p>
      <div id="what-if" part="what-if" ?hidden=${!this.#isAsking}>
        ${
          !this.#isAsking
            ? nothing
            : (value?.render() ??
              (error === undefined
                ? renderLoading('the calculator')
                : renderError('the script that prices anew', error, '', () => void retry())))
        }
      </div>`;
  }

  readonly #onWhatIf = (): void => {
    this.#isAsking = !this.#isAsking;
    void this.#whatIf.load();
    this.#host.requestUpdate();
  };
}
