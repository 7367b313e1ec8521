import type { CamelCased } from '../api/camel-case.js';
import type { WireFacetsAnswer } from '../api/facets.js';
import { type Filter, filterToSearch, LIST_FILTERS, type ListFilter } from '../api/filter.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';

export type Facets = CamelCased<WireFacetsAnswer>['facets'];

const facetShape = [{ value: 's?', calls: 'n', unpriced_calls: 'n', cost_millicents: 'n?' }] as const;

const facetsShape: Shape<WireFacetsAnswer> = {
  facets: Object.fromEntries(LIST_FILTERS.map((name) => [name, facetShape])) as Record<ListFilter, typeof facetShape>,
};

/** `GET /api/calls/facets` */
export async function listFacets(origin: string, filter: Filter, signal: AbortSignal): Promise<Facets> {
  const path = `/api/calls/facets${filterToSearch(filter)}`;
  return (await getJson<WireFacetsAnswer>(origin, path, facetsShape, signal)).facets;
}
