import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import type Database from 'libsql';
import type { WireTotals } from '../../src/api/call.js';
import type { FilterQuery } from '../../src/api/query.js';
import type { DatabaseReader } from '../../src/server/sources/database/database-reader.js';
import { CIRCUMSTANCES, NOW_MS, openContents, projectRow } from './database-rows.js';

/** Calls are summed up in blocks of 16,384 of them: three whole ones here, and a rest. */
const CALLS = 52_000;
const START_S = 1_780_000_000;
const MINUTE_MS = 60_000;

const PROVIDERS = ['anthropic', 'openai', 'xai'];
const MODELS = ['model-0', 'model-1', 'model-2', 'model-3', 'model-4'];

/**
 * Adds calls in one statement: a call a second, some of them hours before those around them, and none with a time
 * between two seconds. `unreadable` is every how manieth of them has a time that is none; 0 for none of them.
 */
function addCalls(db: Database.Database, from: number, calls: number, unreadable: number): void {
  const time = `datetime(${START_S} + i - iif(i % 13 = 5, 9000, 0), 'unixepoch') || '.000000'`;
  db.exec(`with recursive n(i) as (select ${from} union all select i + 1 from n where i < ${from + calls - 1})
    insert into requests (id, project_id, provider, model, mode, input_tokens, output_tokens, thinking_tokens,
      cache_read_tokens, cache_write_tokens, cost_usd_minor_units, latency_ms, tokens_complete, billing_basis,
      requested_at, recorded_at, status, prompt_hash)
    select 'call-' || i, iif(i % 4, 'p1', 'p2'), case i % 3 when 0 then 'anthropic' when 1 then 'openai' else 'xai' end,
      'model-' || (i % 5), 'standard', i % 700, i % 11, i % 3, i % 5000, i % 17, iif(i % 7, i % 1000, null), 1.5,
      i % 19 > 0, iif(i % 6, null, 'subscription_imputed'),
      ${unreadable === 0 ? time : `iif(i % ${unreadable} = 9, 'no time ' || i, ${time})`},
      '2026-11-24 00:00:00', iif(i % 11, 'success', 'error'),
      iif(i % 3, printf('%016x', i % 40009 + 2), null) from n`);
  addBodies(db, from, calls, 70);
}

/** Adds the bodies of every how manieth call, each second of them cut, and some that the daemon failed to keep. */
function addBodies(db: Database.Database, from: number, calls: number, every: number): void {
  db.exec(`with recursive n(i) as (select ${from} union all select i + 1 from n where i < ${from + calls - 1})
    insert or ignore into request_bodies (request_id, request_body, request_truncated, capture_error, captured_at)
    select 'call-' || i, iif(i % 3, '{}', null), i % 2, iif(i % 3, null, 'disk full'), '2026-11-24 00:00:00.000000'
    from n where i % ${every} = 0`);
}

const STATES = ['none', 'stored', 'truncated', 'failed'] as const;
type BodyState = (typeof STATES)[number];

const storedTime = (second: number): string =>
  new Date((START_S + second) * 1000).toISOString().slice(0, 19).replace('T', ' ');

interface Asked {
  readonly providers: readonly string[] | null;
  readonly notModel: string | null;
  readonly failed: boolean;
  readonly priced: boolean | null;
  readonly repeated: boolean | null;
  readonly within: string | null;
  readonly states: readonly BodyState[] | null;
  /** Millicents. */
  readonly least: number | null;
  /** Seconds from the first call; null without a border. */
  readonly from: number | null;
  readonly before: number | null;
  readonly by: keyof typeof COLUMNS;
  readonly bucket: 'hour' | 'day';
}

/** What the series are split by, in SQL. */
const COLUMNS = {
  none: "'all'",
  project: "'slug-of-' || project_id",
  provider: 'provider',
  model: 'model',
  status: 'status',
} as const;

const second = fc.oneof(
  fc.integer({ min: -20_000, max: CALLS + 20_000 }),
  // Around the borders of the blocks.
  fc.tuple(fc.constantFrom(0, 16_384, 32_768, 49_152), fc.integer({ min: -2, max: 2 })).map(([at, by]) => at + by),
);
const asked: fc.Arbitrary<Asked> = fc
  .record({
    providers: fc.option(fc.subarray(PROVIDERS, { minLength: 1, maxLength: 2 })),
    notModel: fc.option(fc.constantFrom(...MODELS)),
    failed: fc.boolean(),
    priced: fc.option(fc.boolean(), { freq: 2 }),
    repeated: fc.option(fc.boolean(), { freq: 2 }),
    within: fc.option(fc.constantFrom('9s', '31008s', '31009s', '681m', '12h', '1d'), { freq: 1 }),
    states: fc.option(fc.subarray([...STATES], { minLength: 1 }), { freq: 2 }),
    least: fc.option(fc.integer({ min: -1, max: 1001 }), { freq: 1 }),
    from: fc.option(second, { freq: 3 }),
    before: fc.option(second, { freq: 3 }),
    by: fc.constantFrom('none', 'project', 'provider', 'model', 'status'),
    bucket: fc.constantFrom('hour', 'day'),
  })
  .map((made) =>
    made.from !== null && made.before !== null && made.from > made.before
      ? { ...made, from: made.before, before: made.from }
      : made,
  );

function queryOf(made: Asked): FilterQuery {
  const { providers, notModel, failed, priced, repeated, within, states, least, from, before } = made;
  const instant = (at: number): string => `${storedTime(at).replace(' ', 'T')}Z`;
  return {
    ...(providers !== null && { provider: [...providers] }),
    ...(notModel !== null && { not: [{ name: 'model', value: notModel }] }),
    ...(failed && { status: ['error'] }),
    ...(priced !== null && { priced }),
    ...(repeated !== null && { repeated }),
    ...(within !== null && { repeated_within: within }),
    ...(states !== null && { body_state: [...states] }),
    ...(least !== null && { min_cost: least }),
    ...(from !== null && { since: instant(from) }),
    ...(before !== null && { until: instant(before) }),
  };
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const secondsOf = (span: string): number => Number(span.slice(0, -1)) * SECONDS[span.slice(-1)]!;

/** The calls of it in SQL, as a user would write it. */
function whereOf(made: Asked): string {
  const { providers, notModel, failed, priced, repeated, within, states, least, from, before } = made;
  const state = `coalesce((select case when b.request_body is not null then iif(b.request_truncated, 'truncated', 'stored')
    when b.capture_error is not null then 'failed' else 'none' end
    from request_bodies b where b.request_id = requests.id), 'none')`;
  return [
    '1',
    ...(providers === null ? [] : [`provider in (${providers.map((name) => `'${name}'`).join(', ')})`]),
    ...(notModel === null ? [] : [`model <> '${notModel}'`]),
    ...(failed ? ["status = 'error'"] : []),
    ...(priced === null ? [] : [`(cost_usd_minor_units is not null) = ${priced}`]),
    ...(repeated === null ? [] : [`(id in (select id from repeated)) = ${repeated}`]),
    ...(within === null ? [] : [`id in (select id from gaps where seconds <= ${secondsOf(within)})`]),
    ...(states === null ? [] : [`${state} in (${states.map((name) => `'${name}'`).join(', ')})`]),
    ...(least === null ? [] : [`cost_usd_minor_units >= ${least}`]),
    ...(from === null ? [] : [`requested_at >= '${storedTime(from)}'`]),
    ...(before === null ? [] : [`requested_at < '${storedTime(before)}'`]),
    ...(from === null && before === null ? [] : ["requested_at like '20%'"]),
  ].join(' and ');
}

const SUMS = `count(*) calls, count(*) filter (where status <> 'success') failed_calls,
  count(*) filter (where cost_usd_minor_units is null) unpriced_calls,
  count(*) filter (where tokens_complete = 0) incomplete_calls,
  iif(count(*) = 0, 0, sum(cost_usd_minor_units)) cost_millicents,
  coalesce(sum(cost_usd_minor_units) filter (where billing_basis = 'subscription_imputed'), 0) imputed_millicents,
  coalesce(sum(input_tokens), 0) input_tokens, coalesce(sum(output_tokens), 0) output_tokens,
  coalesce(sum(thinking_tokens), 0) thinking_tokens, coalesce(sum(cache_read_tokens), 0) cache_read_tokens,
  coalesce(sum(cache_write_tokens), 0) cache_write_tokens`;

interface Opened {
  readonly db: Database.Database;
  readonly reader: DatabaseReader;
}

function open(test: TestContext, unreadable: number): Opened {
  const opened = openContents(test, { projects: [projectRow({ id: 'p1' }), projectRow({ id: 'p2' })] });
  addCalls(opened.db, 0, CALLS, unreadable);
  return opened;
}

/** What an earlier call of the same project also had, by SQLite's own order. A text that is no time is after all times. */
const REPEATED = `drop table if exists temp.repeated;
  create temp table repeated as select id from (select id, prompt_hash,
    row_number() over (partition by project_id, prompt_hash order by requested_at, id) place from requests)
  where prompt_hash is not null and place > 1;
  drop table if exists temp.gaps;
  create temp table gaps as select id, unixepoch(requested_at) - lag(unixepoch(requested_at)) over (
    partition by project_id, prompt_hash order by requested_at, id) seconds from requests where prompt_hash is not null`;

function sumBySql(db: Database.Database, where: string): unknown {
  const statement = db.prepare(`select ${SUMS} from requests where ${where}`);
  const [row] = statement.raw().all() as number[][];
  return Object.fromEntries(statement.columns().map(({ name }, place) => [name, row![place]]));
}

/** Sums, counted values and days are those that the database itself has, whatever is asked. */
function assertSums({ db, reader }: Opened, numRuns: number): void {
  db.exec(REPEATED);
  fc.assert(
    fc.property(asked, (made) => {
      const where = whereOf(made);
      const query = queryOf(made);
      const totals: WireTotals = reader.calls(CIRCUMSTANCES, { ...query, limit: 1 }).totals;
      assert.deepEqual(totals, sumBySql(db, where), where);
      const byProject = db.prepare(`select project_id, count(*) from requests where ${where} group by 1`).raw();
      assert.deepEqual(
        new Map(reader.facets(CIRCUMSTANCES, query).facets.project.map(({ value, calls }) => [value, calls])),
        new Map((byProject.all() as [string, number][]).map(([id, calls]) => [`slug-of-${id}`, calls])),
        where,
      );
      const { by } = made;
      // One call is moved years before the others: by the hour that is too many points.
      const bucket = made.from === null ? 'day' : made.bucket;
      const { column, written } = { column: COLUMNS[by], written: bucket === 'day' ? 10 : 13 };
      const days = `select ${column}, substr(requested_at, 1, ${written}), count(*), sum(cost_usd_minor_units) from requests
        where ${where} and requested_at like '20%' group by 1, 2 order by 1, 2`;
      const { series } = reader.series(CIRCUMSTANCES, { ...query, by, bucket });
      const counted = series.flatMap(({ key, points }) =>
        points.flatMap(({ start, calls, cost_millicents }) =>
          calls === 0 ? [] : [[key, start.slice(0, written).replace('T', ' '), calls, cost_millicents]],
        ),
      );
      const byName = (a: unknown[], b: unknown[]): number => (String(a) < String(b) ? -1 : 1);
      assert.deepEqual(counted.sort(byName), (db.prepare(days).raw().all() as unknown[][]).sort(byName), where);
      const models = `select model, count(*), sum(input_tokens), avg(latency_ms) from requests where ${where} group by 1`;
      const { groups } = reader.groups(CIRCUMSTANCES, { ...query, by: 'model' });
      assert.deepEqual(
        groups.map(({ key, calls, input_tokens, avg_latency_ms }) => [key, calls, input_tokens, avg_latency_ms]).sort(),
        (db.prepare(models).raw().all() as unknown[][]).sort(),
        where,
      );
    }),
    { numRuns },
  );
}

/** Has changes of old calls found: `minutes` says how long after the beginning. */
function findChanges({ reader }: Opened, minutes: number): void {
  const nowMs = NOW_MS + minutes * MINUTE_MS;
  reader.changes({ ...CIRCUMSTANCES, nowMs });
  while (reader.isBusy(nowMs) && reader.advance(nowMs));
}

describe('sums over tens of thousands of calls', () => {
  it('are those of the database for any filter and any window, wherever that cuts them', (test) => {
    assertSums(open(test, 0), 60);
  });

  it('are those of the database for a range of costs or tokens, of few calls or of most, and so is every page', (test) => {
    const { db, reader } = open(test, 0);
    const tokens = 'input_tokens + output_tokens + thinking_tokens + cache_read_tokens + cache_write_tokens';
    const ranges: [FilterQuery, string][] = [
      [{ min_cost: 0 }, 'cost_usd_minor_units >= 0'],
      [{ min_cost: 20 }, 'cost_usd_minor_units >= 20'],
      [{ min_cost: 985 }, 'cost_usd_minor_units >= 985'],
      [{ min_cost: 1, max_cost: 990 }, 'cost_usd_minor_units between 1 and 990'],
      [{ max_cost: 10, provider: ['openai'] }, "cost_usd_minor_units <= 10 and provider = 'openai'"],
      [{ min_tokens: 300 }, `${tokens} >= 300`],
      [{ min_tokens: 5300 }, `${tokens} >= 5300`],
      [{ min_tokens: 700, max_tokens: 5500 }, `${tokens} between 700 and 5500`],
      [{ min_latency: 1.5 }, '1'],
      [{ max_ttft: 1 }, '0'],
    ];
    for (const [query, where] of ranges) {
      const { totals, total } = reader.calls(CIRCUMSTANCES, { ...query, limit: 1 });
      assert.deepEqual(totals, sumBySql(db, where), where);
      const ids = db.prepare(`select id from requests where ${where} order by requested_at desc, id`).pluck().all();
      assert.equal(total, ids.length);
      for (const offset of [0, 1023, 1024, total >> 1, Math.max(0, total - 3), total].filter((at) => at <= total)) {
        const { calls } = reader.calls(CIRCUMSTANCES, { ...query, offset, limit: 5 });
        assert.deepEqual(
          calls.map(({ id }) => id),
          ids.slice(offset, offset + 5),
          `${where} from ${offset} on`,
        );
      }
    }
  });

  it('leave out of a window the calls whose time is none, and count them without one', (test) => {
    assertSums(open(test, 5000), 40);
  });

  it('are those of the database again after calls came, got another price, project or status, or another time', (test) => {
    const opened = open(test, 0);
    const { db } = opened;
    assertSums(opened, 10);
    // Up to the end of the rest that is no whole block yet, and over it; more than are taken in one by one.
    for (const [from, calls] of [
      [CALLS, 100],
      [CALLS + 100, 13_436],
      [CALLS + 13_536, 1],
    ] as const) {
      addCalls(db, from, calls, 0);
      assertSums(opened, 10);
    }
    const changes = [
      'update requests set cost_usd_minor_units = 123456 where rowid in (1, 16384, 16385, 20000, 65536)',
      'update requests set cost_usd_minor_units = null where rowid between 30000 and 40000',
      "update requests set project_id = 'p2', status = 'blocked_by_policy' where rowid between 16000 and 17000",
      "update requests set requested_at = '2020-01-01 00:00:00.000000', cost_usd_minor_units = 1 where rowid = 33000",
      "update requests set model = 'model-new', cost_usd_minor_units = 7 where rowid between 1 and 65000",
    ];
    for (const [place, sql] of changes.entries()) {
      db.exec(sql);
      addBodies(db, place, CALLS, 1009 + place);
      findChanges(opened, place + 1);
      assertSums(opened, 15);
    }
  });
});
