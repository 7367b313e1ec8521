import type { WireCallsAnswer, WireTotals } from '../../../api/call.js';
import type { CallsQuery } from '../../../api/query.js';
import { filterCalls, joinAll, type CallFilter, type FilterContext } from './call-filter.js';
import {
  seekCursor,
  writeOrder,
  readCursor,
  readOrder,
  findSortColumn,
  writeCursor,
  type CallOrder,
} from './call-order.js';
import { readCalls } from './call-row.js';
import type { Memory } from './memory.js';
import { readNumber, readText, selectText, type Cell, type Parameter } from './query.js';
import { readTotals, selectTotals } from './totals.js';

const DEFAULT_LIMIT = 200;

/** Reads one page of calls, and the sums over all that the filter lets through. */
export function listCalls(query: CallsQuery, context: FilterContext, memory: Memory): WireCallsAnswer {
  const { snapshot, columns } = context;
  const order = readOrder(query);
  const filter = filterCalls(query, context);
  const limit = query.limit ?? DEFAULT_LIMIT;
  const places = findPlaces(query, order, filter, limit, context);
  const page = places.slice(0, limit);
  const totals = sumCalls(filter, context, memory);
  return {
    calls: readCalls(
      snapshot,
      columns,
      page.map(([rowid]) => Number(rowid)),
    ),
    next_cursor: places.length > limit ? makeCursor(order, page.at(-1)!) : null,
    total: totals.calls,
    totals,
  };
}

/** Sums over the calls of a filter, kept for the next page as long as nothing changes. */
export function sumCalls(filter: CallFilter, { snapshot, columns }: FilterContext, memory: Memory): WireTotals {
  return memory.recall(`totals ${filter.sql} ${JSON.stringify(filter.parameters)}`, snapshot.version, () => {
    const [cells] = snapshot.all(
      `select ${selectTotals(columns)} from requests r where ${filter.sql}`,
      filter.parameters,
    );
    return readTotals(cells!);
  });
}

function makeCursor(order: CallOrder, [, key, id]: readonly Cell[]): string {
  return writeCursor(order, {
    key: order.sort === 'requested_at' ? readText(key) : readNumber(key),
    id: readText(id) ?? '',
  });
}

/** Rowid, sort key and id of the page's calls and of the one that follows, if there is one. */
function findPlaces(
  query: CallsQuery,
  order: CallOrder,
  filter: CallFilter,
  limit: number,
  context: FilterContext,
): Cell[][] {
  const { snapshot, columns } = context;
  const start =
    query.cursor === undefined
      ? startAtOffset(query.offset ?? 0, order, filter, context)
      : {
          filter: joinAll([filter, seekCursor(order, readCursor(order, query.cursor), columns, snapshot.schema)]),
          offset: 0,
        };
  const column = findSortColumn(order, columns);
  const key = order.sort === 'requested_at' ? selectText(column) : column;
  const parameters: Parameter[] = [...start.filter.parameters, limit + 1, start.offset];
  return snapshot.all(
    `select r.rowid, ${key}, ${selectText(columns.id)} from requests r where ${start.filter.sql}
     ${writeOrder(order, columns)} limit ? offset ?`,
    parameters,
  );
}

/**
 * Skips to an offset. By time and over time alone, the index finds the place without opening a row: first the time
 * of the call at the offset, then how many come before that time, and from there on the rows are few.
 */
function startAtOffset(
  offset: number,
  order: CallOrder,
  filter: CallFilter,
  { snapshot, columns }: FilterContext,
): { filter: Pick<CallFilter, 'sql' | 'parameters'>; offset: number } {
  const isPlain = order.sort === 'requested_at' && filter.isTimeOnly;
  if (offset === 0 || !isPlain || !snapshot.schema.isNotNull('requests', 'requested_at')) return { filter, offset };
  const time = columns.requestedAt;
  const [place] = snapshot.all(
    `select ${selectText(time)} from requests r where ${filter.sql} order by ${time} ${order.direction} limit 1 offset ?`,
    [...filter.parameters, offset],
  );
  if (place === undefined) return { filter: { sql: '0', parameters: [] }, offset: 0 };
  const border = readText(place[0]);
  const [before, from] = order.direction === 'desc' ? ['>', '<='] : ['<', '>='];
  const [[skipped]] = snapshot.all(`select count(*) from requests r where ${filter.sql} and ${time} ${before} ?`, [
    ...filter.parameters,
    border,
  ]) as [[number]];
  return {
    filter: joinAll([filter, { sql: `${time} ${from} ?`, parameters: [border] }]),
    offset: offset - skipped,
  };
}
