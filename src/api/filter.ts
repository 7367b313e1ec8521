/**
 * A filter as the browser holds it: the contract's own parameter names and texts, so that a page's address, a request
 * and an element's attribute are one thing. Checked by the server, which names the parameter that is wrong.
 */

/** Filters over one text each: what `not`, `like`, facets and groups may name. */
export const LIST_FILTERS = [
  'project',
  'provider',
  'model',
  'status',
  'kind',
  'mode',
  'billing',
  'attribution',
  'error_class',
  'error_code',
  'http_status',
  'machine',
  'workdir',
  'rates_source',
] as const;
export type ListFilter = (typeof LIST_FILTERS)[number];

export const FILTER_LISTS = [...LIST_FILTERS, 'body_state', 'like', 'not', 'not_like', 'phrase'] as const;

export const FILTER_VALUES = [
  'priced',
  'complete',
  'body',
  'since',
  'until',
  'last',
  'tz',
  'min_cost',
  'max_cost',
  'min_latency',
  'max_latency',
  'min_ttft',
  'max_ttft',
  'min_tokens',
  'max_tokens',
  'prompt',
  'repeated',
  'repeated_within',
  'q',
] as const;

export type FilterList = (typeof FILTER_LISTS)[number];
export type FilterValue = (typeof FILTER_VALUES)[number];

/** An empty text in a list stands for null ("no project", "no kind"). A missing name does not filter. */
export type Filter = { readonly [K in FilterList]?: readonly string[] } & { readonly [K in FilterValue]?: string };

/** The filter's parameters, in the contract's order, so that equal filters give equal texts. */
export function filterToParams(filter: Filter): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of FILTER_LISTS) for (const value of filter[name] ?? []) params.append(name, value);
  for (const name of FILTER_VALUES) {
    const value = filter[name];
    if (value) params.set(name, value);
  }
  return params;
}

/** The filter as the end of an address: `?project=…`, or nothing. */
export function filterToSearch(filter: Filter): string {
  const params = filterToParams(filter);
  return params.size > 0 ? `?${params}` : '';
}

/** Reads a filter back. Names that are not the filter's are left alone; of a repeated single value the first counts. */
export function paramsToFilter(params: URLSearchParams): Filter {
  const filter: Record<string, string | string[]> = {};
  for (const name of FILTER_LISTS) {
    const values = params.getAll(name);
    if (values.length > 0) filter[name] = [...new Set(values)];
  }
  for (const name of FILTER_VALUES) {
    const value = params.get(name);
    if (value) filter[name] = value;
  }
  return filter;
}

/** The filter with some names replaced; `undefined`, an empty list or an empty text takes a name away. */
export function changeFilter(filter: Filter, change: Filter): Filter {
  const merged: Record<string, string | readonly string[] | undefined> = { ...filter, ...change };
  for (const [name, value] of Object.entries(merged)) if (!value?.length) delete merged[name];
  return merged;
}
