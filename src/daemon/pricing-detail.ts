import type { CamelCased } from '../api/camel-case.js';
import type { WirePricingAnswer } from '../api/pricing.js';
import { getJson } from './get.js';
import { pricingShape, type Rate } from './pricing.js';
import type { Shape } from './shape.js';

type WireHistory = Pick<WirePricingAnswer, 'rates'>;
type WireImplied = Pick<WirePricingAnswer, 'unlisted'>;

const historyShape: Shape<WireHistory> = { rates: pricingShape.rates };

const impliedShape: Shape<WireImplied> = {
  unlisted: [
    {
      ...pricingShape.unlisted[0],
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
    },
  ],
};

/** `GET /api/pricing?history=true`, all rates there ever were: those of a model and mode together, the newest first. */
export async function listRateHistory(origin: string, signal: AbortSignal): Promise<readonly Rate[]> {
  return (await getJson<WireHistory>(origin, '/api/pricing?history=true', historyShape, signal)).rates;
}

/** `GET /api/pricing?implied=true`, models without a rate, with those that their calls imply. */
export async function listImpliedRates(
  origin: string,
  signal: AbortSignal,
): Promise<CamelCased<WireImplied>['unlisted']> {
  return (await getJson<WireImplied>(origin, '/api/pricing?implied=true', impliedShape, signal)).unlisted;
}
