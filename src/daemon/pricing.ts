import type { CamelCased } from '../api/camel-case.js';
import type { WirePricingAnswer } from '../api/pricing.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';
import { tokenShapes } from './sums.js';

/** Without the rates that calls imply: they come only when they are asked for. */
type WirePrices = Omit<WirePricingAnswer, 'unlisted'> & {
  readonly unlisted: readonly Omit<WirePricingAnswer['unlisted'][number], 'implied'>[];
};

export type PricingAnswer = CamelCased<WirePrices>;
export type Rate = PricingAnswer['rates'][number];

export const pricingShape: Shape<WirePrices> = {
  rates: [
    {
      id: 's',
      provider: 's',
      model: 's',
      mode: 's',
      source: 's',
      effective_from: 's',
      effective_to: 's?',
      last_verified_at: 's?',
      input: 'n',
      output: 'n',
      thinking: 'n',
      cache_read: 'n',
      cache_write: 'n',
      calls: 'n',
    },
  ],
  unlisted: [
    {
      provider: 's?',
      model: 's?',
      calls: 'n',
      cost_millicents: 'n?',
      unpriced_calls: 'n',
      priced_tokens: ['!', tokenShapes],
      unpriced_modes: ['!', ['s']],
    },
  ],
  bundled_date: 's?',
};

/** `GET /api/pricing`, the rates in force now. */
export function listPricing(origin: string, signal: AbortSignal): Promise<PricingAnswer> {
  return getJson<WirePrices>(origin, '/api/pricing', pricingShape, signal);
}
