import type { WireFacetsAnswer } from '../../../api/facets.js';
import type { FilterQuery } from '../../../api/query.js';
import { filterCalls, type FilterContext } from './call-filter.js';
import type { Memory } from './memory.js';
import { readCount, readInteger, readText, selectText, type Query } from './query.js';

type FacetName = keyof WireFacetsAnswer['facets'];
type Facet = WireFacetsAnswer['facets'][FacetName][number];

/** Values of one filter that are worth choosing from; the rarest past this are left out. */
const MAX_VALUES = 1_000;

/** For each repeatable filter, its values in the window, that filter itself left out; most calls first. */
export function listFacets(query: FilterQuery, context: FilterContext, memory: Memory): WireFacetsAnswer {
  const { columns } = context;
  const slugs = readSlugs(context.snapshot);
  const count = (name: FacetName, expression: string): Facet[] => {
    const { [name]: _, ...others } = query;
    return countValues(expression, others, context, memory);
  };
  return {
    facets: {
      project: joinProjects(count('project', columns.projectId), slugs),
      provider: count('provider', columns.provider),
      model: count('model', columns.model),
      status: count('status', columns.status),
      kind: count('kind', columns.kind),
      billing: count('billing', columns.billing),
      attribution: count('attribution', columns.attribution),
      error_class: count('error_class', columns.errorClass),
    },
  };
}

function countValues(expression: string, query: FilterQuery, context: FilterContext, memory: Memory): Facet[] {
  const { snapshot, columns } = context;
  const filter = filterCalls(query, context);
  const key = `facet ${expression} ${filter.sql} ${JSON.stringify(filter.parameters)}`;
  return memory.recall(key, snapshot.version, () =>
    snapshot
      .all(
        `select ${selectText(expression)}, count(*), sum(${columns.cost} is null), sum(${columns.cost})
         from requests r where ${filter.sql} group by 1 order by 2 desc, 1 limit ?`,
        [...filter.parameters, MAX_VALUES],
      )
      .map(([value, calls, unpriced, cost]) => ({
        value: readText(value),
        calls: readCount(calls),
        unpriced_calls: readCount(unpriced),
        cost_millicents: readInteger(cost),
      })),
  );
}

function readSlugs(db: Query): ReadonlyMap<string, string> {
  const rows = db.all(`select ${selectText('id')}, ${selectText('slug')} from projects`);
  return new Map(rows.map(([id, slug]) => [readText(id) ?? '', readText(slug) ?? '']));
}

/** Calls carry project ids; a filter names slugs. A call whose project has no row goes by its id, as everywhere. */
function joinProjects(facets: readonly Facet[], slugs: ReadonlyMap<string, string>): Facet[] {
  return facets.map((facet) => ({
    ...facet,
    value: facet.value === null ? null : (slugs.get(facet.value) ?? facet.value),
  }));
}
