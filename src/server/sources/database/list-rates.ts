import type { WirePricingAnswer, WireRate } from '../../../api/pricing.js';
import type { PricingQuery } from '../../../api/query.js';
import { Temporal } from 'temporal-polyfill';
import type { CallColumns } from './call-columns.js';
import type { Snapshot } from './connection.js';
import type { Memory } from './memory.js';
import { isAmong, readCount, readInteger, readText, selectText, type Parameter } from './query.js';
import { isInForce, readRates, toCallProvider, toListedProvider, toWireRates, type RateRow } from './rates.js';
import { toInstant, toInstantOr1970, toStoredBound } from './stored-time.js';
import { readBound } from './time-window.js';

/** Calls of one provider, model and mode, over all time. */
interface ModelUse {
  readonly provider: string | null;
  readonly model: string | null;
  readonly mode: string;
  readonly calls: number;
  readonly unpriced: number;
  readonly costMillicents: number | null;
}

interface Usage {
  readonly models: readonly ModelUse[];
  readonly bundledDate: string | null;
}

const BUNDLED = 'bundled-????-??-??';
const ALWAYS = '1970-01-01 00:00:00';

/**
 * The price list: rates in force now, at a time that was asked for, or all there ever were; and the models that calls
 * name and the list does not.
 */
export function listRates(
  query: PricingQuery,
  snapshot: Snapshot,
  columns: CallColumns,
  memory: Memory,
  nowMs: number,
): WirePricingAnswer {
  const all = readRates(snapshot);
  const instant =
    query.at === undefined
      ? Temporal.Instant.fromEpochMilliseconds(nowMs)
      : readBound('at', query.at, query.tz ?? 'UTC', 0);
  const stored = toStoredBound(instant);
  const asked = query.history ? all : all.filter((rate) => isInForce(rate, stored));
  const usage = memory.recall('usage', snapshot.version, () => readUsage(snapshot, columns));
  return {
    rates: asked.map((rate) => writeRate(rate, countCalls(rate, usage, snapshot, columns))),
    unlisted: listUnlisted(usage.models, all),
    bundled_date: usage.bundledDate,
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

function readUsage(snapshot: Snapshot, { provider, model, mode, cost, ratesSource }: CallColumns): Usage {
  const rows = snapshot.all(
    `select ${selectText('provider')}, ${selectText('model')}, ${selectText('mode')}, calls, unpriced, cost,
       ${selectText('bundled')} from (
         select ${provider} as provider, ${model} as model, coalesce(${mode}, 'standard') as mode,
           count(*) as calls, sum(${cost} is null) as unpriced, sum(${cost}) as cost,
           max(iif(${ratesSource} glob '${BUNDLED}', ${ratesSource}, null)) as bundled
         from requests r group by 1, 2, 3)`,
  );
  let newest: string | null = null;
  const models = rows.map((row): ModelUse => {
    const bundled = readText(row[6]);
    if (bundled !== null && (newest === null || bundled > newest)) newest = bundled;
    return {
      provider: readText(row[0]),
      model: readText(row[1]),
      mode: readText(row[2]) ?? '',
      calls: readCount(row[3]),
      unpriced: readCount(row[4]),
      costMillicents: readInteger(row[5]),
    };
  });
  return { models, bundledDate: newest === null ? null : (newest as string).slice('bundled-'.length) };
}

/** Calls within the rate's period. A rate that always held has those of the whole table, which are counted already. */
function countCalls(rate: RateRow, usage: Usage, snapshot: Snapshot, columns: CallColumns): number {
  const uses = usage.models.filter(
    (use) => toListedProvider(use.provider) === rate.provider && use.model === rate.model && use.mode === rate.mode,
  );
  const used = uses.reduce((sum, use) => sum + use.calls, 0);
  if (used === 0 || (rate.from <= ALWAYS && rate.before === null)) return used;
  const provider = isAmong(
    columns.provider,
    uses.map((use) => use.provider),
  );
  const end: Parameter[] = rate.before === null ? [] : [rate.before];
  const [row] = snapshot.all(
    `select count(*) from requests r where ${provider.sql} and ${columns.model} = ?
       and coalesce(${columns.mode}, 'standard') = ? and ${columns.requestedAt} >= ?
       ${end.length === 0 ? '' : `and ${columns.requestedAt} < ?`}`,
    [...provider.parameters, rate.model, rate.mode, rate.from, ...end],
  );
  return readCount(row?.[0]);
}

/** Models without any rate, whatever its mode or period; those with the most calls first. */
function listUnlisted(models: readonly ModelUse[], rates: readonly RateRow[]): WirePricingAnswer['unlisted'] {
  const nameOf = (provider: string | null, model: string | null): string => JSON.stringify([provider, model]);
  const listed = new Set(rates.map((rate) => nameOf(rate.provider, rate.model)));
  const unlisted = new Map<string, WirePricingAnswer['unlisted'][number]>();
  for (const { provider, model, calls, unpriced, costMillicents } of models) {
    if (listed.has(nameOf(toListedProvider(provider), model))) continue;
    const name = nameOf(provider, model);
    const known = unlisted.get(name);
    const cost = known?.cost_millicents ?? null;
    unlisted.set(name, {
      provider,
      model,
      calls: calls + (known?.calls ?? 0),
      cost_millicents: costMillicents === null ? cost : costMillicents + (cost ?? 0),
      unpriced_calls: unpriced + (known?.unpriced_calls ?? 0),
    });
  }
  return [...unlisted.values()].sort(
    (a, b) => b.calls - a.calls || nameOf(a.provider, a.model).localeCompare(nameOf(b.provider, b.model), 'en'),
  );
}
