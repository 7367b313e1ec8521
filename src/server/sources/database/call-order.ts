import type { CallsQuery, Sort } from '../../../api/query.js';
import { QueryError } from '../../../api/query-error.js';

export interface CallOrder {
  readonly sort: Sort;
  readonly direction: 'asc' | 'desc';
}

/** The place after a call in an order: what the call is sorted by, and its id. */
export interface Cursor {
  readonly key: string | number | null;
  readonly id: string;
}

export function readOrder(query: Pick<CallsQuery, 'sort' | 'order'>): CallOrder {
  return { sort: query.sort ?? 'requested_at', direction: query.order ?? 'desc' };
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
