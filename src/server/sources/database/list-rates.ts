import { Temporal } from 'temporal-polyfill';
import type { WirePricingAnswer, WireRate } from '../../../api/pricing.js';
import type { PricingQuery } from '../../../api/query.js';
import { countBlock } from './columns/block-sums.js';
import type { CallTable } from './columns/call-table.js';
import type { SumTable } from './columns/sum-table.js';
import type { IndexContext } from './index-context.js';
import { listUnlisted } from './list-unlisted.js';
import { isInForce, nameModel, readRates, STANDARD_MODE, toCallProvider, toWireRates, type RateRow } from './rates.js';
import { microsOfBound, toInstant, toInstantOr1970, toStoredBound } from './stored-time.js';
import { readBound } from './time-window.js';

const BUNDLED = /^bundled-(\d{4}-\d\d-\d\d)$/;
const ALWAYS = '1970-01-01 00:00:00';

/**
 * The price list: rates in force now, at a time that was asked for, or all there ever were; and the models that calls
 * name and the list does not.
 */
export function listRates(query: PricingQuery, context: IndexContext): WirePricingAnswer {
  const { snapshot, index, nowMs } = context;
  const all = readRates(snapshot);
  const instant =
    query.at === undefined
      ? Temporal.Instant.fromEpochMilliseconds(nowMs)
      : readBound('at', query.at, query.tz ?? 'UTC', 0);
  const stored = toStoredBound(instant);
  const asked = query.history ? all : all.filter((rate) => isInForce(rate, stored));
  const counts = countCalls(asked, index.table);
  const { table } = index;
  const uses = context.selections.sumSignatures({}, context);
  return {
    rates: asked.map((rate, place) => writeRate(rate, counts[place]!)),
    unlisted: listUnlisted(context, all, query.implied === true),
    bundled_date: findBundledDate(table, uses),
  };
}

function writeRate(rate: RateRow, calls: number): WireRate {
  return {
    id: rate.id,
    provider: toCallProvider(rate.provider),
    model: rate.model,
    mode: rate.mode,
    source: rate.source,
    effective_from: toInstantOr1970(rate.effectiveFrom),
    effective_to: toInstant(rate.effectiveTo),
    last_verified_at: toInstant(rate.lastVerifiedAt),
    ...toWireRates(rate.rates),
    calls,
  };
}

/** Calls of each rate's provider, model and mode within its period. */
function countCalls(rates: readonly RateRow[], table: CallTable): Float64Array {
  const { signatures, micros } = table;
  const counts = new Float64Array(rates.length);
  const byName = new Map<string, number[]>();
  for (const [place, { provider, model, mode }] of rates.entries()) {
    const name = `${nameModel(provider, model)} ${mode}`;
    byName.set(name, [...(byName.get(name) ?? []), place]);
  }
  // Rates under the calls' own name for their provider first: where one of those holds, the others do not count.
  const bySignature = Array.from({ length: signatures.size }, (_, own) => {
    const provider = signatures.valueOf(own, 'provider');
    const mode = signatures.valueOf(own, 'mode') ?? STANDARD_MODE;
    const named = byName.get(`${nameModel(provider, signatures.valueOf(own, 'model'))} ${mode}`) ?? [];
    const isOwn = (place: number): boolean => rates[place]!.provider === provider;
    return [named.filter(isOwn), named.filter((place) => !isOwn(place))];
  });
  // A rate that always held has the calls whose time can't be read, too.
  const periods = rates.map(({ from, before }) => {
    return before === null && from <= ALWAYS
      ? null
      : [microsOfBound(from), before === null ? Infinity : microsOfBound(before)];
  });
  const count = (named: readonly (readonly number[])[], at: number, calls: number): void => {
    for (const some of named) {
      let holds = false;
      for (const rate of some) {
        const period = periods[rate];
        if (period !== null && !(at >= period![0]! && at < period![1]!)) continue;
        counts[rate]! += calls;
        holds = true;
      }
      if (holds) return;
    }
  };
  const borders = [...new Set(periods.flat())].filter((border) => border !== null);
  const signature = table.signature.data;
  table.blocks.visit(
    table,
    (first, last) => first <= last && !borders.some((border) => first < border && border <= last),
    (block) => {
      for (const [own, calls] of countBlock(block)) count(bySignature[own]!, block.first, calls);
    },
    (begin, end) => {
      for (let place = begin; place < end; place++) count(bySignature[signature[place]!]!, micros[place]!, 1);
    },
  );
  return counts;
}

/** The newest of the bundled price lists that a call names. */
function findBundledDate({ signatures }: CallTable, uses: SumTable): string | null {
  let newest: string | null = null;
  const values = signatures.values('ratesSource');
  for (const [own, code] of signatures.codes('ratesSource').entries()) {
    const date = uses.calls(own) === 0 ? undefined : BUNDLED.exec(values[code] ?? '')?.[1];
    if (date !== undefined && (newest === null || date > newest)) newest = date;
  }
  return newest;
}
