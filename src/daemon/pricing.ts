import type { CamelCased } from '../api/camel-case.js';
import type { WirePricingAnswer } from '../api/pricing.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';
import { tokenShapes } from './sums.js';

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
  unlisted: [
    {
      provider: 's?',
      model: 's?',
      calls: 'n',
      cost_millicents: 'n?',
      unpriced_calls: 'n',
      priced_tokens: ['!', tokenShapes],
      implied: [
        '!',
        [
          '?',
          {
            input: 'n?',
            output: 'n?',
            thinking: 'n?',
            cache_read: 'n?',
            cache_write: 'n?',
            step: 'n',
            calls: 'n',
          },
        ],
      ],
      unpriced_modes: ['!', ['s']],
    },
  ],
  bundled_date: 's?',
};

/** `GET /api/pricing`, the rates in force now. */
export function listPricing(origin: string, signal: AbortSignal): Promise<PricingAnswer> {
  return getJson<WirePricingAnswer>(origin, '/api/pricing', pricingShape, signal);
}

/** `GET /api/pricing?history=true`, all rates there ever were: those of a model and mode together, the newest first. */
export async function listRateHistory(origin: string, signal: AbortSignal): Promise<readonly Rate[]> {
  return (await getJson<WirePricingAnswer>(origin, '/api/pricing?history=true', pricingShape, signal)).rates;
}

/** `GET /api/pricing?implied=true`, models without a rate, with those that their calls imply. */
export async function listImpliedRates(origin: string, signal: AbortSignal): Promise<PricingAnswer['unlisted']> {
  return (await getJson<WirePricingAnswer>(origin, '/api/pricing?implied=true', pricingShape, signal)).unlisted;
}
