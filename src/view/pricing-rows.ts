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

/** Rates whose figures, source and period are equal differ in nothing a reader could see but their mode. */
const sameAs = (rate: Rate): string =>
  JSON.stringify([rate.source, rate.effectiveFrom, rate.effectiveTo, ...RATE_KEYS.map((key) => rate[key])]);

/** One row where modes cost the same, one for each where they differ. Calls are summed, the oldest check counts. */
export function mergeModes(rates: readonly Rate[]): PriceRow[] {
  const models = new Map<string, Map<string, Rate[]>>();
  for (const rate of rates) {
    const model = JSON.stringify([rate.provider, rate.model]);
    const alike = models.get(model) ?? new Map<string, Rate[]>();
    models.set(model, alike);
    const key = sameAs(rate);
    alike.set(key, [...(alike.get(key) ?? []), rate]);
  }
  return [...models.values()].flatMap((alike) =>
    [...alike.values()].map((same) => ({
      ...same[0]!,
      calls: same.reduce((sum, rate) => sum + rate.calls, 0),
      lastVerifiedAt: same.map((rate) => rate.lastVerifiedAt).reduce(older),
      modeLabel: labelModes(same, alike.size > 1),
    })),
  );
}

function labelModes(same: readonly Rate[], differ: boolean): string {
  const modes = same.map((rate) => rate.mode);
  if (differ) return modes.join(', ');
  return modes.length === 1 ? `${modes[0]} only` : '';
}

const older = (a: string | null, b: string | null): string | null => (a === null || b === null ? null : a < b ? a : b);

interface Named {
  readonly provider: string | null;
  readonly model: string | null;
}

/** Those in whose provider or model every word of the text occurs, whatever its case. */
export function searchModels<T extends Named>(rows: readonly T[], text: string): T[] {
  const words = text.toLowerCase().split(/\s+/);
  return rows.filter((row) => {
    const name = `${row.provider ?? ''} ${row.model ?? ''}`.toLowerCase();
    return words.every((word) => name.includes(word));
  });
}

/** How many decimals the exact figures of a column need, so that their points can stand in one line. */
export function countDecimals(formatted: string): number {
  const point = formatted.indexOf('.');
  return point < 0 ? 0 : formatted.length - point - 1;
}
