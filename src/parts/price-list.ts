import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { DaemonTask } from '../controllers/daemon-task.js';
import { LazyPart } from '../controllers/lazy-part.js';
import type { ScopeController } from '../controllers/scope.js';
import { listPricing, type PricingAnswer } from '../daemon/pricing.js';
import { pricing } from '../styles/pricing.js';
import { tabs } from '../styles/tabs.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { renderAges } from '../view/pricing-age.js';
import { keyUnlisted } from '../view/pricing-unlisted.js';
import { type PriceOptions, renderPrices, renderPriceTools } from '../view/pricing-view.js';
import { isRateUnit, type RateUnit, UNIT_WORDS } from '../view/rate-units.js';
import { renderEmpty, renderError, renderLoading, renderStates } from '../view/states.js';
import type { PriceDetail } from './price-detail.js';
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

/** All of the prices that is drawn. What stands under an open row, and what calls would have cost, is loaded with it. */
export class PriceList implements ReactiveController {
  readonly #host: PriceHost & PriceAttributes;
  readonly #scope: ScopeController;
  readonly #pricing: DaemonTask<[], PricingAnswer>;
  readonly #detail: LazyPart<PriceDetail>;
  readonly #whatIf: LazyPart<WhatIf>;
  /** Key of the open row, one at a time; empty where none is. */
  #opened = '';
  #isAsking = false;
  /** The row whose button had the focus before an update: rows change places, and focus goes with its own. */
  #focused: string | undefined;

  constructor(host: PriceHost & PriceAttributes, scope: ScopeController) {
    this.#host = host;
    this.#scope = scope;
    this.#pricing = new DaemonTask(host, {
      args: () => [scope.origin],
      run: ([origin], signal) => listPricing(origin, signal),
      live: true,
    });
    this.#detail = new LazyPart(host, async () => {
      const part = await import('./price-detail.js');
      return new part.PriceDetail(host, {
        scope,
        unit: () => this.#unit,
        opened: () => (this.#opened === '' ? null : this.#isUnlistedOpen ? 'unlisted' : 'rate'),
      });
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
    for (const sheet of [tabs, pricing]) adoptSheet(host.renderRoot, sheet);
    host.addController(this);
  }

  hostUpdate(): void {
    this.#focused = this.#focusedOpener?.value;
  }

  hostUpdated(): void {
    if (this.#focused === undefined || this.#focusedOpener?.value === this.#focused) return;
    const openers = this.#host.renderRoot.querySelectorAll<HTMLButtonElement>('.opens');
    [...openers].find(({ value }) => value === this.#focused)?.focus();
  }

  get #focusedOpener(): HTMLButtonElement | null {
    return this.#host.renderRoot.querySelector('.opens:focus');
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
        html`${renderPrices(answer, this.#options(), renderAges(answer, Date.now(), this.#help))}
        ${this.#renderWhatIf()}`,
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
        void this.#detail.load();
        this.#host.requestUpdate();
      },
      renderOpened: (row) => this.#renderDetail((detail) => detail.renderRate(row)),
      renderUnlisted: (model) => this.#renderDetail((detail) => detail.renderUnlisted(model)),
    };
  }

  get #help(): { readonly content: unknown; readonly load: () => unknown } {
    const isWanted = this.#detail.value !== undefined || this.#detail.error !== undefined;
    return {
      content: isWanted ? this.#renderDetail((detail) => detail.renderRefresh()) : nothing,
      load: this.#detail.load,
    };
  }

  #renderDetail(render: (detail: PriceDetail) => TemplateResult): TemplateResult {
    const { value, error, retry } = this.#detail;
    if (value !== undefined) return render(value);
    return error === undefined
      ? renderLoading('more')
      : renderError('the script that draws more', error, '', () => void retry());
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
