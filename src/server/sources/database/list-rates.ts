import { Temporal } from 'temporal-polyfill';
import type { WirePricingAnswer, WireRate } from '../../../api/pricing.js';
import type { PricingQuery } from '../../../api/query.js';
import { countBlock } from './columns/block-sums.js';
import type { CallTable } from './columns/call-table.js';
import type { SumTable } from './columns/sum-table.js';
import type { IndexContext } from './index-context.js';
import { isInForce, nameModel, readRates, toCallProvider, toWireRates, type RateRow } from './rates.js';
import { microsOfBound, toInstant, toInstantOr1970, toStoredBound } from './stored-time.js';
import { readBound } from './time-window.js';

const BUNDLED = /^bundled-(\d{4}-\d\d-\d\d)$/;
const ALWAYS = '1970-01-01 00:00:00';
const STANDARD_MODE = 'standard';

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
    unlisted: listUnlisted(context, uses, all),
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

type Unlisted = Required<WirePricingAnswer['unlisted'][number]>;
type Tokens = Unlisted['priced_tokens'];

const NO_USE = {
  calls: 0,
  cost_millicents: null,
  unpriced_calls: 0,
  priced_tokens: {
    input_tokens: 0,
    output_tokens: 0,
    thinking_tokens: 0,
    cache_read_tokens: 0,
    cache_write_tokens: 0,
  },
  unpriced_modes: [],
};

const addTokens = (a: Tokens, b: Tokens): Tokens => ({
  input_tokens: a.input_tokens + b.input_tokens,
  output_tokens: a.output_tokens + b.output_tokens,
  thinking_tokens: a.thinking_tokens + b.thinking_tokens,
  cache_read_tokens: a.cache_read_tokens + b.cache_read_tokens,
  cache_write_tokens: a.cache_write_tokens + b.cache_write_tokens,
});

/** Models without any rate, whatever its mode or period; those with the most calls first. */
function listUnlisted(context: IndexContext, uses: SumTable, rates: readonly RateRow[]): WirePricingAnswer['unlisted'] {
  const { signatures } = context.index.table;
  const priced = context.selections.sumSignatures({ priced: true }, context);
  const nameOf = (provider: string | null, model: string | null): string => JSON.stringify([provider, model]);
  const listed = new Set(rates.map((rate) => nameModel(rate.provider, rate.model)));
  const unlisted = new Map<string, Unlisted>();
  for (let own = 0; own < signatures.size; own++) {
    const [provider, model] = [signatures.valueOf(own, 'provider'), signatures.valueOf(own, 'model')];
    const calls = uses.calls(own);
    if (calls === 0 || listed.has(nameModel(provider, model))) continue;
    const name = nameOf(provider, model);
    const known = unlisted.get(name) ?? { provider, model, ...NO_USE };
    const costs = [known.cost_millicents, uses.cost(own)].filter((cost) => cost !== null);
    const isLacking = uses.unpriced(own) > 0 && signatures.valueOf(own, 'isComplete') !== '0';
    const modes = isLacking ? [signatures.valueOf(own, 'mode') ?? STANDARD_MODE] : [];
    unlisted.set(name, {
      ...known,
      calls: calls + known.calls,
      cost_millicents: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
      unpriced_calls: uses.unpriced(own) + known.unpriced_calls,
      priced_tokens: addTokens(known.priced_tokens, priced.toWire(own)),
      unpriced_modes: [...new Set([...known.unpriced_modes, ...modes])].sort(),
    });
  }
  return [...unlisted.values()].sort(
    (a, b) => b.calls - a.calls || (nameOf(a.provider, a.model) < nameOf(b.provider, b.model) ? -1 : 1),
  );
}
