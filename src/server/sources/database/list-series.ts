import type { WireSeriesAnswer } from '../../../api/series.js';
import type { FilterQuery, SeriesQuery } from '../../../api/query.js';
import { QueryError } from '../../../api/query-error.js';
import { fieldOf } from './columns/pass-signatures.js';
import type { Selection } from './columns/select-calls.js';
import { classify } from './columns/signature-classes.js';
import { SumTable } from './columns/sum-table.js';
import { cutTime } from './columns/time-buckets.js';
import type { IndexContext } from './index-context.js';
import { compareValues } from './list-facets.js';
import { keyBy } from './list-groups.js';
import { instantOfSecond } from './stored-time.js';

/** Points in one answer, over all its series. */
const MAX_POINTS = 50_000;

/**
 * Sums over the calls of the filter by stretches of time in `tz`, and by one of their fields. The buckets go from the
 * filter's own border, or else the first call, to its other one, or else the last call; each series has them all.
 * @throws QueryError where that would be too many points.
 */
export function listSeries(query: SeriesQuery, context: IndexContext): WireSeriesAnswer {
  const { bucket = 'day', by = 'none', ...filter } = query;
  const tz = filter.tz ?? 'UTC';
  const { table } = context.index;
  const selection = context.selections.select(filter, context);
  const nowMicros = filter.last === undefined ? null : context.nowMs * 1000;
  const range = findRange(selection, table.micros, nowMicros);
  if (range === null) return { bucket, tz, series: [] };
  const buckets = cutTime(bucket, context.findDays(tz), range.first, range.last);
  const { keys, ofSignature } = findKeys(by, filter, buckets.count, context);
  if (buckets.count * keys.length > MAX_POINTS) {
    throw new QueryError(
      'bucket',
      `The parameter bucket, "${bucket}", makes ${buckets.count * keys.length} points here, more than ${MAX_POINTS}: take a longer one, or a shorter window.`,
    );
  }
  const sums = new SumTable(buckets.count * keys.length);
  const classes = classify(table.signatures, (signature) => ofSignature[signature]!);
  sums.addBuckets(table, selection, classes, buckets, by === 'none' ? null : fieldOf(by));
  const starts = Array.from({ length: buckets.count }, (_, at) => instantOfSecond(buckets.startOf(at)));
  const series = keys.flatMap((key, slot) => {
    const first = slot * buckets.count;
    if (!starts.some((_, at) => sums.calls(first + at) > 0)) return [];
    const points = starts.map((start, at) => ({ start, ...sums.toWire(first + at) }));
    return { key, points, cost: points.reduce((sum, point) => sum + (point.cost_millicents ?? 0), 0) };
  });
  return {
    bucket,
    tz,
    series: series
      .sort((a, b) => b.cost - a.cost || compareValues(a.key, b.key))
      .map(({ key, points }) => ({ key, points })),
  };
}

/** All values there are, as long as they are few: to find out first which of them the calls have takes longer. */
function findKeys(
  by: NonNullable<SeriesQuery['by']>,
  filter: FilterQuery,
  buckets: number,
  context: IndexContext,
): ReturnType<typeof keyBy> {
  if (by === 'none') return { keys: ['all'], ofSignature: new Int32Array(context.index.table.signatures.size) };
  const all = keyBy(by, null, context);
  return buckets * all.keys.length > MAX_POINTS ? keyBy(by, filter, context) : all;
}

/**
 * First and last instant of a picture over time: the filter's own borders, the clock where it counts back from now, and
 * else the first and last call. Null where there is no call with a time.
 */
export function findRange(
  { mask, begin, end, from, before }: Selection,
  micros: Float64Array,
  nowMicros: number | null,
): { readonly first: number; readonly last: number } | null {
  let [first, last] = [Infinity, -Infinity];
  // Within borders every call has a time, and what the times are does not matter.
  if (begin < end && Number.isFinite(from) && Number.isFinite(before)) return { first: from, last: before - 1 };
  for (let place = begin; place < end; place++) {
    if (mask[place] === 0) continue;
    const at = micros[place]!;
    if (at < first) first = at;
    if (at > last) last = at;
  }
  if (first === Infinity) return null;
  return {
    first: Number.isFinite(from) ? from : first,
    last: Number.isFinite(before) ? before - 1 : Math.max(last, nowMicros ?? last),
  };
}
