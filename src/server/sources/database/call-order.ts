import { QueryError, type CallsQuery, type Sort } from '../../../api/query.js';
import type { CallColumns } from './call-columns.js';
import { selectNumber, type Sql } from './query.js';
import type { Schema } from './schema.js';

export interface CallOrder {
  readonly sort: Sort;
  readonly direction: 'asc' | 'desc';
}

/** The place after a call in an order: what the call is sorted by, and its id. */
export interface Cursor {
  readonly key: string | number | null;
  readonly id: string;
}

const SORT_COLUMNS = {
  requested_at: 'requestedAt',
  cost: 'cost',
  latency: 'latencyMs',
  ttft: 'ttftMs',
  input: 'input',
  output: 'output',
  tokens: 'tokens',
} as const satisfies Record<Sort, keyof CallColumns>;

export function readOrder(query: Pick<CallsQuery, 'sort' | 'order'>): CallOrder {
  return { sort: query.sort ?? 'requested_at', direction: query.order ?? 'desc' };
}

/** What an order sorts by. A text where a number belongs counts as null, as it does in the answer. */
export function findSortColumn({ sort }: CallOrder, columns: CallColumns): string {
  const column = columns[SORT_COLUMNS[sort]];
  return sort === 'requested_at' ? column : selectNumber(column);
}

/** A total order: nulls last, ties by id ascending, whatever the direction. */
export function writeOrder(order: CallOrder, columns: CallColumns): string {
  return `order by ${findSortColumn(order, columns)} ${order.direction} nulls last, ${columns.id} asc`;
}

/** The condition for the calls that come after the cursor. */
export function seekCursor(order: CallOrder, cursor: Cursor, columns: CallColumns, schema: Schema): Sql {
  const column = findSortColumn(order, columns);
  const { key, id } = cursor;
  if (key === null) return { sql: `(${column} is null and ${columns.id} > ?)`, parameters: [id] };
  const beyond = order.direction === 'desc' ? '<' : '>';
  const after = `(${column} ${beyond}= ? and (${column} ${beyond} ? or ${columns.id} > ?))`;
  // Where no null can be, asking for them would only keep the index from being used.
  const isNotNull = order.sort === 'requested_at' && schema.isNotNull('requests', 'requested_at');
  return { sql: isNotNull ? after : `(${after} or ${column} is null)`, parameters: [key, key, id] };
}

/** The cursor as the text that travels: opaque, and bound to the order it was made in. */
export function writeCursor(order: CallOrder, cursor: Cursor): string {
  return Buffer.from(JSON.stringify([order.sort, order.direction, cursor.key, cursor.id]), 'utf8').toString(
    'base64url',
  );
}

/** @throws QueryError for a text that `writeCursor` did not make in this order. */
export function readCursor(order: CallOrder, text: string): Cursor {
  const parts = parseCursor(text);
  if (parts === null) throw new QueryError('cursor', 'The parameter cursor is no cursor of this server.');
  const [sort, direction, key, id] = parts;
  if (sort !== order.sort || direction !== order.direction) {
    throw new QueryError('cursor', 'The parameter cursor was made for another sort or order.');
  }
  const keyType = order.sort === 'requested_at' ? 'string' : 'number';
  if (typeof id !== 'string' || (key !== null && typeof key !== keyType)) {
    throw new QueryError('cursor', 'The parameter cursor is no cursor of this server.');
  }
  return { key: key as Cursor['key'], id };
}

function parseCursor(text: string): readonly unknown[] | null {
  if (!/^[\w-]+$/.test(text)) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(parts) && parts.length === 4 ? parts : null;
  } catch {
    return null;
  }
}
