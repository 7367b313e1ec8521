import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatPlural } from './format.js';
import { renderMark, renderSwatch } from './mark.js';
import { renderCostSum } from './money.js';
import { renderRate } from './pricing-columns.js';
import { searchModels, type Unlisted } from './pricing-rows.js';
import { countDecimals, type RateUnit } from './rate-units.js';

/** Models that calls use and the daemon's list has no rate for: what they cost, and who knew the price. */

export interface UnlistedOptions {
  readonly search: string;
  /** The provider whose models are shown; empty: all. */
  readonly provider: string;
  readonly unit: RateUnit;
  /** The model whose row is open, by `keyUnlisted`. */
  readonly opened: string;
  readonly toggle: (key: string) => void;
  /** The row below the open one. */
  readonly renderOpened: (model: Unlisted) => unknown;
}

/** How many columns the table has. */
export const UNLISTED_COLUMNS = 6;

export const keyUnlisted = ({ provider, model }: Unlisted): string => JSON.stringify(['unlisted', provider, model]);

/** All tokens of the priced calls, of whatever kind; null where nobody counted them for us. */
export function countPricedTokens({ pricedTokens }: Unlisted): number | null {
  if (pricedTokens === undefined) return null;
  const { inputTokens, outputTokens, thinkingTokens, cacheReadTokens, cacheWriteTokens } = pricedTokens;
  return inputTokens + outputTokens + thinkingTokens + cacheReadTokens + cacheWriteTokens;
}

/**
 * What a million tokens of the priced calls cost on average, millicents, input, output and cached ones together. One sum
 * can't tell five rates apart, so this is all that it says for certain. Null where no call is priced or used a token.
 */
export function findImpliedRate(model: Unlisted): number | null {
  const tokens = countPricedTokens(model);
  if (model.costMillicents === null || tokens === null || tokens === 0) return null;
  return Math.round((model.costMillicents / tokens) * 1_000_000);
}

/** Those that are searched for; nothing where the list has a rate for every model. */
export function renderUnlisted(models: readonly Unlisted[], options: UnlistedOptions): TemplateResult | typeof nothing {
  if (models.length === 0) return nothing;
  const { search, provider } = options;
  const found = searchModels(models, search, provider).sort((a, b) => b.calls - a.calls);
  return html`<h3 id="unlisted">Models without a published rate</h3>
    <p class="note muted">Seen in calls, but not in the price list that the daemon shows.</p>
    ${
      found.length > 0
        ? renderTable(found, options)
        : html`<p class="note muted">
            ${search.trim() === '' ? `None is of ${provider}.` : `None matches “${search.trim()}”.`}
          </p>`
    }`;
}

function renderTable(models: readonly Unlisted[], options: UnlistedOptions): TemplateResult {
  const averages = models.map(findImpliedRate).filter((rate) => rate !== null);
  const decimals = countDecimals(averages, options.unit);
  return html`<div class="scroller">
    <table part="unlisted" aria-labelledby="unlisted">
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col" class="from-460">Provider</th>
          <th scope="col" class="number">Calls</th>
          <th scope="col" class="number">Cost</th>
          <th scope="col" class="number from-600">On average</th>
          <th scope="col" class="apart from-720">Price</th>
        </tr>
      </thead>
      <tbody>
        ${models.map((model) => renderModel(model, decimals, options))}
      </tbody>
    </table>
  </div>`;
}

function renderModel(model: Unlisted, decimals: number, options: UnlistedOptions): TemplateResult {
  const key = keyUnlisted(model);
  const isOpen = options.opened === key;
  return html`<tr>
      <th scope="row">
        <button type="button" class="opens" value=${key} aria-expanded=${isOpen} @click=${() => options.toggle(key)}>
          ${renderSwatch(model.provider)}<span class="name">${model.model ?? 'unknown model'}</span>
        </button>
      </th>
      <td class="from-460">${model.provider ?? 'unknown'}</td>
      <td class="number">${formatCount(model.calls)}</td>
      <td class="number">${renderCostSum(model)}</td>
      <td class="number from-600">${renderImplied(model, decimals, options.unit)}</td>
      <td class="apart from-720">${renderPriceWords(model)}</td>
    </tr>
    ${isOpen ? options.renderOpened(model) : nothing}`;
}

function renderImplied(model: Unlisted, decimals: number, unit: RateUnit): TemplateResult {
  const rate = findImpliedRate(model);
  return rate === null
    ? html`<span class="muted">–</span>`
    : html`<span class="muted">≈&nbsp;</span>${renderRate(rate, decimals, unit)}`;
}

function renderPriceWords({ calls, unpricedCalls, costMillicents }: Unlisted): TemplateResult {
  const inside = html`<span class="muted">inside the daemon</span>`;
  if (unpricedCalls === 0) return inside;
  const unpriced = html`${renderMark('unpriced')}${formatCount(unpricedCalls)} of ${formatPlural(calls, 'call')} not
  priced`;
  return costMillicents === null ? html`none known, ${unpriced}` : html`${inside}, ${unpriced}`;
}
