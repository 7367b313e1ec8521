import assert from 'node:assert/strict';
import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type Database from 'libsql';
import type { WireCallsAnswer } from '../../src/api/call.js';
import { SORTS, type CallsQuery } from '../../src/api/query.js';
import { type DatabaseReader } from '../../src/server/sources/database/database-reader.js';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import {
  bodyRow,
  CIRCUMSTANCES,
  NOW_MS,
  openContents,
  projectRow,
  requestRow,
  temporaryFolder,
} from './database-rows.js';
import { createDatabase, insertRows } from './fixture-database.js';
import { readAnswer } from './read-answer.js';

/** More calls than are compared at every change, and than fit into one step of loading. */
const MANY = 24_000;
const MINUTE_MS = 60_000;

/** Adds calls in one statement: a call a minute, ids in another order than times, some repeated, failed or unpriced. */
function addMany(db: Database.Database, calls: number): void {
  db.exec(`with recursive n(i) as (select 0 union all select i + 1 from n where i < ${calls - 1})
    insert into requests (id, project_id, provider, model, mode, input_tokens, output_tokens, thinking_tokens,
      cache_read_tokens, cache_write_tokens, cost_usd_minor_units, latency_ms, tokens_complete, requested_at, recorded_at,
      status, prompt_hash)
    select printf('%08x-made', (i * 2654435761) % 4294967296), iif(i % 3, 'p1', 'p2'), 'xai', 'model-' || (i % 5),
      'standard', i % 700, 1, 0, 0, 0, iif(i % 7, i % 1000, null), i % 1013 + 0.25, 1,
      datetime(1790000000 + i * 60, 'unixepoch') || '.000' || printf('%03d', i % 1000), '2026-11-24 00:00:00',
      iif(i % 11, 'success', 'error'), 'prompt-' || (i % 15000) from n`);
}

function openMany(test: TestContext): { db: Database.Database; reader: DatabaseReader; path: string } {
  const opened = openContents(test, { projects: [projectRow({ id: 'p1' }), projectRow({ id: 'p2' })] });
  addMany(opened.db, MANY);
  return opened;
}

/** Takes the reader's background work as far as it goes. */
function finish(reader: DatabaseReader, nowMs: number): void {
  while (reader.isBusy(nowMs) && reader.advance(nowMs));
}

const list = (reader: DatabaseReader, query: CallsQuery): WireCallsAnswer => reader.calls(CIRCUMSTANCES, query);

describe('a large database', () => {
  it('shows its newest calls and their sums before they are all loaded, the same as afterwards', (test) => {
    const { reader } = openMany(test);
    const windows: CallsQuery[] = [
      {},
      { limit: 7 },
      { since: '2026-10-01', until: '2026-10-09', tz: 'Asia/Kathmandu', limit: 50 },
      { last: '60d', limit: 3 },
    ];
    const before = windows.map((query) => {
      const newest = reader.newest(CIRCUMSTANCES, query)!;
      for (;;) {
        const page = reader.advanceNewest(newest);
        if (page !== 'more') return page;
      }
    });
    assert.ok(reader.statusSoFar(CIRCUMSTANCES).index!.loaded < MANY);
    assert.equal(reader.isReadyFor({}, NOW_MS), false);
    const after = windows.map((query) => list(reader, query));
    assert.deepEqual(before, after);
    for (const query of [{ sort: 'cost' }, { project: ['p1'] }, { offset: 1 }, { cursor: 'x' }, { q: 'a' }] as const) {
      assert.equal(reader.newest(CIRCUMSTANCES, query as CallsQuery), null, JSON.stringify(query));
    }
  });

  it('leaves a first page to the index where times are not as the daemon writes them', (test) => {
    const { reader, db } = openMany(test);
    insertRows(db, 'requests', [requestRow({ id: 'odd', requested_at: '2027-01-01T00:00:00+02:00' })]);
    const newest = reader.newest(CIRCUMSTANCES, {})!;
    let page = reader.advanceNewest(newest);
    while (page === 'more') page = reader.advanceNewest(newest);
    assert.equal(page, null);
    assert.equal(list(reader, {}).calls[0]?.id, 'odd');
  });

  it('is loaded in steps, says how far it is, and takes in what is written meanwhile', (test) => {
    const { reader, db } = openMany(test);
    const seen: number[] = [];
    let written = 0;
    for (;;) {
      const { loaded, of } = reader.statusSoFar(CIRCUMSTANCES).index!;
      assert.ok(loaded <= of);
      seen.push(loaded);
      if (written < 20) {
        insertRows(db, 'requests', [requestRow({ id: `new-${written}`, requested_at: '2026-12-30 00:00:00.000000' })]);
        insertRows(db, 'request_bodies', [bodyRow({ request_id: `new-${written++}` })]);
      }
      if (!reader.advance(NOW_MS)) break;
    }
    assert.ok(new Set(seen).size > 4);
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => a - b),
    );
    assert.equal(list(reader, {}).total, MANY + 20);
    assert.equal(list(reader, { body: true }).total, 20);
    assert.equal(reader.status(CIRCUMSTANCES).capture?.bodies, 20);
    assert.deepEqual(reader.status(CIRCUMSTANCES).index, { loaded: MANY + 20, of: MANY + 20 });
  });

  it('is the same list in every order as the database has it, also after calls came one by one', (test) => {
    const { reader, db } = openMany(test);
    const columns: Record<(typeof SORTS)[number], string> = {
      requested_at: 'requested_at',
      cost: 'cost_usd_minor_units',
      latency: 'latency_ms',
      ttft: 'time_to_first_token_ms',
      input: 'input_tokens',
      output: 'output_tokens',
      tokens: 'input_tokens + output_tokens + thinking_tokens + cache_read_tokens + cache_write_tokens',
    };
    const assertSame = (): void => {
      for (const sort of SORTS) {
        for (const order of ['asc', 'desc'] as const) {
          const sql = `select id from requests where model <> 'model-3' order by ${columns[sort]} ${order} nulls last, id limit 30 offset ?`;
          for (const offset of [0, 9_003, 19_190]) {
            const expected = db.prepare(sql).pluck().all(offset);
            const query: CallsQuery = { sort, order, offset, limit: 30, not: [{ name: 'model', value: 'model-3' }] };
            assert.deepEqual(
              list(reader, query).calls.map(({ id }) => id),
              expected,
              `${sort} ${order} from ${offset}`,
            );
          }
        }
      }
    };
    assertSame();
    for (let place = 0; place < 40; place++) {
      insertRows(db, 'requests', [
        requestRow({
          id: `${place % 2 ? '0' : 'f'}-${place}`,
          requested_at: storedTime(1_790_000_000 + place * 60_000),
          cost_usd_minor_units: place % 3 === 0 ? null : place,
          latency_ms: place * 30,
          time_to_first_token_ms: place,
        }),
      ]);
      if (place % 10 === 0) list(reader, { sort: 'cost' });
    }
    assertSame();
  });

  it('finds words in ids and keys, and repeated prompts, also of calls that come later', (test) => {
    const { reader, db } = openMany(test);
    const find = (q: string): string[] => list(reader, { q, limit: 1000 }).calls.map(({ id }) => id);
    const stored = (sql: string): unknown[] => db.prepare(sql).pluck().all();
    const count = (sql: string): number => stored(`select count(*) from requests where ${sql}`)[0] as number;
    assert.equal(list(reader, { q: 'BEE' }).total, count("id like '%bee%'"));
    assert.equal(list(reader, { q: 'bee' }).total, count("id like '%bee%'"));
    assert.deepEqual(find('stainless'), []);
    assert.equal(list(reader, { repeated: true }).total, MANY - 15_000);
    insertRows(db, 'requests', [
      requestRow({ id: 'cafe-bee', idempotency_key: 'Stainless-1', prompt_hash: 'prompt-1', project_id: 'p2' }),
      requestRow({
        id: 'first',
        prompt_hash: 'prompt-14999',
        project_id: 'p1',
        requested_at: '2020-01-01 00:00:00.000000',
      }),
    ]);
    assert.deepEqual(find('stainless'), ['cafe-bee']);
    assert.deepEqual(find('cafe-b'), ['cafe-bee']);
    assert.equal(list(reader, { q: 'bee' }).total, count("id like '%bee%'"));
    const repeated = `select count(*) from (select row_number() over (partition by project_id, prompt_hash
      order by requested_at, id) as place from requests where prompt_hash is not null) where place > 1`;
    assert.equal(list(reader, { repeated: true }).total, stored(repeated)[0]);
  });

  it('shows costs that were recomputed, and calls that went to another project, within a minute', (test) => {
    const { reader, db } = openMany(test);
    const first = list(reader, {}).totals.cost_millicents!;
    const { version, marks } = { version: reader.version(), marks: reader.changes(CIRCUMSTANCES).marks };
    db.exec('update requests set cost_usd_minor_units = cost_usd_minor_units + 1 where rowid = 12001');
    reader.changes(CIRCUMSTANCES);
    finish(reader, NOW_MS);
    assert.equal(list(reader, {}).totals.cost_millicents, first + 1);
    assert.ok(reader.changes(CIRCUMSTANCES).marks.cost > marks.cost);
    assert.notEqual(reader.version(), version);

    db.exec("update requests set project_id = 'p2' where rowid between 100 and 20000 and project_id = 'p1'");
    const moved = db.prepare("select count(*) from requests where project_id = 'p2'").pluck().all()[0] as number;
    reader.changes(CIRCUMSTANCES);
    finish(reader, NOW_MS + MINUTE_MS);
    assert.equal(list(reader, { project: ['slug-of-p2'] }).total, moved);
    assert.ok(reader.changes(CIRCUMSTANCES).marks.project > marks.project);
    assert.equal(reader.changes(CIRCUMSTANCES).marks.file, marks.file);
    const swap =
      'update requests set cost_usd_minor_units = case rowid when 22001 then 5 else 900 end where rowid in (22001, 22002)';
    db.exec(
      'update requests set cost_usd_minor_units = case rowid when 22001 then 900 else 5 end where rowid in (22001, 22002)',
    );
    reader.changes(CIRCUMSTANCES);
    finish(reader, NOW_MS + 2 * MINUTE_MS);
    const dear = (): number =>
      list(reader, { min_cost: 900, max_cost: 900 }).calls.findIndex(({ id }) => id === idOf(db, 22_002));
    assert.equal(dear(), -1);
    db.exec(swap);
    reader.changes(CIRCUMSTANCES);
    finish(reader, NOW_MS + 3 * MINUTE_MS);
    assert.notEqual(dear(), -1);
  });

  it('shows to who asks after a long silence what was changed meanwhile, and looks for it in steps', (test) => {
    const { reader, db } = openMany(test);
    const HOUR_MS = 60 * MINUTE_MS;
    const asking = { ...CIRCUMSTANCES, nowMs: NOW_MS + HOUR_MS };
    assert.equal(list(reader, { project: ['slug-of-p2'] }).total, MANY / 3);
    db.exec("update requests set project_id = 'p2' where rowid between 100 and 20000");
    const moved = db.prepare("select count(*) from requests where project_id = 'p2'").pluck().all()[0] as number;
    assert.equal(reader.isReadyFor({}, asking.nowMs), false);
    assert.equal(reader.statusSoFar(asking).capture?.bodies, 0);
    let steps = 0;
    for (; !reader.isReadyFor({}, asking.nowMs); steps++) reader.advance(asking.nowMs);
    assert.ok(steps > 2);
    assert.equal(reader.calls(asking, { project: ['slug-of-p2'] }).total, moved);

    db.exec("update requests set project_id = 'p1'");
    assert.equal(reader.calls({ ...asking, nowMs: asking.nowMs + HOUR_MS }, { project: ['slug-of-p1'] }).total, MANY);
    insertRows(db, 'requests', [requestRow({ id: 'new' })]);
    assert.equal(reader.isReadyFor({}, asking.nowMs + HOUR_MS + 1000), true);
  });

  it('is read whole where rowids have gaps, narrow and wide, and tells that it is', (test) => {
    const { reader, db } = openMany(test);
    db.exec('delete from requests where rowid % 3 = 0 or rowid between 5000 and 7000');
    db.exec('update requests set rowid = rowid + 4000000000 where rowid > 20000');
    const calls = db.prepare('select count(*) from requests').pluck().all()[0] as number;
    finish(reader, NOW_MS);
    assert.equal(list(reader, {}).total, calls);
    assert.deepEqual(reader.status(CIRCUMSTANCES).index, { loaded: calls, of: calls });
  });

  it('is read anew when calls were taken away, or its tables changed', (test) => {
    const { reader, db } = openMany(test);
    assert.equal(list(reader, {}).total, MANY);
    db.exec('delete from requests where rowid between 1000 and 1099');
    reader.changes(CIRCUMSTANCES);
    finish(reader, NOW_MS);
    assert.equal(list(reader, {}).total, MANY - 100);
    db.exec(`delete from requests where rowid > ${MANY - 5}`);
    assert.equal(list(reader, {}).total, MANY - 105);
    db.exec('alter table requests add column something_new text');
    assert.equal(list(reader, {}).total, MANY - 105);
  });
});

const storedTime = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')}.000000`;

function idOf(db: Database.Database, rowid: number): unknown {
  return db.prepare('select id from requests where rowid = ?').pluck().all(rowid)[0];
}

describe('a small database', () => {
  it('shows every change at the next question', (test) => {
    const { reader, db } = openContents(test, {
      projects: [projectRow({ id: 'p1' }), projectRow({ id: 'p2' })],
      requests: [requestRow({ id: 'a' }), requestRow({ id: 'b', cost_usd_minor_units: null })],
    });
    assert.equal(list(reader, { body: true }).total, 0);
    insertRows(db, 'request_bodies', [bodyRow({ request_id: 'a', response_truncated: 1 })]);
    assert.deepEqual(
      list(reader, { body_state: ['truncated'] }).calls.map(({ id }) => id),
      ['a'],
    );
    db.exec("update request_bodies set request_body = null, response_body = null, capture_error = 'redaction_failed'");
    assert.equal(list(reader, { body_state: ['failed'] }).total, 1);
    db.exec('delete from request_bodies');
    assert.equal(list(reader, { body_state: ['none'] }).total, 2);
    db.exec('update requests set cost_usd_minor_units = 7 where cost_usd_minor_units is null');
    assert.equal(list(reader, { priced: true }).totals.cost_millicents, 52);
    db.exec("update requests set project_id = 'p2' where id = 'b'");
    assert.equal(list(reader, { project: ['slug-of-p2'] }).total, 1);
    db.exec("update requests set status = 'error', tokens_complete = 0 where id = 'b'");
    assert.equal(list(reader, { status: ['error'], complete: false }).total, 1);
    db.exec("update projects set slug = 'renamed' where id = 'p2'");
    assert.equal(list(reader, { project: ['renamed'] }).total, 1);
    db.exec("delete from requests where id = 'a'");
    assert.equal(list(reader, {}).total, 1);
  });

  it('that is put in the place of another is shown at once, and told of', async (test) => {
    const folder = temporaryFolder(test);
    const path = join(folder, 'db.sqlite');
    const make = (name: string, ids: readonly string[]): void => {
      const db = createDatabase(join(folder, name));
      insertRows(db, 'projects', [projectRow({ id: 'p1' })]);
      insertRows(
        db,
        'requests',
        ids.map((id) => requestRow({ id })),
      );
      db.pragma('wal_checkpoint(truncate)');
      db.close();
      copyFileSync(join(folder, name), `${path}.${name}`);
    };
    make('old', ['old']);
    make('new', ['new-1', 'new-2']);
    renameSync(`${path}.old`, path);
    const source = await openDatabaseSource(path, { now: () => NOW_MS });
    test.after(() => source.close());
    assert.equal((await source.calls({ sort: 'cost' })).total, 1);
    const before = await source.changes();
    for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    renameSync(`${path}.new`, path);
    assert.equal((await source.calls({ sort: 'cost' })).total, 2);
    assert.equal((await source.changes()).marks.file, before.marks.file + 1);
    assert.deepEqual((await readAnswer(source, 'facets', {})).facets.project, [
      { value: 'slug-of-p1', calls: 2, unpriced_calls: 0, cost_millicents: 90 },
    ]);
  });
});
