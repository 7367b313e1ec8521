import type { WirePricingAnswer } from '../../../api/pricing.js';
import { fitRates, type FittedRates } from './columns/fit-rates.js';
import type { IndexContext } from './index-context.js';
import { nameModel, STANDARD_MODE, type RateRow } from './rates.js';

type Unlisted = Required<Omit<WirePricingAnswer['unlisted'][number], 'implied'>>;
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

/**
 * Models without any rate, whatever its mode or period; those with the most calls first. `isFitted`: with the rates that
 * their calls imply.
 */
export function listUnlisted(
  context: IndexContext,
  rates: readonly RateRow[],
  isFitted: boolean,
): WirePricingAnswer['unlisted'] {
  const { table } = context.index;
  const { signatures } = table;
  const uses = context.selections.sumSignatures({}, context);
  const priced = context.selections.sumSignatures({ priced: true }, context);
  const nameOf = (provider: string | null, model: string | null): string => JSON.stringify([provider, model]);
  const listed = new Set(rates.map((rate) => nameModel(rate.provider, rate.model)));
  const unlisted = new Map<string, Unlisted>();
  const slots = new Map<string, number>();
  const slotOf = new Int32Array(signatures.size).fill(-1);
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
    slots.set(name, slots.get(name) ?? slots.size);
    slotOf[own] = slots.get(name)!;
  }
  const fitted = isFitted ? fitRates(table, slotOf, slots.size) : null;
  return [...unlisted]
    .map(([name, model]) => (fitted === null ? model : { ...model, implied: writeFitted(fitted[slots.get(name)!]!) }))
    .sort((a, b) => b.calls - a.calls || (nameOf(a.provider, a.model) < nameOf(b.provider, b.model) ? -1 : 1));
}

function writeFitted(fitted: FittedRates | null): WirePricingAnswer['unlisted'][number]['implied'] {
  if (fitted === null) return null;
  const [input, output, thinking, cacheRead, cacheWrite] = fitted.rates;
  return {
    input: input!,
    output: output!,
    thinking: thinking!,
    cache_read: cacheRead!,
    cache_write: cacheWrite!,
    step: fitted.step,
    calls: fitted.calls,
  };
}
