import type { Sort } from '../../../../api/query.js';
import type { Snapshot } from '../connection.js';
import type { CallTable } from './call-table.js';
import { exhaust, KeptOrders } from './kept-orders.js';
import { readIds } from './load-rows.js';
import { keyOf, OrderedPlaces, type CompareIds, type Direction } from './ordered-places.js';

/** Every order of all calls: by id and by time, newest first, which are always there, and those that are asked for. */
export class CallOrders {
  readonly #table: CallTable;
  readonly #kept = new KeptOrders();
  #byId = OrderedPlaces.of(new Uint32Array(0), 0);
  #byTime = this.#byId;

  constructor(table: CallTable) {
    this.#table = table;
  }

  /** Reads the ids and sorts by time. Each yield is the end of a step; the next one may see a later state. */
  *load(snapshot: Snapshot): Generator<void, void, Snapshot> {
    this.#byId = yield* readIds(snapshot, this.#table);
    this.#byTime = yield* OrderedPlaces.sort(this.#byId, this.#table.micros, 'desc');
    this.#kept.clear();
  }

  /** The calls in this order, all of them. */
  find(sort: Sort, direction: Direction, snapshot: Snapshot): OrderedPlaces {
    if (sort === 'requested_at' && direction === 'desc') return this.#byTime;
    return this.#kept.find(this.#table, this.#byId, sort, direction, compareIds(snapshot, this.#table));
  }

  /** Takes in the calls that came since. */
  insert(snapshot: Snapshot): void {
    const isIdBefore = compareIds(snapshot, this.#table);
    this.#byId.insert(this.#table.length, null, isIdBefore);
    this.#byTime.insert(this.#table.length, keyOf(this.#table, 'requested_at'), isIdBefore);
  }

  /** Calls were changed. */
  forget({ isRetimed }: { readonly isRetimed: boolean }): void {
    this.#kept.clear();
    if (isRetimed) this.#byTime = exhaust(OrderedPlaces.sort(this.#byId, this.#table.micros, 'desc'));
  }
}

/** Asks the database, whose order of texts it is. */
export function compareIds(snapshot: Snapshot, table: CallTable): CompareIds {
  const rowids = table.rowid.data;
  return (left, right) => {
    const [row] = snapshot.all('select a.id < b.id from requests a, requests b where a.rowid = ? and b.rowid = ?', [
      rowids[left]!,
      rowids[right]!,
    ]);
    return row?.[0] === 1;
  };
}
