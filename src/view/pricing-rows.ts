import type { CamelCased } from '../api/camel-case.js';
import type { WirePricingAnswer } from '../api/pricing.js';

type Answer = CamelCased<WirePricingAnswer>;
export type Rate = Answer['rates'][number];
export type Unlisted = Answer['unlisted'][number];

export const RATE_KEYS = ['input', 'output', 'cacheRead', 'cacheWrite', 'thinking'] as const;
export type RateKey = (typeof RATE_KEYS)[number];

/** One row of the table: a rate, or several modes of a model that cost the same. */
export interface PriceRow extends Rate {
  /** Which calls it is for, in words; empty when for all of its model. */
  readonly modeLabel: string;
}

/** Rates of a model whose figures, source and period are equal differ in nothing a reader could see but their mode. */
const keyAlike = (rate: Rate): string =>
  JSON.stringify({ ...rate, id: null, mode: null, lastVerifiedAt: null, calls: null });

/** One row where modes cost the same, one for each where they differ. Calls are summed, the oldest check counts. */
export function mergeModes(rates: readonly Rate[]): PriceRow[] {
  const groups = new Map<string, Rate[]>();
  for (const rate of rates) {
    const key = keyAlike(rate);
    groups.set(key, [...(groups.get(key) ?? []), rate]);
  }
  return [...groups.values()].map((alike) => ({
    ...alike[0]!,
    calls: alike.reduce((sum, { calls }) => sum + calls, 0),
    lastVerifiedAt: alike.map(({ lastVerifiedAt }) => lastVerifiedAt).reduce(older),
    modeLabel: labelModes(alike, rates),
  }));
}

/** Nothing to say where both modes of a model are alike. */
function labelModes(alike: readonly Rate[], rates: readonly Rate[]): string {
  const { provider, model } = alike[0]!;
  const all = rates.filter((rate) => rate.provider === provider && rate.model === model).length;
  const modes = alike.map(({ mode }) => mode).join(', ');
  return all > alike.length ? modes : all === 1 ? `${modes} only` : '';
}

const older = (a: string | null, b: string | null): string | null => a && b && (a < b ? a : b);

interface Named {
  readonly provider: string | null;
  readonly model: string | null;
}

/** Those in whose provider or model every word of the text occurs, whatever its case; of one provider if one is named. */
export function searchModels<T extends Named>(rows: readonly T[], text: string, provider = ''): T[] {
  const words = text.toLowerCase().split(/\s+/);
  return rows.filter((row) => {
    const name = [row.provider, row.model].join(' ').toLowerCase();
    return (provider === '' || row.provider === provider) && words.every((word) => name.includes(word));
  });
}
