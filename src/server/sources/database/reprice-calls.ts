import { Temporal } from 'temporal-polyfill';
import type { Rates } from '../../../api/price-tokens.js';
import type { RepriceQuery } from '../../../api/query.js';
import { QueryError } from '../../../api/query-error.js';
import type { WireRepriceAnswer } from '../../../api/reprice.js';
import { PRICE_FIELD_COUNT, PRICE_FIELDS, sumPrices, type Period } from './columns/price-sums.js';
import { classify, TRAIT } from './columns/signature-classes.js';
import type { IndexContext } from './index-context.js';
import { compareValues } from './list-facets.js';
import { keyBy } from './list-groups.js';
import { isInForce, nameModel, rankRates, readRates, type RateRow } from './rates.js';
import { microsOfBound, toStoredBound } from './stored-time.js';

type Sums = WireRepriceAnswer['totals'];

/** What the calls of the filter would have cost in the scenario, per project; see the contract. */
export function repriceCalls(query: RepriceQuery, context: IndexContext): WireRepriceAnswer {
  const { to_provider: _provider, to_model: _model, rates: _rates, caching, ...filter } = query;
  const { table } = context.index;
  const { keys, ofSignature } = keyBy('project', null, context);
  const classes = classify(table.signatures, (own) => ofSignature[own]!);
  const periods = findPeriods(query, context);
  const sums = sumPrices(
    table,
    context.selections.select(filter, context),
    caching === 'none' ? periods.map(withoutCaching()) : periods,
    classes.ofSignature,
    classes.count,
  );
  const parts = keys.map(() => ({ ...NOTHING }));
  const totals = { ...NOTHING };
  for (const [place, key] of classes.keys.entries()) {
    const own = sums.subarray(place * PRICE_FIELD_COUNT, (place + 1) * PRICE_FIELD_COUNT);
    for (const into of [parts[key]!, totals]) addClass(into, own, classes.traits[place]!);
  }
  const projects = keys.flatMap((project, place) => (parts[place]!.calls > 0 ? [{ project, ...parts[place]! }] : []));
  const recorded = (sum: Sums): number => sum.recorded_millicents + sum.no_rate_millicents;
  projects.sort((a, b) => recorded(b) - recorded(a) || b.calls - a.calls || compareValues(a.project, b.project));
  return { projects, totals };
}

const NOTHING: Sums = {
  calls: 0,
  repriced_calls: 0,
  recorded_millicents: 0,
  repriced_millicents: 0,
  recorded_imputed_millicents: 0,
  repriced_imputed_millicents: 0,
  failed_calls: 0,
  incomplete_calls: 0,
  added_calls: 0,
  added_millicents: 0,
  no_rate_calls: 0,
  no_rate_millicents: 0,
  no_tokens_calls: 0,
};

/** Adds the sums of calls that have their traits in common. */
function addClass(into: Sums, own: Float64Array, traits: number): void {
  const sum = (name: keyof typeof PRICE_FIELDS): number => own[PRICE_FIELDS[name]]!;
  const [repriced, recorded, newCost] = [sum('repriced'), sum('recorded'), sum('newCost')];
  const [unpriced, unpricedWithoutRate] = [sum('unpriced'), sum('unpricedWithoutRate')];
  into.calls += repriced + unpriced + sum('withoutRate') + unpricedWithoutRate;
  into.repriced_calls += repriced;
  into.recorded_millicents += recorded;
  into.repriced_millicents += newCost;
  if (traits & TRAIT.imputed) {
    into.recorded_imputed_millicents += recorded;
    into.repriced_imputed_millicents += newCost;
  }
  if (traits & TRAIT.failed) into.failed_calls += repriced;
  into.no_rate_calls += sum('withoutRate');
  into.no_rate_millicents += sum('withoutRateRecorded');
  if (traits & TRAIT.incomplete) {
    into.incomplete_calls += repriced;
    // Without a recorded cost the daemon did not see what was used: its zeros are no counts.
    into.no_tokens_calls += unpriced + unpricedWithoutRate;
  } else {
    into.added_calls += unpriced;
    into.added_millicents += sum('unpricedCost');
    into.no_rate_calls += unpricedWithoutRate;
  }
}

/** The rates of the scenario for each signature; signatures that are priced alike share one list. */
function findPeriods(query: RepriceQuery, { snapshot, index, nowMs }: IndexContext): (readonly Period[])[] {
  const { signatures } = index.table;
  const each = <T>(make: (own: number) => T): T[] => Array.from({ length: signatures.size }, (_, own) => make(own));
  if (query.rates !== undefined) {
    const always = [holdAlways(query.rates)];
    return each(() => always);
  }
  const all = readRates(snapshot);
  const known = new Map<string, readonly Period[]>();
  const recall = (name: string, make: () => readonly Period[]): readonly Period[] => {
    const periods = known.get(name) ?? make();
    known.set(name, periods);
    return periods;
  };
  if (query.to_model !== undefined) {
    const target = nameModel(query.to_provider!, query.to_model);
    const stored = toStoredBound(Temporal.Instant.fromEpochMilliseconds(nowMs));
    const current = all.filter((rate) => nameModel(rate.provider, rate.model) === target && isInForce(rate, stored));
    if (current.length === 0) {
      throw new QueryError('to_model', `There is no rate in force for the model ${JSON.stringify(query.to_model)}.`);
    }
    return each((own) => {
      const mode = signatures.valueOf(own, 'mode');
      const best = (): Period[] => rankRates(current, query.to_provider!, mode).slice(0, 1).map(holdRate);
      return recall(String(mode), best);
    });
  }
  const byModel = new Map<string, RateRow[]>();
  for (const rate of all) {
    const name = nameModel(rate.provider, rate.model);
    byModel.set(name, [...(byModel.get(name) ?? []), rate]);
  }
  return each((own) => {
    const [provider, mode] = [signatures.valueOf(own, 'provider'), signatures.valueOf(own, 'mode')];
    const listed = byModel.get(nameModel(provider, signatures.valueOf(own, 'model')));
    if (listed === undefined || provider === null) return NO_PERIODS;
    const name = JSON.stringify([provider, signatures.valueOf(own, 'model'), mode]);
    return recall(name, () => rankRates(listed, provider, mode).map(toPeriod));
  });
}

const NO_PERIODS: readonly Period[] = [];

const holdAlways = (rates: Rates): Period => ({ from: -Infinity, before: Infinity, rates });
const holdRate = ({ rates }: RateRow): Period => holdAlways(rates);

/** When the list's first rates begin: they have always been so. */
const ALWAYS = '1970-01-01 00:00:00';

function toPeriod({ from, before, rates }: RateRow): Period {
  return {
    from: from <= ALWAYS ? -Infinity : microsOfBound(from),
    before: before === null ? Infinity : microsOfBound(before),
    rates,
  };
}

/** Cache reads and writes as what they would be without a cache: input. Lists that were one stay one. */
function withoutCaching(): (periods: readonly Period[]) => readonly Period[] {
  const known = new Map<readonly Period[], readonly Period[]>();
  return (periods) => {
    const changed =
      known.get(periods) ??
      periods.map((period) => ({
        ...period,
        rates: { ...period.rates, cacheRead: period.rates.input, cacheWrite: period.rates.input },
      }));
    known.set(periods, changed);
    return changed;
  };
}
