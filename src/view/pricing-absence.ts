import { html, type TemplateResult } from 'lit';
import { formatPlural } from './format.js';
import { type PriceRow, searchModels } from './pricing-rows.js';
import type { PriceSettings } from './pricing-view.js';
import { renderEmpty } from './states.js';

/** Why no rate is shown, and the way to some: where only rates of models match that were not used, to those. */
export function renderAbsence(
  prices: readonly PriceRow[],
  { search, provider }: PriceSettings,
  change: (change: Partial<PriceSettings>) => void,
): TemplateResult {
  if (prices.length === 0) return renderEmpty("The daemon's price list is empty.");
  const others = searchModels(prices, search, provider).length;
  const words = search.trim();
  const whose = provider === '' ? '' : `of ${provider} `;
  return renderEmpty(
    words === '' ? `No rate is of a model ${whose}that was used.` : `No rate ${whose}matches “${words}” here.`,
    html`<button
      class="button"
      part="button"
      type="button"
      @click=${() => change(others > 0 ? { show: 'all' } : { search: '', provider: '' })}
    >
      ${
        others > 0
          ? `Show ${formatPlural(others, 'rate')} of models not used`
          : provider === ''
            ? 'Clear search'
            : 'Show all providers'
      }
    </button>`,
  );
}
