import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import { bodySummaryAnswer, type WireBodySummary } from '../../src/api/body-summary.js';
import type { FilterQuery } from '../../src/api/query.js';
import type { Circumstances, DatabaseReader } from '../../src/server/sources/database/database-reader.js';
import { bodyRow, CIRCUMSTANCES, NOW_MS, openContents, projectRow, requestRow } from './database-rows.js';
import type { Row } from './fixture-database.js';

type Figures = WireBodySummary['totals'];

const STATES = ['stored', 'truncated', 'failed', 'expired', 'off', 'none'] as const;
const SUMS = [...STATES, 'calls', 'stored_bytes', 'uploaded', 'redacted_bodies'] as const;

function summarize(
  reader: DatabaseReader,
  query: FilterQuery = {},
  circumstances: Circumstances = CIRCUMSTANCES,
): WireBodySummary {
  const summary = reader.bodySummary(circumstances, query);
  assert.ok(summary);
  return bodySummaryAnswer.parse(summary);
}

const ofProject = (summary: WireBodySummary, slug: string): WireBodySummary['projects'][number] =>
  summary.projects.find((project) => project.slug === slug)!;

/** Only what is above 0. */
const statesOf = (figures: Figures): Partial<Record<(typeof STATES)[number], number>> =>
  Object.fromEntries(STATES.filter((state) => figures[state] > 0).map((state) => [state, figures[state]]));

/** Every part sums to its whole: states to calls, projects to totals, categories of projects to those of all. */
function assertSums({ projects, totals }: WireBodySummary): void {
  for (const figures of [...projects, totals]) {
    assert.equal(
      STATES.reduce((sum, state) => sum + figures[state], 0),
      figures.calls,
    );
  }
  for (const name of SUMS) {
    assert.equal(
      projects.reduce((sum, project) => sum + project[name], 0),
      totals[name],
      name,
    );
  }
  assert.deepEqual(sumCategories(projects), sumCategories([totals]));
}

function sumCategories(figures: readonly Pick<Figures, 'categories'>[]): [string, number][] {
  const sums = new Map<string, number>();
  for (const { category, count } of figures.flatMap(({ categories }) => categories)) {
    sums.set(category, (sums.get(category) ?? 0) + count);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
}

const TIMES = [
  '2026-11-24 08:00:00.000000',
  '2026-11-24 07:59:59.999999',
  '2026-11-24 08:00:00.000999',
  '2026-08-26 12:00:00.000000',
  '2026-08-26 11:59:59.999999',
  '2026-08-26 12:00:00.000001',
  '1969-12-31 23:59:59.123456',
  'no time',
  '2026-02-31 00:00:00.000000',
  '2031-01-01T00:00:00+02:00',
];

const SUMMARIES = [
  null,
  '{"openai_key":2,"jwt":1}',
  '{"jwt":0}',
  '{"__proto__":3,"constructor":1}',
  '{"jwt": 1',
  '[1]',
  'null',
  '{"jwt":-1,"openai_key":1.5,"aws_secret_key":"2"}',
  `{"${'x'.repeat(300)}":1,"<b>\u202e</b>":7}`,
];

interface Made {
  readonly requests: readonly Row[];
  readonly bodies: readonly Row[];
  readonly settings: readonly Row[];
  readonly circumstances: Circumstances;
}

const text = fc.constantFrom(null, '', '{}', 'é🦊');
const projectId = fc.constantFrom('p1', 'p2', 'gone');

const madeCall = fc.record({
  project_id: projectId,
  requested_at: fc.constantFrom(...TIMES),
  provider: fc.constantFrom('openai', 'anthropic'),
  body: fc.option(
    fc.record({
      request_body: text,
      response_body: text,
      request_truncated: fc.constantFrom(0, 1),
      response_truncated: fc.constantFrom(0, 1),
      capture_error: fc.constantFrom(null, '', 'redaction_failed'),
      redaction_applied: fc.constantFrom(0, 1),
      redaction_summary: fc.constantFrom(...SUMMARIES),
      uploaded_at: fc.constantFrom(null, '2026-11-24 09:00:00.000000'),
    }),
  ),
});

const made: fc.Arbitrary<Made> = fc
  .record({
    calls: fc.array(madeCall, { maxLength: 24 }),
    settings: fc.uniqueArray(
      fc.record({
        project_id: projectId,
        body_capture_enabled: fc.constantFrom(0, 1, 2),
        updated_at: fc.constantFrom('2026-11-24T08:00:00.000500+00:00', '2026-08-26T14:00:00+02:00', 'never'),
      }),
      { selector: ({ project_id }) => project_id },
    ),
    config: fc.option(
      fc.record({
        enabled: fc.boolean(),
        maxBodyBytes: fc.constant(1),
        retentionDays: fc.constantFrom(0, 90, 100_000),
        uploadsBodies: fc.boolean(),
      }),
    ),
  })
  .map(({ calls, settings, config }) => ({
    requests: calls.map(({ body: _, ...call }, place) => requestRow({ id: `call-${place}`, ...call })),
    bodies: calls.flatMap(({ body }, place) =>
      body === null ? [] : [bodyRow({ request_id: `call-${place}`, ...body })],
    ),
    settings,
    circumstances: { nowMs: NOW_MS, config },
  }));

function open(test: TestContext, { requests, bodies, settings }: Made): ReturnType<typeof openContents> {
  // A call may be left behind by its project, as in a file that was mended by hand.
  const opened = openContents(test, { projects: ['p1', 'p2'].map((id) => projectRow({ id })) });
  opened.db.pragma('foreign_keys = off');
  for (const [table, rows] of [
    ['requests', requests],
    ['request_bodies', bodies],
    ['project_settings', settings],
  ] as const) {
    for (const row of rows) {
      const names = Object.keys(row);
      opened.db
        .prepare(`insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`)
        .run(...Object.values(row));
    }
  }
  return opened;
}

/** What `GET /api/bodies` says of each call by itself, summed up by project. */
function askEach(reader: DatabaseReader, query: FilterQuery, circumstances: Circumstances): Map<string, Figures> {
  const sums = new Map<string, Figures>();
  for (const call of reader.calls(circumstances, { ...query, limit: 1000 }).calls) {
    const [body] = reader.bodies(circumstances, [call.id]).bodies;
    const figures = sums.get(call.project) ?? {
      ...(Object.fromEntries(SUMS.map((name) => [name, 0])) as Record<(typeof SUMS)[number], number>),
      categories: [],
      oldest_body_at: null,
      newest_body_at: null,
    };
    sums.set(call.project, figures);
    const isCut = body!.request.truncated || body!.response.truncated;
    const state = body!.state === 'stored' && isCut ? 'truncated' : body!.state;
    assert.notEqual(state, 'unavailable');
    figures[state as (typeof STATES)[number]]++;
    figures.calls++;
    figures.stored_bytes += (body!.request.stored_bytes ?? 0) + (body!.response.stored_bytes ?? 0);
    figures.uploaded += Number(body!.uploaded_at !== null);
    if (body!.state !== 'stored' || call.requested_at === '1970-01-01T00:00:00Z') continue;
    if (figures.oldest_body_at === null || call.requested_at < figures.oldest_body_at) {
      figures.oldest_body_at = call.requested_at;
    }
    if (figures.newest_body_at === null || call.requested_at > figures.newest_body_at) {
      figures.newest_body_at = call.requested_at;
    }
  }
  return sums;
}

const instantMs = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant));

describe('the summary of bodies', () => {
  it('says of all calls together what is said of each alone, whatever the rows hold', (test) => {
    fc.assert(
      fc.property(made, fc.constantFrom<FilterQuery>({}, { provider: ['openai'] }, { body: false }), (rows, query) => {
        const { reader } = open(test, rows);
        const summary = summarize(reader, query, rows.circumstances);
        assertSums(summary);
        const each = askEach(reader, query, rows.circumstances);
        for (const project of summary.projects) {
          const expected = each.get(project.slug);
          for (const name of SUMS) {
            if (name === 'redacted_bodies') continue;
            assert.equal(project[name], expected?.[name] ?? 0, `${project.slug} ${name}`);
          }
          for (const name of ['oldest_body_at', 'newest_body_at'] as const) {
            assert.equal(instantMs(project[name]), instantMs(expected?.[name] ?? null), name);
          }
          each.delete(project.slug);
        }
        assert.equal(each.size, 0);
        const status = reader.status(rows.circumstances);
        if (Object.keys(query).length > 0) return;
        assert.equal(summary.totals.stored_bytes, status.capture!.stored_bytes);
        assert.equal(summary.totals.stored + summary.totals.truncated, status.capture!.bodies);
        assert.equal(summary.totals.redacted_bodies, status.capture!.redacted);
        assert.equal(summary.totals.uploaded, status.cloud?.uploaded_bodies);
      }),
      { numRuns: 60 },
    );
  });

  it('explains a missing body by a switch only from when it was turned, and by age before the master switch', (test) => {
    const { reader } = openContents(test, {
      requests: [
        requestRow({ id: 'before', requested_at: '2026-11-24 06:59:59.999999' }),
        requestRow({ id: 'after', requested_at: '2026-11-24 07:00:00.000000' }),
        requestRow({ id: 'old', requested_at: '2026-01-01 00:00:00.000000' }),
        requestRow({ id: 'timeless', requested_at: 'no time' }),
      ],
      project_settings: [{ project_id: 'p1', body_capture_enabled: 0, updated_at: '2026-11-24T08:00:00+01:00' }],
    });
    const summary = summarize(reader);
    assert.deepEqual(statesOf(summary.totals), { expired: 1, off: 1, none: 2 });
    assert.deepEqual(
      summary.projects.map(({ slug, capture_enabled, changed_at }) => [slug, capture_enabled, changed_at]),
      [['slug-of-p1', false, '2026-11-24T07:00:00Z']],
    );
    const config = { ...CIRCUMSTANCES.config!, enabled: false };
    assert.deepEqual(statesOf(summarize(reader, {}, { ...CIRCUMSTANCES, config }).totals), { expired: 1, off: 3 });
    assert.deepEqual(statesOf(summarize(reader, {}, { ...CIRCUMSTANCES, config: null }).totals), { off: 1, none: 3 });
  });

  it('follows calls to the project that they are moved to, with their redactions', (test) => {
    const { reader, db } = openContents(test, {
      projects: [projectRow({ id: 'p1' }), projectRow({ id: 'p2' })],
      requests: [requestRow({ id: 'a' }), requestRow({ id: 'b' })],
      request_bodies: [
        bodyRow({ request_id: 'a', redaction_summary: '{"jwt":2,"openai_key":1}' }),
        bodyRow({ request_id: 'b', redaction_summary: '{"jwt":1}' }),
      ],
    });
    assert.deepEqual(ofProject(summarize(reader), 'slug-of-p1').categories, [
      { category: 'jwt', count: 3 },
      { category: 'openai_key', count: 1 },
    ]);
    db.exec(`update requests set project_id = 'p2' where id = 'a'`);
    const moved = summarize(reader);
    assertSums(moved);
    assert.deepEqual(ofProject(moved, 'slug-of-p1').categories, [{ category: 'jwt', count: 1 }]);
    assert.deepEqual(ofProject(moved, 'slug-of-p2').categories, [
      { category: 'jwt', count: 2 },
      { category: 'openai_key', count: 1 },
    ]);
    assert.equal(ofProject(moved, 'slug-of-p2').stored_bytes, 4);
  });

  it('takes in new bodies, bodies that were purged, and bodies sent to a cloud meanwhile', (test) => {
    const { reader, db } = openContents(test, {
      requests: ['a', 'b', 'c'].map((id) => requestRow({ id })),
      request_bodies: [bodyRow({ request_id: 'a', uploaded_at: '2026-11-24 09:00:00.000000' })],
    });
    assert.equal(summarize(reader).totals.uploaded, 1);
    db.exec(`insert into request_bodies (request_id, request_body, captured_at, redaction_summary)
      values ('b', 'four', '2026-11-24 08:00:01', '{"jwt":1}'), ('c', '', '2026-11-24 08:00:01', null)`);
    const more = summarize(reader);
    assert.deepEqual(statesOf(more.totals), { stored: 3 });
    assert.deepEqual([more.totals.stored_bytes, more.totals.uploaded], [8, 1]);
    db.exec(`update request_bodies set uploaded_at = '2026-11-24 09:05:00.000000' where request_id = 'b'`);
    assert.equal(summarize(reader).totals.uploaded, 2);
    // Earlier than what was read already.
    db.exec(`update request_bodies set uploaded_at = '2026-11-24 08:55:00.000000' where request_id = 'c'`);
    assert.equal(summarize(reader).totals.uploaded, 3);
    db.exec(`update request_bodies set uploaded_at = null where request_id = 'a'`);
    assert.equal(summarize(reader).totals.uploaded, 2);
    db.exec(`delete from request_bodies where request_id = 'b'`);
    const fewer = summarize(reader);
    assertSums(fewer);
    assert.deepEqual(statesOf(fewer.totals), { stored: 2, none: 1 });
    assert.deepEqual([fewer.totals.categories, fewer.totals.uploaded], [[], 1]);
  });

  it('leaves the age of the oldest text to the status, by when it was captured, and follows purges', (test) => {
    const { reader, db } = openContents(test, {
      requests: ['a', 'b', 'c'].map((id) => requestRow({ id })),
      request_bodies: [
        bodyRow({
          request_id: 'a',
          request_body: null,
          response_body: null,
          captured_at: '2026-09-01 00:00:00.000000',
        }),
        bodyRow({ request_id: 'b', captured_at: '2026-11-03 00:00:00.000000' }),
        bodyRow({ request_id: 'c', captured_at: '2026-11-02 00:00:00.000000' }),
      ],
    });
    const readOldest = (): unknown => reader.status(CIRCUMSTANCES).capture?.oldest_body_at;
    assert.equal(readOldest(), '2026-11-02T00:00:00.000000Z');
    db.exec(`delete from request_bodies where request_id = 'c'`);
    assert.equal(readOldest(), '2026-11-03T00:00:00.000000Z');
    db.exec(`delete from request_bodies where request_id = 'b'`);
    assert.equal(readOldest(), null);
  });

  it('lists projects without a call, those with the most calls first, unless the filter names others', (test) => {
    const { reader } = openContents(test, {
      projects: [
        projectRow({ id: 'idle', slug: 'a-idle', archived_at: '2026-11-02 00:00:00.000000' }),
        projectRow({ id: 'p1' }),
        projectRow({ id: 'p2' }),
      ],
      requests: [requestRow({ id: 'a', project_id: 'p2' })],
      project_settings: [{ project_id: 'idle', body_capture_enabled: 0, updated_at: '2026-11-24T07:00:00+00:00' }],
    });
    const { projects } = summarize(reader);
    assert.deepEqual(
      projects.map(({ slug }) => slug),
      ['slug-of-p2', 'a-idle', 'slug-of-p1'],
    );
    assert.deepEqual(
      [projects[1]!.archived_at, projects[1]!.capture_enabled, projects[1]!.calls, projects[1]!.oldest_body_at],
      ['2026-11-02T00:00:00.000000Z', false, 0, null],
    );
    assert.deepEqual(
      summarize(reader, { project: ['a-idle'] }).projects.map(({ slug }) => slug),
      ['a-idle'],
    );
    assert.deepEqual(
      summarize(reader, { not: [{ name: 'project', value: 'a-idle' }] }).projects.map(({ slug }) => slug),
      ['slug-of-p2', 'slug-of-p1'],
    );
  });

  it('keeps the names of categories as they are, whatever they are, and never counts past a whole number', (test) => {
    const hostile = ['__proto__', 'constructor', '<script>', '', 'x'.repeat(100_000)];
    const { reader } = openContents(test, {
      requests: [requestRow({ id: 'a' }), requestRow({ id: 'b' })],
      request_bodies: ['a', 'b'].map((id) =>
        bodyRow({
          request_id: id,
          redaction_summary: `{${hostile.map((name) => `${JSON.stringify(name)}:${Number.MAX_SAFE_INTEGER}`).join(',')}}`,
        }),
      ),
    });
    const { totals } = summarize(reader);
    assert.deepEqual(totals.categories.map(({ category }) => category).sort(), [...hostile].sort());
    for (const { count } of totals.categories) assert.equal(count, Number.MAX_SAFE_INTEGER);
    assert.equal(reader.status(CIRCUMSTANCES).capture?.categories['<script>'], Number.MAX_SAFE_INTEGER);
  });

  it('is not there where there is no table for bodies, and does without the rest', (test) => {
    const { reader, db } = openContents(test, {
      requests: [requestRow({ id: 'a' }), requestRow({ id: 'b' })],
      request_bodies: [bodyRow({ request_id: 'a' })],
    });
    db.exec('drop table project_settings');
    db.exec('drop index idx_request_bodies_uploaded_at');
    db.exec('drop index idx_request_bodies_captured_uploaded');
    for (const column of [
      'uploaded_at',
      'redaction_summary',
      'redaction_applied',
      'capture_error',
      'request_truncated',
    ]) {
      db.exec(`alter table request_bodies drop column ${column}`);
    }
    const { totals, projects } = summarize(reader);
    assert.deepEqual(statesOf(totals), { stored: 1, none: 1 });
    assert.deepEqual([totals.uploaded, totals.categories, projects[0]?.capture_enabled], [0, [], true]);
    assert.ok(reader.status(CIRCUMSTANCES).features.includes('body-summary'));
    db.exec('drop table request_bodies');
    assert.equal(reader.bodySummary(CIRCUMSTANCES, {}), null);
    assert.equal(reader.status(CIRCUMSTANCES).features.includes('body-summary'), false);
  });
});
