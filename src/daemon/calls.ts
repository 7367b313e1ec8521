import type { WireCallsAnswer } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import { type Filter, filterToParams } from '../api/filter.js';
import type { Sort } from '../api/query.js';
import { callShape } from './call-shape.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';
import { sumShapes } from './sums.js';

export type CallsAnswer = CamelCased<WireCallsAnswer>;
export type Call = CallsAnswer['calls'][number];

export interface CallsPage {
  readonly sort: Sort;
  readonly order: 'asc' | 'desc';
  readonly offset: number;
  readonly limit: number;
}

const callsShape: Shape<WireCallsAnswer> = { calls: [callShape], next_cursor: 's?', total: 'n', totals: sumShapes };

/** `GET /api/calls`, one page by offset. */
export function listCalls(origin: string, filter: Filter, page: CallsPage, signal: AbortSignal): Promise<CallsAnswer> {
  const params = filterToParams(filter);
  params.set('sort', page.sort);
  params.set('order', page.order);
  params.set('limit', String(page.limit));
  params.set('offset', String(page.offset));
  return getJson<WireCallsAnswer>(origin, `/api/calls?${params}`, callsShape, signal);
}
