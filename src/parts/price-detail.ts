import { html, type TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import type { ScopeController } from '../controllers/scope.js';
import { listImpliedRates, listRateHistory, type PricingAnswer, type Rate } from '../daemon/pricing.js';
import { command } from '../styles/command.js';
import { pricingDetail } from '../styles/pricing-detail.js';
import { renderCommand } from '../view/command.js';
import { renderHistory } from '../view/pricing-history.js';
import { renderUnlistedDetail } from '../view/pricing-implied.js';
import type { PriceRow, Unlisted } from '../view/pricing-rows.js';
import type { RateUnit } from '../view/rate-units.js';
import { renderError, renderLoading } from '../view/states.js';
import { copyText } from './copy-text.js';
import type { PriceHost } from './price-list.js';

/** What it is told by the list. */
interface Options {
  readonly scope: ScopeController;
  readonly unit: () => RateUnit;
  /** Of which table a row is open; null where none is. */
  readonly opened: () => 'rate' | 'unlisted' | null;
}

/** What stands under an open row of the prices, and the commands that change them: loaded when it is first asked for. */
export class PriceDetail {
  readonly #options: Options;
  readonly #history: DaemonTask<[isOpen: boolean], readonly Rate[] | undefined>;
  readonly #implied: DaemonTask<[isOpen: boolean], PricingAnswer['unlisted'] | undefined>;

  constructor(host: PriceHost, options: Options) {
    this.#options = options;
    // While no such row is open there is nothing to ask for, also not again when the data changed.
    this.#history = new DaemonTask(host, {
      args: () => [options.scope.origin, options.opened() === 'rate'],
      run: async ([origin, isOpen], signal) => (isOpen ? listRateHistory(origin, signal) : this.#history.data),
      live: true,
      quiet: true,
    });
    this.#implied = new DaemonTask(host, {
      args: () => [options.scope.origin, options.opened() === 'unlisted'],
      run: async ([origin, isOpen], signal) => (isOpen ? listImpliedRates(origin, signal) : this.#implied.data),
      live: true,
      quiet: true,
    });
    for (const sheet of [pricingDetail, command]) adoptSheet(host.renderRoot, sheet);
  }

  /** Of a model with a rate: what that replaced, and all its rates. */
  renderRate(row: PriceRow): TemplateResult {
    const { data, error, refresh } = this.#history;
    if (data === undefined) {
      return error === undefined
        ? renderLoading('the rates before')
        : renderError('the rates before', error, '', refresh);
    }
    const { scope, unit } = this.#options;
    return renderHistory(row, data, { timeZone: scope.timeZone, unit: unit(), now: Date.now(), copy: copyText });
  }

  /** Of a model without one: what its calls imply. */
  renderUnlisted(unlisted: Unlisted): TemplateResult {
    const found = this.#implied.data?.find(
      ({ provider, model }) => provider === unlisted.provider && model === unlisted.model,
    );
    return renderUnlistedDetail(unlisted, {
      unit: this.#options.unit(),
      implied: found?.implied ?? null,
      copy: copyText,
    });
  }

  /** How newer prices are had. */
  renderRefresh(): TemplateResult {
    return html`<p>The daemon fetches them itself, from its own source on the network; rates set by you stay.</p>
      ${renderCommand('halton-meter pricing refresh', copyText)}`;
  }
}
