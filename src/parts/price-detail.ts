import { html, type TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import type { Rate } from '../daemon/pricing.js';
import { listImpliedRates, listRateHistory } from '../daemon/pricing-detail.js';
import { command } from '../styles/command.js';
import { pricingDetail } from '../styles/pricing-detail.js';
import { renderCommand } from '../view/command.js';
import { renderHistory } from '../view/pricing-history.js';
import { renderUnlistedDetail } from '../view/pricing-implied.js';
import type { PriceRow, Unlisted } from '../view/pricing-rows.js';
import { keyUnlisted } from '../view/pricing-unlisted.js';
import { renderError, renderLoading } from '../view/states.js';
import { copyText } from './copy-text.js';
import type { PriceHost, PriceList } from './price-list.js';

/** What stands under an open row of the prices, and the commands that change them: loaded when it is first asked for. */
export class PriceDetail {
  readonly #list: PriceList;
  readonly #history: DaemonTask<[isOpen: boolean], readonly Rate[] | undefined>;
  readonly #implied: DaemonTask<[isOpen: boolean], readonly Unlisted[] | undefined>;

  constructor(host: PriceHost, list: PriceList, opened: () => string) {
    this.#list = list;
    const isUnlistedOpen = (): boolean =>
      list.pricing.data?.unlisted.some((model) => keyUnlisted(model) === opened()) === true;
    // While no such row is open there is nothing to ask for, also not again when the data changed.
    this.#history = new DaemonTask(host, {
      args: () => [list.scope.origin, opened() !== '' && !isUnlistedOpen()],
      run: async ([origin, isOpen], signal) => (isOpen ? listRateHistory(origin, signal) : this.#history.data),
      live: true,
      quiet: true,
    });
    this.#implied = new DaemonTask(host, {
      args: () => [list.scope.origin, isUnlistedOpen()],
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
    const { scope, unit } = this.#list;
    return renderHistory(row, data, { timeZone: scope.timeZone, unit, now: Date.now(), copy: copyText });
  }

  /** Of a model without one: what its calls imply. */
  renderUnlisted(unlisted: Unlisted): TemplateResult {
    const found = this.#implied.data?.find(
      ({ provider, model }) => provider === unlisted.provider && model === unlisted.model,
    );
    return renderUnlistedDetail(unlisted, {
      unit: this.#list.unit,
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
