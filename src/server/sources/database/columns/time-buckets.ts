import type { BUCKETS } from '../../../../api/query.js';
import { QueryError } from '../../../../api/query-error.js';
import type { SlotsOf } from './call-sums.js';
import type { CallTable } from './call-table.js';
import { firstOfMonth, firstOfNextMonth, mondayOf, type LocalDays } from '../local-days.js';

export type Bucket = (typeof BUCKETS)[number];

/** Buckets in one answer. */
const MAX_BUCKETS = 20_000;

/** Stretches of time that follow each other without a gap. */
export class TimeBuckets {
  /** When each begins, and at the end when the last one ends. Microseconds. */
  readonly #borders: Float64Array;

  constructor(borders: readonly number[]) {
    this.#borders = Float64Array.from(borders);
  }

  get count(): number {
    return this.#borders.length - 1;
  }

  startOf(bucket: number): number {
    return this.#borders[bucket]!;
  }

  /** The bucket of an instant, -1 outside them all. */
  find(micros: number): number {
    return findBucket(this.#borders, micros);
  }

  /** The bucket of each call's time, -1 outside them all. */
  bucketsOf({ micros }: CallTable): SlotsOf {
    const borders = this.#borders;
    return (places, count, slots) => findBuckets(micros, borders, places, count, slots);
  }
}

/** For the sake of its speed a loop by itself, like those of call-sums.ts. */
function findBuckets(
  micros: Float64Array,
  borders: Float64Array,
  places: Int32Array,
  count: number,
  slots: Int32Array,
): void {
  let index = 0;
  while (index < count) {
    const bucket = findBucket(borders, micros[places[index]!]!);
    const start = bucket === -1 ? Infinity : borders[bucket]!;
    const end = bucket === -1 ? -Infinity : borders[bucket + 1]!;
    const first = index++;
    // Calls come nearly in order of time, so the next call's bucket is most often the same.
    while (index < count && isWithin(micros[places[index]!]!, start, end)) index++;
    slots.fill(bucket, first, index);
  }
}

const isWithin = (at: number, start: number, end: number): boolean => at >= start && at < end;

function findBucket(borders: Float64Array, micros: number): number {
  let low = 0;
  let high = borders.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (borders[middle]! <= micros) low = middle + 1;
    else high = middle;
  }
  return low === borders.length || Number.isNaN(micros) ? -1 : low - 1;
}

/**
 * The buckets of a zone from the one that holds `first` to the one that holds `last`, both in microseconds.
 * @throws QueryError where they are too many.
 */
export function cutTime(bucket: Bucket, days: LocalDays, first: number, last: number): TimeBuckets {
  const from = days.dayOf(first);
  const to = days.dayOf(last);
  const perDay = bucket === 'hour' ? 24 : 1;
  if ((to - from + 1) * perDay > MAX_BUCKETS) {
    throw new QueryError(
      'bucket',
      `The parameter bucket, "${bucket}", cuts this window into too many: take a longer one.`,
    );
  }
  if (bucket === 'hour') return new TimeBuckets(cutHours(days, from, to, first, last));
  const borders: number[] = [];
  let day = bucket === 'day' ? from : bucket === 'week' ? mondayOf(from) : firstOfMonth(from);
  for (; day <= to; day = bucket === 'day' ? day + 1 : bucket === 'week' ? day + 7 : firstOfNextMonth(day)) {
    borders.push(days.startOf(day));
  }
  borders.push(days.startOf(day));
  return new TimeBuckets(borders);
}

function cutHours(days: LocalDays, from: number, to: number, first: number, last: number): number[] {
  const hours: number[] = [];
  for (let day = from; day <= to + 1; day++) hours.push(...days.hoursOf(day));
  const begin = hours.findLastIndex((hour) => hour <= first);
  const end = hours.findIndex((hour) => hour > last);
  return hours.slice(begin, end + 1);
}
