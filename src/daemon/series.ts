import type { CamelCased } from '../api/camel-case.js';
import { type Filter, filterToParams } from '../api/filter.js';
import type { WireSeriesAnswer } from '../api/series.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';
import { sumShapes } from './sums.js';

export type SeriesAnswer = CamelCased<WireSeriesAnswer>;

/** What a series is cut into, and by what it is split. */
export interface SeriesCut {
  readonly bucket: SeriesAnswer['bucket'];
  readonly by: 'none' | 'project' | 'provider' | 'model' | 'status';
}

const seriesShape: Shape<WireSeriesAnswer> = {
  bucket: 's',
  tz: 's',
  series: [{ key: 's?', points: [{ start: 's', ...sumShapes }] }],
};

/** `GET /api/calls/series`. The server refuses (400) more points than it may draw: a longer bucket has fewer. */
export function listSeries(
  origin: string,
  filter: Filter,
  { bucket, by }: SeriesCut,
  signal: AbortSignal,
): Promise<SeriesAnswer> {
  const params = filterToParams(filter);
  params.set('bucket', bucket);
  params.set('by', by);
  return getJson<WireSeriesAnswer>(origin, `/api/calls/series?${params}`, seriesShape, signal);
}
