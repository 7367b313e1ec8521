import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { project as projectShape } from '../../src/api/project.js';
import { findPercentile } from '../../src/server/sources/database/percentile.js';
import { bodyRow, CIRCUMSTANCES, openContents, projectRow, requestRow } from './database-rows.js';

describe('the projects', () => {
  it('are named exactly as they are, whatever is in their slugs, and can be asked for by them', (test) => {
    const slugs = [
      'a/b/../c',
      `"double" and 'single'`,
      ' spaces ',
      '🦊 emoji',
      '<img src=x onerror=alert(1)>',
      '%',
      '_',
      'x'.repeat(255),
    ];
    const { reader } = openContents(test, {
      projects: slugs.map((slug, place) => projectRow({ id: `p${place}`, slug, name: slug })),
      requests: slugs.map((_, place) => requestRow({ id: `call-${place}`, project_id: `p${place}` })),
    });
    const { projects } = reader.projects(CIRCUMSTANCES, {});
    assert.deepEqual(projects.map(({ slug }) => slug).sort(), [...slugs].sort());
    for (const [place, slug] of slugs.entries()) {
      const answer = reader.calls(CIRCUMSTANCES, { project: [slug] });
      assert.deepEqual(
        answer.calls.map((call) => [call.id, call.project]),
        [[`call-${place}`, slug]],
      );
      assert.deepEqual(
        reader.projects(CIRCUMSTANCES, { project: [slug] }).projects.map((project) => project.slug),
        [slug],
      );
    }
  });

  it('are listed dearest first, those without a call too, with zeros and no averages', (test) => {
    const { reader } = openContents(test, {
      projects: [
        projectRow({ id: 'idle', slug: 'b-idle', archived_at: '2026-11-02 00:00:00.000000' }),
        projectRow({ id: 'idle-too', slug: 'a-idle' }),
        projectRow({ id: 'cheap' }),
        projectRow({ id: 'dear' }),
        projectRow({ id: 'unpriced' }),
      ],
      requests: [
        requestRow({ id: 'a', project_id: 'cheap', cost_usd_minor_units: 1 }),
        requestRow({ id: 'b', project_id: 'dear', cost_usd_minor_units: 2 }),
        requestRow({ id: 'c', project_id: 'unpriced', cost_usd_minor_units: null }),
      ],
    });
    const { projects, totals } = reader.projects(CIRCUMSTANCES, {});
    assert.deepEqual(
      projects.map(({ slug, cost_millicents }) => [slug, cost_millicents]),
      [
        ['slug-of-dear', 2],
        ['slug-of-cheap', 1],
        ['a-idle', 0],
        ['b-idle', 0],
        ['slug-of-unpriced', null],
      ],
    );
    const idle = projects.find(({ slug }) => slug === 'b-idle')!;
    assert.equal(idle.archived_at, '2026-11-02T00:00:00.000000Z');
    assert.deepEqual(
      [idle.calls, idle.avg_latency_ms, idle.p95_latency_ms, idle.top_model, idle.daily, idle.tags],
      [0, null, null, null, [], []],
    );
    assert.equal(totals.cost_millicents, 3);
    assert.equal(totals.unpriced_calls, 1);
    for (const project of projects) projectShape.parse(project);
  });

  it('do not lose calls whose project has no row: they stand under its id', (test) => {
    const { reader, db } = openContents(test, { requests: [requestRow({ id: 'known' })] });
    db.pragma('foreign_keys = off');
    db.exec(`insert into requests select 'lost', 'gone-project', provider, model, mode, 1, 1, 0, 0, 0, 7, null, 1,
      requested_at, recorded_at, null, null, null, status, null, null, null, null, null, null, null, null, null, null,
      null, null from requests where id = 'known'`);
    const answer = reader.projects(CIRCUMSTANCES, {});
    const lost = answer.projects.find(({ slug }) => slug === 'gone-project');
    assert.equal(lost?.cost_millicents, 7);
    assert.equal(lost.created_at, null);
    assert.equal(answer.totals.calls, 2);
    for (const query of [{ project: ['gone-project'] }, { q: 'GONE-proj' }]) {
      assert.deepEqual(
        reader.calls(CIRCUMSTANCES, query).calls.map(({ id, project }) => [id, project]),
        [['lost', 'gone-project']],
      );
    }
    // The id of a project that has a row is no name for it.
    assert.equal(reader.calls(CIRCUMSTANCES, { project: ['p1'] }).total, 0);
    assert.equal(reader.bodies(CIRCUMSTANCES, ['lost']).bodies[0]?.state, 'none');
  });

  it('tell failed, unpriced, incomplete and imputed calls, and every count, apart', (test) => {
    const { reader } = openContents(test, {
      requests: [
        requestRow({ id: 'a', status: 'error', cost_usd_minor_units: 0 }),
        requestRow({ id: 'b', status: 'blocked_by_policy', cost_usd_minor_units: null }),
        requestRow({ id: 'c', tokens_complete: 0, cost_usd_minor_units: null }),
        requestRow({
          id: 'd',
          billing_basis: 'subscription_imputed',
          cost_usd_minor_units: 900,
          input_tokens: 1,
          output_tokens: 2,
          thinking_tokens: 4,
          cache_read_tokens: 8,
          cache_write_tokens: 16,
        }),
        requestRow({ id: 'e', billing_basis: 'imported', cost_usd_minor_units: 100 }),
      ],
    });
    const [project] = reader.projects(CIRCUMSTANCES, {}).projects;
    const expected = {
      calls: 5,
      failed_calls: 2,
      unpriced_calls: 2,
      incomplete_calls: 1,
      cost_millicents: 1000,
      imputed_millicents: 900,
      input_tokens: 401,
      output_tokens: 42,
      thinking_tokens: 4,
      cache_read_tokens: 8,
      cache_write_tokens: 16,
    };
    assert.deepEqual({ ...project, ...expected }, project);
    assert.deepEqual(reader.calls(CIRCUMSTANCES, {}).totals, expected);
  });

  it('say how their calls came to them, and which model and provider cost most', (test) => {
    const { reader } = openContents(test, {
      requests: [
        requestRow({ id: 'a', model: 'dear', provider: 'one', cost_usd_minor_units: 100, attribution_method: 'git' }),
        requestRow({ id: 'b', model: 'cheap', provider: 'two', cost_usd_minor_units: 60, attribution_method: null }),
        requestRow({ id: 'c', model: 'fair', provider: 'two', cost_usd_minor_units: 50, attribution_method: null }),
        requestRow({
          id: 'd',
          model: 'often',
          provider: 'two',
          cost_usd_minor_units: null,
          attribution_method: 'brand_new',
        }),
      ],
    });
    const [project] = reader.projects(CIRCUMSTANCES, {}).projects;
    assert.equal(project?.top_model, 'dear');
    assert.equal(project.top_provider, 'two');
    assert.deepEqual(project.tags, [
      { method: null, calls: 2 },
      { method: 'brand_new', calls: 1 },
      { method: 'git', calls: 1 },
    ]);
    const [unpriced] = reader.projects(CIRCUMSTANCES, { priced: false }).projects;
    assert.equal(unpriced?.top_model, 'often');
  });

  it('have every day from the first to the last call of the answer, in the zone asked for', (test) => {
    const { reader } = openContents(test, {
      projects: [projectRow({ id: 'p1' }), projectRow({ id: 'p2' })],
      requests: [
        requestRow({ id: 'a', requested_at: '2026-10-23 22:30:00.000000', cost_usd_minor_units: null }),
        requestRow({ id: 'b', requested_at: '2026-10-25 22:59:59.999999', cost_usd_minor_units: 5 }),
        requestRow({ id: 'c', requested_at: '2026-10-25 23:00:00.000000', cost_usd_minor_units: 6, project_id: 'p2' }),
      ],
    });
    const daily = new Map(
      reader.projects(CIRCUMSTANCES, { tz: 'Europe/Berlin' }).projects.map((project) => [project.slug, project.daily]),
    );
    assert.deepEqual(daily.get('slug-of-p1'), [
      { date: '2026-10-24', calls: 1, cost_millicents: null },
      { date: '2026-10-25', calls: 1, cost_millicents: 5 },
      { date: '2026-10-26', calls: 0, cost_millicents: 0 },
    ]);
    assert.deepEqual(daily.get('slug-of-p2')?.at(-1), { date: '2026-10-26', calls: 1, cost_millicents: 6 });
    const utc = reader.projects(CIRCUMSTANCES, {}).projects.find(({ slug }) => slug === 'slug-of-p1');
    assert.deepEqual(
      utc?.daily.map(({ calls }) => calls),
      [1, 0, 1],
    );
  });

  it('have the average and the 95th percentile of latencies to their last digit, over those that were measured', (test) => {
    const latencies = [34.44643700004235, 85.8595200002128, 0.30000000000000004, null, 1e6];
    const { reader } = openContents(test, {
      requests: latencies.map((latency, place) => requestRow({ id: `call-${place}`, latency_ms: latency })),
    });
    const [project] = reader.projects(CIRCUMSTANCES, {}).projects;
    const rank = 3 * 0.95;
    assert.equal(project?.p95_latency_ms, 85.8595200002128 + (1e6 - 85.8595200002128) * (rank - 2));
    assert.equal(project.avg_latency_ms, (34.44643700004235 + 85.8595200002128 + 0.30000000000000004 + 1e6) / 4);
  });

  it('say whether they capture, since when, and how many bodies of the window were redacted', (test) => {
    const { reader, db } = openContents(test, {
      projects: [projectRow({ id: 'p1' }), projectRow({ id: 'p2' })],
      requests: ['a', 'b', 'c'].map((id) => requestRow({ id, status: id === 'c' ? 'error' : 'success' })),
      request_bodies: [
        bodyRow({ request_id: 'a', redaction_applied: 1, redaction_summary: '{"jwt": 1}' }),
        bodyRow({ request_id: 'b' }),
        bodyRow({ request_id: 'c', request_body: null, response_body: null, capture_error: 'redaction_failed' }),
      ],
      project_settings: [{ project_id: 'p1', body_capture_enabled: 0, updated_at: '2026-11-20T10:00:00.123456+00:00' }],
    });
    const captureOf = (slug: string): unknown =>
      reader.projects(CIRCUMSTANCES, {}).projects.find((project) => project.slug === slug)?.capture;
    const changed = '2026-11-20T10:00:00.123456Z';
    assert.deepEqual(captureOf('slug-of-p1'), { enabled: false, changed_at: changed, bodies: 2, redacted: 1 });
    assert.deepEqual(captureOf('slug-of-p2'), { enabled: true, changed_at: null, bodies: 0, redacted: 0 });
    db.exec("delete from request_bodies where request_id = 'a'");
    assert.deepEqual(captureOf('slug-of-p1'), { enabled: false, changed_at: changed, bodies: 1, redacted: 0 });
    assert.equal(reader.status(CIRCUMSTANCES).capture?.failed, 1);
  });

  it('sum more calls than are read in one go as exactly as the calls themselves do', (test) => {
    const { reader, db } = openContents(test, { projects: [projectRow({ id: 'p1' }), projectRow({ id: 'p2' })] });
    db.exec(`with recursive n(i) as (select 0 union all select i + 1 from n where i < 120000)
      insert into requests (id, project_id, provider, model, mode, input_tokens, output_tokens, thinking_tokens,
        cache_read_tokens, cache_write_tokens, cost_usd_minor_units, tokens_complete, requested_at, recorded_at, status)
      select 'call-' || i, iif(i % 3, 'p1', 'p2'), 'xai', 'grok-4', 'standard', i, 1, 0, 0, 0, iif(i % 7, i, null), 1,
        datetime(1790000000 + i * 60, 'unixepoch') || '.000000', '2026-11-24 00:00:00', 'success' from n`);
    db.exec('delete from requests where rowid between 20000 and 80000');
    const { projects, totals } = reader.projects(CIRCUMSTANCES, {});
    assert.equal(totals.calls, 60_000);
    assert.deepEqual(totals, reader.calls(CIRCUMSTANCES, { limit: 1 }).totals);
    for (const field of ['calls', 'cost_millicents', 'unpriced_calls', 'input_tokens'] as const) {
      assert.equal(
        projects.reduce((sum, project) => sum + (project[field] ?? 0), 0),
        totals[field],
        field,
      );
    }
  });
});

describe('a percentile', () => {
  it('lies between the two ranks around it', () => {
    assert.equal(findPercentile(Float64Array.of(), 0.95), null);
    assert.equal(findPercentile(Float64Array.of(7), 0.95), 7);
    assert.equal(findPercentile(Float64Array.of(20, 10), 0.5), 15);
    assert.equal(
      findPercentile(
        Float64Array.from({ length: 101 }, (_, place) => 100 - place),
        0.95,
      ),
      95,
    );
    assert.equal(findPercentile(Float64Array.of(10, 9, 100), 1), 100);
  });
});
