import type { CamelCased } from '../api/camel-case.js';
import { type Filter, filterToParams } from '../api/filter.js';
import type { Rates } from '../api/price-tokens.js';
import type { WireRepriceAnswer } from '../api/reprice.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';

export type RepriceAnswer = CamelCased<WireRepriceAnswer>;

/** What calls are priced with instead: a model's current rates, rates, or those in force when each was made. */
export interface Scenario {
  readonly model: { readonly provider: string; readonly model: string } | null;
  readonly rates: Rates | null;
  readonly hasCaching: boolean;
}

const sums = {
  calls: 'n',
  repriced_calls: 'n',
  recorded_millicents: 'n',
  repriced_millicents: 'n',
  recorded_imputed_millicents: 'n',
  repriced_imputed_millicents: 'n',
  failed_calls: 'n',
  incomplete_calls: 'n',
  added_calls: 'n',
  added_millicents: 'n',
  no_rate_calls: 'n',
  no_rate_millicents: 'n',
  no_tokens_calls: 'n',
} as const;

const repriceShape: Shape<WireRepriceAnswer> = { projects: [{ project: 's?', ...sums }], totals: sums };

/** `GET /api/calls/reprice` */
export function repriceCalls(
  origin: string,
  filter: Filter,
  { model, rates, hasCaching }: Scenario,
  signal: AbortSignal,
): Promise<RepriceAnswer> {
  const params = filterToParams(filter);
  if (model !== null) {
    params.set('to_provider', model.provider);
    params.set('to_model', model.model);
  } else if (rates !== null) {
    const { input, output, thinking, cacheRead, cacheWrite } = rates;
    params.set('rates', [input, output, thinking, cacheRead, cacheWrite].join(','));
  }
  if (!hasCaching) params.set('caching', 'none');
  return getJson<WireRepriceAnswer>(origin, `/api/calls/reprice?${params}`, repriceShape, signal);
}
