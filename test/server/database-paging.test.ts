import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { WireCall } from '../../src/api/call.js';
import { SORTS, type CallsQuery, type Sort } from '../../src/api/query.js';
import { QueryError } from '../../src/api/query-error.js';
import type { DatabaseReader } from '../../src/server/sources/database/database-reader.js';
import { CIRCUMSTANCES, openContents, requestRow } from './database-rows.js';
import { insertRows, type Row } from './fixture-database.js';

const TIE = '2026-11-24 08:00:00.000000';
const idOf = (place: number): string => `call-${String((place * 7919) % 100_003).padStart(6, '0')}`;

function list(reader: DatabaseReader, query: CallsQuery): ReturnType<DatabaseReader['calls']> {
  return reader.calls(CIRCUMSTANCES, query);
}

/** Every id from the first page to the last, by cursor; `between` runs after each page. */
function followCursor(reader: DatabaseReader, query: CallsQuery, between: () => void = () => undefined): string[] {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = list(reader, cursor === null ? query : { ...query, cursor });
    ids.push(...page.calls.map(({ id }) => id));
    cursor = page.next_cursor;
    between();
  } while (cursor !== null);
  return ids;
}

const sorted = (ids: readonly string[]): string[] => [...ids].sort();

describe('pages of calls', () => {
  const tied = Array.from({ length: 300 }, (_, place) => requestRow({ id: idOf(place), requested_at: TIE }));
  const around = [
    requestRow({ id: 'older', requested_at: '2026-11-23 08:00:00.000000' }),
    requestRow({ id: 'newer', requested_at: '2026-11-24 09:00:00.000000' }),
  ];
  const everyId = [...tied, ...around].map(({ id }) => String(id));

  for (const order of ['asc', 'desc'] as const) {
    it(`show each of 300 calls of one timestamp once, ${order}, by cursor and by offset`, (test) => {
      const { reader } = openContents(test, { requests: [...tied, ...around] });
      const byCursor = followCursor(reader, { limit: 7, order });
      assert.equal(byCursor.length, 302);
      assert.deepEqual(sorted(byCursor), sorted(everyId));
      const byOffset: string[] = [];
      for (let offset = 0; offset < 302; offset += 50) {
        byOffset.push(...list(reader, { limit: 50, offset, order }).calls.map(({ id }) => id));
      }
      assert.deepEqual(byOffset, byCursor);
      assert.deepEqual(list(reader, { offset: 302, order }).calls, []);
      assert.deepEqual(list(reader, { offset: Number.MAX_SAFE_INTEGER, order }).calls, []);
    });

    it(`show each call that was there once, ${order}, while calls are being added`, (test) => {
      const { reader, db } = openContents(test, { requests: tied });
      let added = 0;
      const ids = followCursor(reader, { limit: 11, order }, () => {
        if (added === 200) return;
        const times = [TIE, '2026-11-24 07:59:59.999999', '2026-11-24 08:00:00.000001'];
        const requests = times.map((time) => requestRow({ id: `added-${added++}`, requested_at: time }));
        insertRows(db, 'requests', requests);
      });
      assert.ok(added > 20);
      assert.equal(new Set(ids).size, ids.length);
      assert.deepEqual(sorted(ids.filter((id) => id.startsWith('call-'))), sorted(tied.map(({ id }) => String(id))));
    });
  }

  it('refuse a cursor that is none, or belongs to another order', (test) => {
    const { reader } = openContents(test, { requests: tied });
    const cursor = list(reader, { limit: 1 }).next_cursor!;
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const wrong: [string, CallsQuery][] = [
      ['garbage', { cursor: 'garbage' }],
      ['not base64', { cursor: '{"a":1}' }],
      ['another sort', { cursor, sort: 'cost' }],
      ['another order', { cursor, order: 'asc' }],
      ['a key of the wrong type', { cursor: encode(['requested_at', 'desc', 5, 'id']) }],
      ['no id', { cursor: encode(['requested_at', 'desc', TIE, null]) }],
      ['an object', { cursor: encode({ sort: 'requested_at' }) }],
    ];
    for (const [what, query] of wrong) {
      assert.throws(
        () => list(reader, query),
        (error) => error instanceof QueryError && error.parameter === 'cursor',
        what,
      );
    }
  });

  it('say where they end, and end exactly at the last call', (test) => {
    const { reader } = openContents(test, { requests: tied.slice(0, 4) });
    assert.equal(list(reader, { limit: 4 }).next_cursor, null);
    const first = list(reader, { limit: 3 });
    const second = list(reader, { limit: 3, cursor: first.next_cursor! });
    assert.equal(second.calls.length, 1);
    assert.equal(second.next_cursor, null);
    assert.equal(second.total, 4);
  });
});

const SORT_KEY = {
  requested_at: ({ requested_at }) => requested_at,
  cost: ({ cost_millicents }) => cost_millicents,
  latency: ({ latency_ms }) => latency_ms,
  ttft: ({ ttft_ms }) => ttft_ms,
  input: ({ input_tokens }) => input_tokens,
  output: ({ output_tokens }) => output_tokens,
  tokens: (call) =>
    call.input_tokens + call.output_tokens + call.thinking_tokens + call.cache_read_tokens + call.cache_write_tokens,
} as const satisfies Record<Sort, (call: WireCall) => string | number | null>;

/** Straight from the contract: nulls last, ties by id ascending, whatever the direction. */
function compareCalls(sort: Sort, order: 'asc' | 'desc'): (a: WireCall, b: WireCall) => number {
  return (a, b) => {
    const [left, right] = [SORT_KEY[sort](a), SORT_KEY[sort](b)];
    if (left !== right) {
      if (left === null) return 1;
      if (right === null) return -1;
      return left < right === (order === 'asc') ? -1 : 1;
    }
    return a.id < b.id ? -1 : 1;
  };
}

describe('pages of calls in any order', () => {
  const smallCount = fc.integer({ min: 0, max: 3 });
  const row = fc.record({
    requested_at: fc.constantFrom(TIE, '2026-11-24 08:00:00.000001', '2026-11-23 23:59:59.999999'),
    cost_usd_minor_units: fc.option(smallCount),
    latency_ms: fc.option(fc.constantFrom(0.1, 0.30000000000000004, 12, 34.44643700004235)),
    time_to_first_token_ms: fc.option(smallCount),
    input_tokens: smallCount,
    output_tokens: smallCount,
    thinking_tokens: smallCount,
  });

  it('joined by cursor or by offset are one list in the order of the contract', (test) => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 25 }), fc.integer({ min: 1, max: 9 }), (rows: Row[], limit) => {
        const requests = rows.map((fields, place) => requestRow({ id: idOf(place), ...fields }));
        const { reader } = openContents(test, { requests });
        const all = list(reader, { limit: 1000 }).calls;
        assert.equal(all.length, requests.length);
        for (const sort of SORTS) {
          for (const order of ['asc', 'desc'] as const) {
            const expected = [...all].sort(compareCalls(sort, order)).map(({ id }) => id);
            assert.deepEqual(followCursor(reader, { sort, order, limit }), expected, `${sort} ${order} by cursor`);
            for (let offset = 0; offset < expected.length; offset += limit) {
              const page = list(reader, { sort, order, limit, offset }).calls.map(({ id }) => id);
              assert.deepEqual(page, expected.slice(offset, offset + limit), `${sort} ${order} from ${offset}`);
            }
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});
