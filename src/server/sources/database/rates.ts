import type { WireCall, WireCallDetail } from '../../../api/call.js';
import { priceTokens, type Rates } from '../../../api/price-tokens.js';
import type { Snapshot } from './connection.js';
import { selectNumber, readInteger, readText, selectText, type Cell } from './query.js';
import { toBound, toInstant, toInstantOr1970 } from './stored-time.js';

/** A row of `pricing_rates`, with the daemon's own name of the provider and times as they are stored. */
export interface RateRow {
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  readonly mode: string;
  readonly source: string;
  readonly effectiveFrom: string | null;
  readonly effectiveTo: string | null;
  readonly lastVerifiedAt: string | null;
  /** Its period, as bounds to compare stored times with. */
  readonly from: string;
  readonly before: string | null;
  readonly rates: Rates;
}

export const STANDARD_MODE = 'standard';

/** The price list says `google` where calls say `gemini`; a rate set by hand may stand under either name. */
export const toCallProvider = (provider: string): string => (provider === 'google' ? 'gemini' : provider);

/** One name for a model, whichever of its provider's names it was found under. */
export const nameModel = (provider: string | null, model: string | null): string =>
  JSON.stringify([provider === null ? null : toCallProvider(provider), model]);

/** All rates there ever were, none in a database without a price list. A rate that is no number leaves its row out. */
export function readRates(snapshot: Snapshot, condition = '1', parameters: readonly string[] = []): RateRow[] {
  const { schema } = snapshot;
  if (!schema.hasTable('pricing_rates')) return [];
  const column = (name: string): string => schema.column('pricing_rates', 't', name);
  const texts = [
    't.id',
    't.provider',
    't.model',
    't.mode',
    schema.column('pricing_rates', 't', 'source', "'bundled'"),
    't.effective_from',
    't.effective_to',
    column('last_verified_at'),
  ];
  const rates = ['input', 'output', 'thinking', 'cache_read', 'cache_write'];
  const rows = snapshot.all(
    `select ${texts.map(selectText).join(', ')},
       ${rates.map((name) => selectNumber(`t.${name}_rate_per_million_minor_units`)).join(', ')}
     from pricing_rates t where ${condition} order by t.provider, t.model, t.mode, t.effective_from desc, t.id`,
    parameters,
  );
  return rows.flatMap((row) => readRate(row) ?? []);
}

function readRate(row: readonly Cell[]): RateRow | null {
  const [id, provider, model, mode, source, effectiveFrom, effectiveTo, lastVerifiedAt] = row.slice(0, 8).map(readText);
  const [input, output, thinking, cacheRead, cacheWrite] = row.slice(8).map(readInteger);
  if (input == null || output == null || thinking == null || cacheRead == null || cacheWrite == null) return null;
  return {
    id: id ?? '',
    provider: provider ?? '',
    model: model ?? '',
    mode: mode ?? STANDARD_MODE,
    source: source ?? '',
    effectiveFrom: effectiveFrom ?? null,
    effectiveTo: effectiveTo ?? null,
    lastVerifiedAt: lastVerifiedAt ?? null,
    from: toBound(effectiveFrom ?? '') ?? '',
    before: effectiveTo == null ? null : toBound(effectiveTo),
    rates: { input, output, thinking, cacheRead, cacheWrite },
  };
}

/** Whether the rate was in force at a stored time: `effective_from` belongs to its period, `effective_to` does not. */
export function isInForce(rate: RateRow, stored: string): boolean {
  return rate.from <= stored && (rate.before === null || stored < rate.before);
}

/**
 * The rates of a model in the order in which the daemon would price a call of this provider and mode with them; of those
 * in force the first one counts. Rates under the calls' own name for the provider come before the list's other name,
 * then the one that began last, whoever set it. Where the mode is not on the list, the model's standard rate stands in,
 * as the daemon keeps one price a model.
 */
export function rankRates(rates: readonly RateRow[], provider: string | null, mode: string | null): RateRow[] {
  const own = mode ?? STANDARD_MODE;
  const later = (a: RateRow, b: RateRow): number => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0);
  const rank = (rate: RateRow): number => Number(rate.mode !== own) * 2 + Number(rate.provider !== provider);
  return rates
    .filter((rate) => rate.mode === own || rate.mode === STANDARD_MODE)
    .sort((a, b) => rank(a) - rank(b) || later(a, b));
}

/** The rate that the daemon prices such a call with. */
export function findRate(snapshot: Snapshot, call: WireCall, requestedAt: string): RateRow | null {
  if (call.provider === null || call.model === null) return null;
  const named = ['t.provider in (?, ?) and t.model = ?', [call.provider, toListed(call.provider), call.model]] as const;
  const listed = readRates(snapshot, ...named).filter((rate) => isInForce(rate, requestedAt));
  return rankRates(listed, call.provider, call.mode)[0] ?? null;
}

const toListed = (provider: string): string => (provider === 'gemini' ? 'google' : provider);

/** The call with its price, and whether tokens times price give the cost that was recorded. */
export function auditCall(call: WireCall, rate: RateRow | null): WireCallDetail {
  if (rate === null) return { ...call, price: null, audit: 'cannot', recomputed_millicents: null };
  const price = {
    ...toWireRates(rate.rates),
    effective_from: toInstantOr1970(rate.effectiveFrom),
    effective_to: toInstant(rate.effectiveTo),
    source: rate.source,
  };
  // Without a cost the counts may be unknown too, and a cost of unknown counts would be made up.
  if (call.cost_millicents === null) return { ...call, price, audit: 'cannot', recomputed_millicents: null };
  const recomputed = priceTokens(
    {
      input: call.input_tokens,
      output: call.output_tokens,
      thinking: call.thinking_tokens,
      cacheRead: call.cache_read_tokens,
      cacheWrite: call.cache_write_tokens,
    },
    rate.rates,
  );
  const audit = recomputed === call.cost_millicents ? 'equal' : 'differs';
  return { ...call, price, audit, recomputed_millicents: recomputed };
}

export function toWireRates(rates: Rates): {
  input: number;
  output: number;
  thinking: number;
  cache_read: number;
  cache_write: number;
} {
  return {
    input: rates.input,
    output: rates.output,
    thinking: rates.thinking,
    cache_read: rates.cacheRead,
    cache_write: rates.cacheWrite,
  };
}
