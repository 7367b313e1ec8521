import { type Filter, filterToParams } from '../api/filter.js';
import type { Sort } from '../api/query.js';
import { getStream } from './get-stream.js';

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
