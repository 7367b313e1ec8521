import type { CamelCased } from '../api/camel-case.js';
import { type Filter, filterToParams } from '../api/filter.js';
import type { WireStripAnswer } from '../api/strip.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';

export type StripAnswer = CamelCased<WireStripAnswer>;

const laneShape = [{ column: 'n', calls: 'n', id: 's' }] as const;

const stripShape: Shape<WireStripAnswer> = {
  since: 's?',
  until: 's?',
  columns: 'n',
  rows: 'n',
  min_millicents: 'n?',
  max_millicents: 'n?',
  priced_calls: 'n',
  points: ['?', [{ id: 's', at: 's', cost_millicents: 'n' }]],
  bins: ['?', [{ column: 'n', row: 'n', calls: 'n', id: 's' }]],
  zero: laneShape,
  failed: laneShape,
  unpriced: laneShape,
  band: [{ column: 'n', calls: 'n', p10_millicents: 'n', p50_millicents: 'n', p90_millicents: 'n' }],
  changes: [{ at: 's', kind: 's', project: 's?', from: 's?', to: 's?' }],
};

/** `GET /api/calls/strip` */
export function getStrip(
  origin: string,
  filter: Filter,
  size: { readonly columns: number; readonly rows: number },
  signal: AbortSignal,
): Promise<StripAnswer> {
  const params = filterToParams(filter);
  params.set('columns', String(size.columns));
  params.set('rows', String(size.rows));
  return getJson<WireStripAnswer>(origin, `/api/calls/strip?${params}`, stripShape, signal);
}
