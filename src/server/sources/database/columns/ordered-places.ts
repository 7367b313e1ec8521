import type { Sort } from '../../../../api/query.js';
import { TOKEN_COUNTS, TOKEN_FIELDS } from './call-fields.js';
import { withSpare, type CallTable } from './call-table.js';
import { copyArray, makeArray } from './large-arrays.js';
import { sortPlaces } from './radix-sort.js';

export type Direction = 'asc' | 'desc';

/** Whether the id of the call at one place comes before that at another. */
export type CompareIds = (left: number, right: number) => boolean;

/** What a call is sorted by, a number; NaN is null. */
export type KeyOf = (place: number) => number;

export function keyOf(table: CallTable, sort: Sort): KeyOf {
  switch (sort) {
    case 'requested_at':
      return (place) => table.micros[place]!;
    case 'cost':
      return (place) => table.cost.data[place]!;
    case 'latency':
      return (place) => table.latencyMs[place]!;
    case 'ttft':
      return (place) => table.ttftMs.data[place]!;
    case 'input':
    case 'output':
      return (place) => table.tokens.data[place * TOKEN_COUNTS + TOKEN_FIELDS.indexOf(sort)]!;
    case 'tokens':
      return (place) => table.tokenSums.data[place]!;
  }
}

/** The same of all calls. */
export function sortKeys(table: CallTable, sort: Sort): Float64Array {
  const keys = makeArray(Float64Array, table.length);
  if (sort === 'cost') {
    keys.set(table.cost.data.subarray(0, table.length));
    return keys;
  }
  const key = keyOf(table, sort);
  for (let place = 0; place < keys.length; place++) keys[place] = key(place);
  return keys;
}

/** Calls in a total order: by a key, nulls last, ties by id ascending, whatever the direction. */
export class OrderedPlaces {
  #places: Uint32Array;
  #length: number;
  readonly #direction: Direction;

  private constructor(places: Uint32Array, length: number, direction: Direction) {
    this.#places = places;
    this.#length = length;
    this.#direction = direction;
  }

  /** Sorts calls that are in the order of their ids; yields between passes. */
  static *sort(byId: OrderedPlaces, keys: Float64Array, direction: Direction): Generator<void, OrderedPlaces> {
    const places = copyArray(byId.#places);
    yield;
    yield* sortPlaces(places.subarray(0, byId.#length), keys, direction);
    return new OrderedPlaces(places, byId.#length, direction);
  }

  /** Takes places that are in order already. */
  static of(places: Uint32Array, length: number): OrderedPlaces {
    return new OrderedPlaces(places, length, 'asc');
  }

  get length(): number {
    return this.#length;
  }

  get places(): Uint32Array {
    return this.#places.subarray(0, this.#length);
  }

  /** Takes in the calls that came after those that are here, up to `calls` in all. */
  insert(calls: number, key: KeyOf | null, isIdBefore: CompareIds): void {
    if (calls > this.#places.length) {
      this.#places = copyArray(this.#places, withSpare(calls));
    }
    for (let place = this.#length; place < calls; place++) {
      const at = this.#findSlot(place, key, isIdBefore);
      this.#places.copyWithin(at + 1, at, this.#length);
      this.#places[at] = place;
      this.#length++;
    }
  }

  #findSlot(place: number, key: KeyOf | null, isIdBefore: CompareIds): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#places[middle]!;
      const order = key === null ? 0 : compareKeys(key(other), key(place), this.#direction);
      if (order < 0 || (order === 0 && isIdBefore(other, place))) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The slots of the calls with the wanted key: from the first to behind the last. */
  findKey(wanted: number, key: KeyOf): [from: number, before: number] {
    const find = (isPast: (order: number) => boolean): number => {
      let low = 0;
      let high = this.#length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (isPast(compareKeys(key(this.#places[middle]!), wanted, this.#direction))) high = middle;
        else low = middle + 1;
      }
      return low;
    };
    return [find((order) => order >= 0), find((order) => order > 0)];
  }
}

function compareKeys(left: number, right: number, direction: Direction): number {
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : 1;
  if (Number.isNaN(right)) return -1;
  if (left === right) return 0;
  return left < right === (direction === 'asc') ? -1 : 1;
}
