import type { CamelCased } from '../api/camel-case.js';
import type { WirePricingAnswer } from '../api/pricing.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';

export type PricingAnswer = CamelCased<WirePricingAnswer>;
export type Rate = PricingAnswer['rates'][number];

const pricingShape: Shape<WirePricingAnswer> = {
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
  unlisted: [{ provider: 's?', model: 's?', calls: 'n', cost_millicents: 'n?', unpriced_calls: 'n' }],
  bundled_date: 's?',
};

/** `GET /api/pricing`, the rates in force now. */
export function listPricing(origin: string, signal: AbortSignal): Promise<PricingAnswer> {
  return getJson<WirePricingAnswer>(origin, '/api/pricing', pricingShape, signal);
}
