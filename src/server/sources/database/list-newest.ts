import type { WireCall, WireCallsAnswer, WireTotals } from '../../../api/call.js';
import type { CallsQuery } from '../../../api/query.js';
import type { CallColumns } from './call-columns.js';
import { writeCursor } from './call-order.js';
import { readCalls } from './call-row.js';
import type { Snapshot } from './connection.js';
import { DEFAULT_LIMIT } from './list-calls.js';
import { readCount, readInteger, type Cell, type Parameter, type Sql } from './query.js';
import { readWindow } from './time-window.js';

/** What a list may ask for and still be read without the index: no filter but a window of time, no place but the first. */
const PLAIN: ReadonlySet<string> = new Set(['since', 'until', 'last', 'tz', 'sort', 'order', 'limit', 'offset']);

const STEP_ROWIDS = 25_000;

/** As the daemon writes times. Others sort otherwise as texts than as the times they are. */
const USUAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** Whether the query asks for the newest calls and nothing else. */
export function asksForNewest(query: CallsQuery): boolean {
  const { sort = 'requested_at', order = 'desc', offset = 0 } = query;
  return (
    sort === 'requested_at' && order === 'desc' && offset === 0 && Object.keys(query).every((name) => PLAIN.has(name))
  );
}

/**
 * The newest calls by SQLite's own index, and the sums by a walk over all rows: a page for those who come before the
 * columns are loaded. The walk goes in steps, so that it holds nothing up.
 */
export class NewestCalls {
  readonly #query: CallsQuery;
  readonly #window: Sql;
  readonly #sums = new Float64Array(11);
  #lastRowid = 0;

  /** @throws QueryError for an impossible time. */
  constructor(query: CallsQuery, columns: CallColumns, nowMs: number) {
    this.#query = query;
    const { from, before } = readWindow(query, nowMs);
    this.#window = {
      sql: `${from === null ? '1' : `${columns.requestedAt} >= ?`} and ${before === null ? '1' : `${columns.requestedAt} < ?`}`,
      parameters: [from, before].filter((bound): bound is string => bound !== null),
    };
  }

  /** Sums up some more rows. False where there are no more. */
  advance(snapshot: Snapshot, columns: CallColumns): boolean {
    const [[last]] = snapshot.all('select coalesce(max(rowid), 0) from requests') as [[number]];
    if (this.#lastRowid >= last) return false;
    const end = this.#lastRowid + STEP_ROWIDS;
    const [cells] = snapshot.all(
      `select ${selectTotals(columns)} from requests r where r.rowid > ? and r.rowid <= ? and ${this.#window.sql}`,
      [this.#lastRowid, end, ...this.#window.parameters],
    );
    for (const [place, cell] of cells!.entries()) this.#sums[place]! += readInteger(cell) ?? 0;
    this.#lastRowid = end;
    return true;
  }

  /** The page, once all rows are summed up; null where times among its calls are not as the daemon writes them. */
  read(snapshot: Snapshot, columns: CallColumns): WireCallsAnswer | null {
    const limit = this.#query.limit ?? DEFAULT_LIMIT;
    const parameters: Parameter[] = [...this.#window.parameters, limit + 1];
    const rows: Cell[][] = snapshot.all(
      `select r.rowid from requests r where ${this.#window.sql}
       order by ${columns.requestedAt} desc, ${columns.id} asc limit ?`,
      parameters,
    );
    const calls = readCalls(
      snapshot,
      columns,
      rows.slice(0, limit).map(([rowid]) => Number(rowid)),
    );
    if (rows.length <= limit || !calls.every(({ requested_at }) => USUAL_TIME.test(requested_at))) return null;
    const totals = this.#readTotals();
    return { calls, next_cursor: makeCursor(calls.at(-1)!), total: totals.calls, totals };
  }

  #readTotals(): WireTotals {
    const [calls, failed, unpriced, incomplete, cost, imputed, ...tokens] = this.#sums;
    const [input, output, thinking, cacheRead, cacheWrite] = tokens;
    return {
      calls: readCount(calls),
      failed_calls: readCount(failed),
      unpriced_calls: readCount(unpriced),
      incomplete_calls: readCount(incomplete),
      cost_millicents: calls !== 0 && unpriced === calls ? null : cost!,
      imputed_millicents: readCount(imputed),
      input_tokens: readCount(input),
      output_tokens: readCount(output),
      thinking_tokens: readCount(thinking),
      cache_read_tokens: readCount(cacheRead),
      cache_write_tokens: readCount(cacheWrite),
    };
  }
}

function makeCursor({ requested_at, id }: WireCall): string {
  return writeCursor({ sort: 'requested_at', direction: 'desc' }, { key: requested_at, id });
}

function selectTotals(columns: CallColumns): string {
  const { cost } = columns;
  return [
    'count(*)',
    `sum(${columns.isFailed})`,
    `sum(${cost} is null)`,
    `sum(not ${columns.isComplete})`,
    `sum(${cost})`,
    `sum(iif(${columns.isImputed}, ${cost}, 0))`,
    `sum(${columns.input})`,
    `sum(${columns.output})`,
    `sum(${columns.thinking})`,
    `sum(${columns.cacheRead})`,
    `sum(${columns.cacheWrite})`,
  ].join(', ');
}
