import { bodiesAnswer, type WireBodiesAnswer } from '../api/body.js';
import { callDetail, callsAnswer, type WireCallDetail, type WireCallsAnswer } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import { type Filter, filterToParams } from '../api/filter.js';
import { facetsAnswer, type WireFacetsAnswer } from '../api/facets.js';
import { pricingAnswer, type WirePricingAnswer } from '../api/pricing.js';
import { projectsAnswer, type WireProjectsAnswer } from '../api/project.js';
import type { Sort } from '../api/query.js';
import { statusAnswer, type WireStatus } from '../api/status.js';
import { getJson, getText } from './get.js';

/** One verb per endpoint. `origin` is where `/api` is served; every verb throws what `getJson` throws. */

export type Status = CamelCased<WireStatus>;
export type ProjectsAnswer = CamelCased<WireProjectsAnswer>;
export type Project = ProjectsAnswer['projects'][number];
export type Totals = ProjectsAnswer['totals'];
export type CallsAnswer = CamelCased<WireCallsAnswer>;
export type Call = CallsAnswer['calls'][number];
export type CallDetail = CamelCased<WireCallDetail>;
export type Facets = CamelCased<WireFacetsAnswer>['facets'];
export type PricingAnswer = CamelCased<WirePricingAnswer>;
export type Rate = PricingAnswer['rates'][number];
export type BodiesAnswer = CamelCased<WireBodiesAnswer>;
export type Body = BodiesAnswer['bodies'][number];
export type BodySide = 'request' | 'response';

export interface CallsPage {
  readonly sort: Sort;
  readonly order: 'asc' | 'desc';
  readonly offset: number;
  readonly limit: number;
}

const query = (params: URLSearchParams): string => (params.size > 0 ? `?${params}` : '');

export function getStatus(origin: string, signal: AbortSignal): Promise<Status> {
  return getJson(origin, '/api/status', statusAnswer, signal);
}

export function listProjects(origin: string, filter: Filter, signal: AbortSignal): Promise<ProjectsAnswer> {
  return getJson(origin, `/api/projects${query(filterToParams(filter))}`, projectsAnswer, signal);
}

export function listCalls(origin: string, filter: Filter, page: CallsPage, signal: AbortSignal): Promise<CallsAnswer> {
  const params = filterToParams(filter);
  params.set('sort', page.sort);
  params.set('order', page.order);
  params.set('limit', String(page.limit));
  params.set('offset', String(page.offset));
  return getJson(origin, `/api/calls${query(params)}`, callsAnswer, signal);
}

export async function listFacets(origin: string, filter: Filter, signal: AbortSignal): Promise<Facets> {
  const answer = await getJson(origin, `/api/calls/facets${query(filterToParams(filter))}`, facetsAnswer, signal);
  return answer.facets;
}

export function getCall(origin: string, id: string, signal: AbortSignal): Promise<CallDetail> {
  return getJson(origin, `/api/calls/${encodeURIComponent(id)}`, callDetail, signal);
}

export function listBodies(origin: string, ids: readonly string[], signal: AbortSignal): Promise<BodiesAnswer> {
  const params = new URLSearchParams(ids.map((id) => ['call', id]));
  return getJson(origin, `/api/bodies${query(params)}`, bodiesAnswer, signal);
}

export function getBodyText(origin: string, id: string, side: BodySide, signal: AbortSignal): Promise<string> {
  return getText(origin, `/api/bodies/${encodeURIComponent(id)}/${side}`, signal);
}

export function listPricing(origin: string, signal: AbortSignal): Promise<PricingAnswer> {
  return getJson(origin, '/api/pricing', pricingAnswer, signal);
}
