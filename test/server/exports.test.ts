import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type Database from 'libsql';
import { call, type WireCall } from '../../src/api/call.js';
import type { CallsQuery } from '../../src/api/query.js';
import { exportCalls } from '../../src/server/export-calls.js';
import { SourceError, type Source } from '../../src/server/source.js';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import { startApp, type AppServer } from './app-server.js';
import { ask } from './ask.js';
import { bodyRow, NOW_MS, openContents, requestRow, temporaryFolder } from './database-rows.js';
import { insertRows, type Row } from './fixture-database.js';

interface Exporting {
  readonly db: Database.Database;
  readonly source: Source;
  readonly server: AppServer;
}

async function openExporting(
  test: TestContext,
  requests: readonly Row[],
  request_bodies: readonly Row[] = [],
): Promise<Exporting> {
  const { db, path } = openContents(test, { requests, request_bodies });
  const now = (): number => NOW_MS;
  const source = await openDatabaseSource(path, { now });
  const server = await startApp(source, temporaryFolder(test), { now });
  test.after(() => server.close());
  return { db, source, server };
}

/** Reads CSV as RFC 4180 has it, character by character. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else isQuoted = false;
    } else if (letter === '"' && cell === '') isQuoted = true;
    else if (letter === ',' || (letter === '\r' && text[at + 1] === '\n')) {
      rows.at(-1)!.push(cell);
      cell = '';
      if (letter === '\r') {
        at++;
        rows.push([]);
      }
    } else cell += letter;
  }
  assert.equal(isQuoted, false);
  assert.deepEqual(rows.pop(), [], 'the last line ends as the others do');
  return rows;
}

/** Every call of the list, page by page. */
async function listAll(source: Source, query: CallsQuery): Promise<WireCall[]> {
  const calls: WireCall[] = [];
  for (let offset = 0; ; offset += 1000) {
    const page = await source.calls({ ...query, limit: 1000, offset });
    calls.push(...page.calls);
    if (page.calls.length < 1000) return calls;
  }
}

const many = (count: number): Row[] =>
  Array.from({ length: count }, (_, place) =>
    requestRow({
      id: `call-${(place * 7919) % 100_003}`,
      cost_usd_minor_units: place % 5 === 0 ? null : place % 40,
      status: place % 9 === 0 ? 'error' : 'success',
      requested_at: `2026-11-2${place % 5} 08:00:00.000000`,
    }),
  );

describe('an export', () => {
  it('holds every call of the list, in its order, as CSV and as JSON', async (test) => {
    const { server, source } = await openExporting(test, many(2500));
    const fields = Object.keys(call.shape) as (keyof WireCall)[];
    const queries: [string, CallsQuery][] = [
      ['', {}],
      ['?sort=cost&order=asc', { sort: 'cost', order: 'asc' }],
      ['?status=error&sort=latency', { status: ['error'], sort: 'latency' }],
      ['?last=3d&priced=true', { last: '3d', priced: true }],
      ['?not=status:error&since=2026-11-22', { not: [{ name: 'status', value: 'error' }], since: '2026-11-22' }],
      ['?q=nobody', { q: 'nobody' }],
    ];
    for (const [search, query] of queries) {
      const expected = await listAll(source, query);
      const jsonl = await ask(server.port, `/api/calls.jsonl${search}`);
      assert.equal(jsonl.headers['content-type'], 'application/jsonl; charset=utf-8');
      const lines = jsonl.text.split('\n').slice(0, -1);
      assert.deepEqual(
        lines.map((line): unknown => JSON.parse(line)),
        expected,
        search,
      );
      const csv = await ask(server.port, `/api/calls.csv${search}`);
      const [head, ...rows] = parseCsv(csv.text);
      assert.deepEqual(head, fields);
      assert.deepEqual(
        rows,
        expected.map((one) => fields.map((field) => String(one[field] ?? ''))),
        search,
      );
    }
  });

  it('has the columns that are asked for, in their order, and is a file with a name', async (test) => {
    const { server } = await openExporting(test, [requestRow({ id: 'a', cost_usd_minor_units: null })]);
    const csv = await ask(server.port, '/api/calls.csv?columns=cost_millicents,id,complete,latency_ms');
    assert.equal(csv.text, 'cost_millicents,id,complete,latency_ms\r\n,a,true,250.5\r\n');
    assert.equal(csv.headers['content-type'], 'text/csv; charset=utf-8; header=present');
    assert.match(csv.headers['content-disposition']!, /^attachment; filename="calls-\d{4}-\d\d-\d\d\.csv"$/);
    assert.equal(csv.headers['cache-control'], 'no-store');
    const jsonl = await ask(server.port, '/api/calls.jsonl?columns=id,cost_millicents');
    assert.equal(jsonl.text, '{"id":"a","cost_millicents":null}\n');
    assert.match(jsonl.headers['content-disposition']!, /\.jsonl"$/);
    assert.equal((await ask(server.port, '/api/calls.csv', { method: 'HEAD' })).text, '');
    for (const columns of ['id,nonsense', 'id,,cost_millicents', '__proto__', 'ID', ' id']) {
      const refused = await ask(server.port, `/api/calls.csv?columns=${encodeURIComponent(columns)}`);
      assert.equal(refused.status, 400, columns);
      assert.equal((JSON.parse(refused.text) as { parameter: string }).parameter, 'columns');
    }
    assert.equal((await ask(server.port, '/api/calls.csv?limit=5')).status, 400);
    assert.equal((await ask(server.port, '/api/calls.csv?since=2026-02-31')).status, 400);
  });

  it('gives a spreadsheet no formula, leaves numbers alone, and quotes what needs it', async (test) => {
    const texts = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\tx',
      '\rx',
      'a,b',
      'say "hi"',
      'two\r\nlines',
      ' =1',
      "'=1",
      '🦊',
      '',
      '%',
    ];
    const { server } = await openExporting(
      test,
      texts.map((text, place) => requestRow({ id: String(place), model: text, cost_usd_minor_units: -5 })),
    );
    const { text } = await ask(server.port, '/api/calls.csv?columns=id,model,cost_millicents&order=asc');
    const rows = parseCsv(text).slice(1);
    assert.equal(rows.length, texts.length);
    for (const [id, model, cost] of rows) {
      const stored = texts[Number(id)]!;
      assert.equal(model, /^[=+\-@\t\r]/.test(stored) ? `'${stored}` : stored);
      assert.equal(cost, '-5');
    }
  });

  it('holds what requests have at a JSON Pointer, cut ones up to the cut, and nothing where there is nothing', async (test) => {
    const texts = [
      '{"max_tokens":1024,"a,b":"=1+1"}',
      '{"tools":[{"name":"read"},{"name":"write"}],"max_tok',
      '{"tools":[{"name":"rea',
      '{"a,b":1.10}',
      null,
    ];
    const requests = texts.map((_, place) => requestRow({ id: `call-${place}` }));
    const bodies = texts.map((text, place) => bodyRow({ request_id: `call-${place}`, request_body: text }));
    const { server } = await openExporting(test, requests, bodies);
    const columns = ['id', '/max_tokens', '/tools/*/name', '/a%2Cb'].map(encodeURIComponent).join(',');
    const { text } = await ask(server.port, `/api/calls.csv?columns=${columns}`);
    const [head, ...rows] = parseCsv(text);
    assert.deepEqual(head, ['id', '/max_tokens', '/tools/*/name', '/a,b']);
    const byId = (a: string[], b: string[]): number => a[0]!.localeCompare(b[0]!);
    assert.deepEqual(rows.sort(byId), [
      ['call-0', '1024', '', "'=1+1"],
      ['call-1', 'cut before it', 'read, write', 'cut before it'],
      ['call-2', 'cut before it', 'rea…', 'cut before it'],
      ['call-3', '', '', '1.10'],
      ['call-4', '', '', ''],
    ]);
    const lines = (await ask(server.port, `/api/calls.jsonl?columns=${columns}`)).text.trim().split('\n');
    const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      parsed.find(({ id }) => id === 'call-3'),
      { id: 'call-3', '/max_tokens': null, '/tools/*/name': null, '/a,b': '1.10' },
    );
    const refused = await ask(server.port, '/api/calls.csv?columns=id,/a~2');
    assert.equal(refused.status, 400);
    assert.match(refused.text, /\/a~2.*no JSON Pointer/);
  });

  it('is read no faster than it is taken, a page ahead at most', async (test) => {
    const { source } = await openExporting(test, many(6000));
    let asked = 0;
    const counting = {
      bodyText: (id: string, side: 'request') => source.bodyText(id, side),
      calls: (query: CallsQuery) => {
        asked++;
        return source.calls(query);
      },
    };
    const reader = (
      await exportCalls(counting, {}, 'jsonl', NOW_MS, (fault) => assert.fail(String(fault)))
    ).getReader();
    for (let page = 1; page <= 6; page++) {
      const { value } = await reader.read();
      assert.equal(Buffer.from(value!).toString('utf8').split('\n').length - 1, 1000);
      for (let turns = 0; turns < 50; turns++) await turn();
      assert.ok(asked <= page + 1, `${asked} pages were read after ${page} were taken`);
    }
    assert.equal((await reader.read()).done, true);
  });

  it('ends when the one who reads it goes', async (test) => {
    const { source } = await openExporting(test, many(6000));
    let asked = 0;
    const counting = changeCalls(source, (query) => {
      asked++;
      return source.calls(query);
    });
    const server = await startApp(counting, temporaryFolder(test));
    test.after(() => server.close());
    const outgoing = request({
      port: server.port,
      path: '/api/calls.csv',
      agent: false,
      headers: { Host: `localhost:${server.port}` },
    });
    outgoing.end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    await once(response, 'readable');
    response.on('error', () => undefined);
    outgoing.destroy();
    // The server hears of it by the time it has answered somebody else, twice over.
    for (let times = 0; times < 2; times++) await ask(server.port, '/api/status');
    const known = asked;
    for (let times = 0; times < 5; times++) await ask(server.port, '/api/status');
    assert.equal(asked, known);
  });

  it('holds each call once while others are being written', async (test) => {
    const { source, db } = await openExporting(test, many(3000));
    const reader = (
      await exportCalls(source, { order: 'asc' }, 'jsonl', NOW_MS, (fault) => assert.fail(String(fault)))
    ).getReader();
    const ids: string[] = [];
    for (let added = 0; ; added++) {
      const { value, done } = await reader.read();
      if (done) break;
      const lines = Buffer.from(value).toString('utf8').trimEnd().split('\n');
      ids.push(...lines.map((line) => (JSON.parse(line) as WireCall).id));
      insertRows(db, 'requests', [requestRow({ id: `added-${added}`, requested_at: '2026-11-22 08:00:00.000000' })]);
    }
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(ids.filter((id) => id.startsWith('call-')).length, 3000);
  });

  it('is cut off, not ended, when the database goes away in its midst', async (test) => {
    const { source } = await openExporting(test, many(2500));
    let asked = 0;
    const failing = changeCalls(source, (query) =>
      asked++ === 0 ? source.calls(query) : Promise.reject(new SourceError('missing', 'The database is gone.')),
    );
    const server = await startApp(failing, temporaryFolder(test));
    test.after(() => server.close());
    await assert.rejects(
      ask(server.port, '/api/calls.csv'),
      (error) => (error as { code?: string }).code === 'ECONNRESET',
    );
    assert.deepEqual(server.log, ['An export was cut off, because the database can not be read any more.']);
    assert.equal(asked, 2);
  });
});

/** The source with another way to list calls, which outlives the server it is given to. */
function changeCalls(source: Source, calls: Source['calls']): Source {
  return new Proxy(source, {
    get: (real, name) => {
      if (name === 'calls') return calls;
      if (name === 'close') return () => Promise.resolve();
      const value: unknown = Reflect.get(real, name);
      return typeof value === 'function' ? (value.bind(real) as unknown) : value;
    },
  });
}
