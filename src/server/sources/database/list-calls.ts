import type { WireCallsAnswer } from '../../../api/call.js';
import type { CallsQuery } from '../../../api/query.js';
import { QueryError } from '../../../api/query-error.js';
import { readCursor, readOrder, writeCursor, type CallOrder, type Cursor } from './call-order.js';
import { readCalls } from './call-row.js';
import { keyOf, type KeyOf, type OrderedPlaces } from './columns/ordered-places.js';
import type { IndexContext } from './index-context.js';
import { instantOfMicros, microsOfStored } from './stored-time.js';

export const DEFAULT_LIMIT = 200;

/** Calls that are skipped at once. */
const STRETCH = 1024;

/** Reads one page of calls, and the sums over all that the filter lets through. */
export function listCalls(query: CallsQuery, context: IndexContext): WireCallsAnswer {
  const { snapshot, columns, index, selections } = context;
  const order = readOrder(query);
  const limit = query.limit ?? DEFAULT_LIMIT;
  const cursor = query.cursor === undefined ? null : readCursor(order, query.cursor);
  const { mask } = selections.select(query, context);
  const totals = selections.sum(query, context);
  const { calls } = totals;
  const places = index.order(order.sort, order.direction, snapshot);
  const key = keyOf(index.table, order.sort);
  const start = cursor === null ? 0 : findStart(places, key, cursor, context);
  const page = walk(places.places, mask, start, cursor === null ? (query.offset ?? 0) : 0, limit + 1, calls);
  const rowids = page.slice(0, limit).map((place) => index.table.rowid.data[place]!);
  const rows = readCalls(snapshot, columns, rowids);
  const last = rows.at(-1);
  return {
    calls: rows,
    next_cursor:
      page.length > limit && last !== undefined
        ? writeCursor(order, { key: writeKey(order, key(page[limit - 1]!)), id: last.id })
        : null,
    total: calls,
    totals,
  };
}

/** The places of a page: the calls of the mask in this order from a slot on, some of them skipped. */
function walk(
  places: Uint32Array,
  mask: Uint8Array,
  start: number,
  skip: number,
  limit: number,
  calls: number,
): number[] {
  const page: number[] = [];
  if (skip >= calls) return page;
  if (calls === places.length) return Array.from(places.subarray(start + skip, start + skip + limit));
  let [slot, left] = skipStretches(places, mask, start, skip);
  for (; slot < places.length && page.length < limit; slot++) {
    const place = places[slot]!;
    if (mask[place] === 0) continue;
    if (left > 0) left--;
    else page.push(place);
  }
  return page;
}

/** Goes as far as whole stretches are to be skipped: to which slot, and how many calls are left to skip from there. */
function skipStretches(
  places: Uint32Array,
  mask: Uint8Array,
  start: number,
  skip: number,
): [slot: number, left: number] {
  let [slot, left] = [start, skip];
  while (slot < places.length) {
    const end = Math.min(slot + STRETCH, places.length);
    const count = countIn(mask, places, slot, end);
    if (count > left) break;
    [slot, left] = [end, left - count];
  }
  return [slot, left];
}

/** Without a branch, which would be guessed wrong too often. */
function countIn(mask: Uint8Array, places: Uint32Array, begin: number, end: number): number {
  let count = 0;
  for (let slot = begin; slot < end; slot++) count += mask[places[slot]!]!;
  return count;
}

/** The slot behind the cursor's: by its key, and among equal ones by its id. */
function findStart(places: OrderedPlaces, key: KeyOf, cursor: Cursor, { snapshot, index }: IndexContext): number {
  const [from, before] = places.findKey(readKey(cursor), key);
  const rowids = index.table.rowid.data;
  let low = from;
  let high = before;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const [row] = snapshot.all('select r.id > ? from requests r where r.rowid = ?', [
      cursor.id,
      rowids[places.places[middle]!]!,
    ]);
    if (row?.[0] === 1) high = middle;
    else low = middle + 1;
  }
  return low;
}

function writeKey(order: CallOrder, key: number): Cursor['key'] {
  if (Number.isNaN(key)) return null;
  return order.sort === 'requested_at' ? instantOfMicros(key) : key;
}

function readKey({ key }: Cursor): number {
  if (key === null) return NaN;
  if (typeof key === 'number') return key;
  const micros = microsOfStored(key);
  if (Number.isNaN(micros)) throw new QueryError('cursor', 'The parameter cursor is no cursor of this server.');
  return micros;
}
