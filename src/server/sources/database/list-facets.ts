import type { WireFacetsAnswer } from '../../../api/facets.js';
import { LIST_FILTERS, type ListFilter } from '../../../api/filter.js';
import type { FilterQuery } from '../../../api/query.js';
import { judgeSignatures, listValues, type Verdicts } from './columns/pass-signatures.js';
import type { SumTable } from './columns/sum-table.js';
import type { IndexContext } from './index-context.js';

type Facet = WireFacetsAnswer['facets'][ListFilter][number];

/** Values of one filter that are worth choosing from; the rarest past this are left out. */
const MAX_VALUES = 1000;

/** Its lists alone: what is left when every name's own filters are left out. */
const LIST_PARTS: ReadonlySet<string> = new Set([...LIST_FILTERS, 'like', 'not', 'not_like']);

/** For each repeatable filter, its values in the window, that filter itself left out; most calls first. */
export function listFacets(query: FilterQuery, context: IndexContext): WireFacetsAnswer {
  const { table } = context.index;
  const rest = Object.fromEntries(Object.entries(query).filter(([name]) => !LIST_PARTS.has(name))) as FilterQuery;
  const bySignature = context.selections.sumSignatures(rest, context);
  const verdicts = judgeSignatures(query, table.signatures, context.slugs);
  const facets = LIST_FILTERS.map((name) => [name, countValues(name, bySignature, verdicts, context)] as const);
  return { facets: Object.fromEntries(facets) as WireFacetsAnswer['facets'] };
}

function countValues(
  name: ListFilter,
  bySignature: SumTable,
  verdicts: Verdicts,
  { index, slugs }: IndexContext,
): Facet[] {
  const { values, codes } = listValues(index.table.signatures, name, slugs);
  const passes = verdicts.passesBut(name);
  const counted = new Map<string | null, { calls: number; unpriced: number; cost: number }>();
  for (const [signature, code] of codes.entries()) {
    const calls = bySignature.calls(signature);
    if (calls === 0 || passes[signature] === 0) continue;
    const value = values[code]!;
    const known = counted.get(value) ?? { calls: 0, unpriced: 0, cost: 0 };
    known.calls += calls;
    known.unpriced += bySignature.unpriced(signature);
    known.cost += bySignature.cost(signature) ?? 0;
    counted.set(value, known);
  }
  return [...counted]
    .map(([value, { calls, unpriced, cost }]) => ({
      value,
      calls,
      unpriced_calls: unpriced,
      cost_millicents: unpriced === calls ? null : cost,
    }))
    .sort((a, b) => b.calls - a.calls || compareValues(a.value, b.value))
    .slice(0, MAX_VALUES);
}

/** Null first. */
export function compareValues(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}
