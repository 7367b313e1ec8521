import { html, nothing, type TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { LazyPart } from '../controllers/lazy-part.js';
import { pricingExtras } from '../styles/pricing-extras.js';
import { renderAges } from '../view/pricing-age.js';
import { PRICE_COLUMNS } from '../view/pricing-columns.js';
import { renderAbsence } from '../view/pricing-absence.js';
import type { PriceRow } from '../view/pricing-rows.js';
import { renderUnlisted, UNLISTED_COLUMNS } from '../view/pricing-unlisted.js';
import { listShown } from '../view/pricing-view.js';
import { renderEmpty } from '../view/states.js';
import { OpenerFocus } from './opener-focus.js';
import type { PriceDetail } from './price-detail.js';
import type { PriceAnswer, PriceHost, PriceList } from './price-list.js';
import { renderLazy } from './render-lazy.js';
import { WhatIfPlace } from './what-if-place.js';

/**
 * What there is of prices besides the table of rates. It comes as one, so that nothing moves twice: how old the rates are,
 * the models without one, the question What if, and the row that opens below another in either table.
 */
export class PriceExtras {
  /** Id of the open row, or key of the open model without a rate, one at a time; empty where none is. */
  opened = '';

  readonly #host: PriceHost;
  readonly #list: PriceList;
  readonly #detail: LazyPart<PriceDetail>;
  readonly #whatIf: WhatIfPlace;

  constructor(host: PriceHost, list: PriceList) {
    this.#host = host;
    this.#list = list;
    this.#detail = new LazyPart(host, async () => {
      const part = await import('./price-detail.js');
      return new part.PriceDetail(host, list, () => this.opened);
    });
    this.#whatIf = new WhatIfPlace(host, list);
    host.addController(new OpenerFocus(host));
    adoptSheet(host.renderRoot, pricingExtras);
  }

  /** What stands below the table of rates, or in its place where no rate is shown. */
  render(answer: PriceAnswer): TemplateResult {
    const { rows, unlisted } = answer;
    if (rows.length + unlisted.length === 0) return renderEmpty('The daemon has no price list yet, and no calls.');
    const { settings, change, unit } = this.#list;
    const { search, provider } = settings;
    return html`${listShown(rows, settings).length === 0 ? renderAbsence(rows, settings, change) : nothing}
    ${renderAges(answer, Date.now(), { content: this.#renderRefresh(), load: this.#detail.load })}
    ${renderUnlisted(unlisted, {
      ...{ search, provider, unit, opened: this.opened, toggle: this.toggle },
      renderOpened: (model) => this.#renderRow(UNLISTED_COLUMNS, (detail) => detail.renderUnlisted(model)),
    })}
    ${this.#whatIf.render()}`;
  }

  readonly toggle = (key: string): void => {
    this.opened = this.opened === key ? '' : key;
    void this.#detail.load();
    this.#host.requestUpdate();
  };

  /** The row below that of an open rate. */
  renderOpened(row: PriceRow): TemplateResult {
    return this.#renderRow(PRICE_COLUMNS.length + 1, (detail) => detail.renderRate(row));
  }

  #renderRow(columns: number, render: (detail: PriceDetail) => TemplateResult): TemplateResult {
    return html`<tr class="detail" part="opened">
      <td colspan=${columns}><div class="opened">${this.#renderDetail(render)}</div></td>
    </tr>`;
  }

  #renderRefresh(): TemplateResult | typeof nothing {
    const { value, error } = this.#detail;
    return value === undefined && error === undefined
      ? nothing
      : this.#renderDetail((detail) => detail.renderRefresh());
  }

  #renderDetail(render: (detail: PriceDetail) => TemplateResult): TemplateResult {
    return renderLazy(this.#detail, ['more', 'draws more'], render);
  }
}
