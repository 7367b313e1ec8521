import type { Sort } from '../../../../api/query.js';
import type { CallTable } from './call-table.js';
import { keyOf, OrderedPlaces, sortKeys, type CompareIds, type Direction } from './ordered-places.js';

/** So many new calls are put in their places one by one; more are sorted in with all the others. */
export const MOST_INSERTS = 500;

/** Orders that are kept besides those by time, newest first, and by id. */
const MOST_ORDERS = 2;

/** The orders that were asked for last. */
export class KeptOrders {
  readonly #orders = new Map<string, OrderedPlaces>();

  /** All calls in this order. */
  find(table: CallTable, byId: OrderedPlaces, sort: Sort, direction: Direction, isIdBefore: CompareIds): OrderedPlaces {
    const name = `${sort} ${direction}`;
    let order = this.#orders.get(name);
    this.#orders.delete(name);
    if (order === undefined || table.length - order.length > MOST_INSERTS) {
      order = exhaust(OrderedPlaces.sort(byId, sortKeys(table, sort), direction));
    } else order.insert(table.length, keyOf(table, sort), isIdBefore);
    this.#orders.set(name, order);
    if (this.#orders.size > MOST_ORDERS) this.#orders.delete(this.#orders.keys().next().value!);
    return order;
  }

  clear(): void {
    this.#orders.clear();
  }
}

/** Takes all steps at once. */
export function exhaust<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
