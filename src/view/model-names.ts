import type { WireTotals } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';

type Sums = CamelCased<WireTotals>;

/** The sums of calls under one name, and the values as they are stored that it stands for. */
export type NamedSums = Sums & { readonly name: string | null; readonly keys: readonly (string | null)[] };

/** A day as eight digits at the end: `claude-haiku-4-5-20251001`. */
const DATE = /-\d{8}$/;

/** The name of a model without the date that its provider put at its end, as `halton-meter report` has it. */
export function stripModelDate(model: string): string {
  return model.replace(DATE, '');
}

const COUNTS = [
  'calls',
  'failedCalls',
  'unpricedCalls',
  'incompleteCalls',
  'imputedMillicents',
  'inputTokens',
  'outputTokens',
  'thinkingTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
] as const;

/** Two sums as one. What has no price at all adds nothing to what has, and its calls stay counted as not priced. */
export function addSums(a: Sums, b: Sums): Sums {
  const counts = Object.fromEntries(COUNTS.map((name) => [name, a[name] + b[name]])) as Omit<Sums, 'costMillicents'>;
  const isUnpriced = a.costMillicents === null && b.costMillicents === null;
  return { ...counts, costMillicents: isUnpriced ? null : (a.costMillicents ?? 0) + (b.costMillicents ?? 0) };
}

/**
 * Groups by name, those joined whose names become the same. They stand in the order of the first of each; sort them again
 * where the order is by a sum.
 */
export function joinGroups(
  groups: readonly (Sums & { readonly key: string | null })[],
  rename: (name: string) => string,
): NamedSums[] {
  const joined = new Map<string | null, NamedSums>();
  for (const group of groups) {
    const name = group.key === null ? null : rename(group.key);
    const before = joined.get(name);
    joined.set(
      name,
      before === undefined
        ? { ...group, name, keys: [group.key] }
        : { ...addSums(before, group), name, keys: [...before.keys, group.key] },
    );
  }
  return [...joined.values()];
}
