import type { WireCall, WireCallDetail, WireCallsAnswer } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import type { WireFacetsAnswer } from '../api/facets.js';
import { type Filter, filterToParams, filterToSearch } from '../api/filter.js';
import type { Sort } from '../api/query.js';
import { get, getJson } from './get.js';
import { getStream } from './get-stream.js';
import type { Shape } from './shape.js';
import { sumShapes, tokenShapes } from './sums.js';

export type CallsAnswer = CamelCased<WireCallsAnswer>;
export type Call = CallsAnswer['calls'][number];
export type CallDetail = CamelCased<WireCallDetail>;
export type Facets = CamelCased<WireFacetsAnswer>['facets'];

export interface CallsPage {
  readonly sort: Sort;
  readonly order: 'asc' | 'desc';
  readonly offset: number;
  readonly limit: number;
}

const callShape: Shape<WireCall> = {
  id: 's',
  project: 's',
  provider: 's?',
  model: 's?',
  mode: 's?',
  kind: 's?',
  status: 's?',
  http_status: 'n?',
  error_class: 's?',
  error_code: 's?',
  retryable: 'b?',
  requested_at: 's',
  recorded_at: 's?',
  latency_ms: 'n?',
  ttft_ms: 'n?',
  ...tokenShapes,
  complete: 'b',
  cost_millicents: 'n?',
  rates_source: 's?',
  billing: 's',
  machine: 's?',
  workdir: 's?',
  attribution: 's?',
  prompt_hash: 's?',
  body: 's',
};

const callsShape: Shape<WireCallsAnswer> = { calls: [callShape], next_cursor: 's?', total: 'n', totals: sumShapes };

const rateShapes = { input: 'n', output: 'n', thinking: 'n', cache_read: 'n', cache_write: 'n' } as const;

const callDetailShape: Shape<WireCallDetail> = {
  ...callShape,
  price: ['?', { ...rateShapes, effective_from: 's', effective_to: 's?', source: 's' }],
  audit: 's',
  recomputed_millicents: 'n?',
};

const facetShape = [{ value: 's?', calls: 'n', unpriced_calls: 'n', cost_millicents: 'n?' }] as const;

const facetsShape: Shape<WireFacetsAnswer> = {
  facets: {
    project: facetShape,
    provider: facetShape,
    model: facetShape,
    status: facetShape,
    kind: facetShape,
    mode: facetShape,
    billing: facetShape,
    attribution: facetShape,
    error_class: facetShape,
    error_code: facetShape,
    http_status: facetShape,
    machine: facetShape,
    workdir: facetShape,
    rates_source: facetShape,
  },
};

/** `GET /api/calls`, one page by offset. */
export function listCalls(origin: string, filter: Filter, page: CallsPage, signal: AbortSignal): Promise<CallsAnswer> {
  const params = filterToParams(filter);
  params.set('sort', page.sort);
  params.set('order', page.order);
  params.set('limit', String(page.limit));
  params.set('offset', String(page.offset));
  return getJson<WireCallsAnswer>(origin, `/api/calls?${params}`, callsShape, signal);
}

/** `GET /api/calls/{id}` */
export function getCall(origin: string, id: string, signal: AbortSignal): Promise<CallDetail> {
  return getJson<WireCallDetail>(origin, `/api/calls/${encodeURIComponent(id)}`, callDetailShape, signal);
}

/** `GET /api/calls/facets` */
export async function listFacets(origin: string, filter: Filter, signal: AbortSignal): Promise<Facets> {
  const path = `/api/calls/facets${filterToSearch(filter)}`;
  return (await getJson<WireFacetsAnswer>(origin, path, facetsShape, signal)).facets;
}

export type ExportFormat = 'csv' | 'jsonl';

/** `GET /api/calls.csv` or `.jsonl`: all calls of the filter, with these fields and pointers in this order, as they come. */
export function exportCalls(
  origin: string,
  format: ExportFormat,
  filter: Filter,
  options: { readonly sort: Sort; readonly order: 'asc' | 'desc'; readonly fields: readonly string[] },
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const params = filterToParams(filter);
  params.set('sort', options.sort);
  params.set('order', options.order);
  params.set('columns', options.fields.map((field) => field.replace(/[%,]/g, encodeURIComponent)).join(','));
  return getStream(origin, `/api/calls.${format}?${params}`, signal);
}

/** `GET /api/calls/{id}` as it was answered, to be copied. */
export async function getCallText(origin: string, id: string, signal: AbortSignal): Promise<string> {
  const response = await get(origin, `/api/calls/${encodeURIComponent(id)}`, signal);
  return response.text();
}
