import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { WireCallDetail, WireCallsAnswer } from '../../src/api/call.js';
import type { WirePricingAnswer } from '../../src/api/pricing.js';
import type { WireProjectsAnswer } from '../../src/api/project.js';
import type { WireStatus } from '../../src/api/status.js';
import { fromWire } from '../../src/api/camel-case.js';
import type { WireGroupsAnswer } from '../../src/api/groups.js';
import { joinGroups, stripModelDate } from '../../src/view/model-names.js';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../built-server.js';
import { ARCHIVED, lastMonth, planCall, planCalls, planWindow, seededRandom, SLASHED } from './call-plan.js';
import { ensureBuilt } from './ensure-built.js';
import { findHaltonMeter, type HaltonMeter } from './find-halton-meter.js';
import { databasePath, runHaltonMeter, runPython } from './halton-cli.js';
import { readDatabaseFacts } from './database-facts.js';
import { startHaltonDaemon, type HaltonDaemon } from './halton-daemon.js';
import { post, readUntil, waitForAnswer, waitForTotal } from './live.js';
import { ask, assertSameFigures, figuresOf, listCalls, sumBy, toMicroseconds } from './our-figures.js';
import { planQuestion, readPlainAnswers } from './plain-answers.js';
import { lineOfPublished, lineOfRate, type PublishedRate } from './published-rates.js';
import { assertAsPlain } from './random-figures.js';
import { byName, readReport, type Report } from './report.js';

const BATCHES = 12;
const CALLS_IN_BATCH = 15;
const RANDOM_QUESTIONS = 120;
const RANDOM_REPORTS = 8;
const DAY_MS = 86_400_000;

function beside(meter: HaltonMeter): void {
  const now = new Date();
  const month = lastMonth(now);
  const plan = planCalls(now);
  let home: string;
  let daemon: HaltonDaemon;
  let server: BuiltServer;

  const readProjects = (query: string): Promise<WireProjectsAnswer> => ask(`${server.url}/api/projects?${query}`);

  before(async () => {
    home = await makeFolder();
    await ensureBuilt();
    daemon = await startHaltonDaemon(meter, home);
    await runPython(meter, home, 'write_calls.py', [databasePath(home)], JSON.stringify(plan));
    server = await startBuilt([], home);
  });

  after(async () => {
    await server?.stop();
    await daemon?.stop();
    await removeFolder(home);
  });

  it('finds the database that the daemon made, and the daemon itself, without being told where', async () => {
    assert.match(server.output(), /Showing the daemon's database ~\/\.halton-meter\/db\.sqlite/);
    const status = await ask<WireStatus>(`${server.url}/api/status`);
    const facts = await readDatabaseFacts(meter, home);
    assert.equal(status.source, 'database');
    assert.equal(status.database?.schema_version, facts.schema_version);
    assert.equal(status.database?.calls, plan.calls.length);
    assert.deepEqual(
      [status.daemon.url, status.daemon.reachable, status.daemon.version],
      [daemon.url, true, meter.version],
    );
  });

  const windows = [
    { words: ['--since', '7d'], query: 'last=7d' },
    { words: ['--since', '30d'], query: 'last=30d' },
    { words: ['--from', month.first, '--to', month.last], query: `since=${month.first}&until=${month.last}&tz=UTC` },
    { words: ['--since', '30d', '--project', 'acme-site'], query: 'last=30d&project=acme-site' },
    { words: ['--project', SLASHED], query: `last=30d&project=${encodeURIComponent(SLASHED)}` },
  ];
  for (const { words, query } of windows) {
    describe(`beside report ${words.join(' ')}`, () => {
      let report: Report;
      before(async () => {
        report = await readReport(meter, home, words);
        assert.ok(report.summary.requests > 50 && report.summary.cost_excluded_count > 5, 'There is little to compare');
      });

      it('has its totals to the millicent, above the projects and above the calls', async () => {
        const { projects, totals: projectTotals } = await readProjects(query);
        const { totals, total } = await ask<WireCallsAnswer>(`${server.url}/api/calls?${query}&limit=1`);
        const { summary } = report;
        assert.deepEqual(totals, projectTotals);
        assert.equal(total, summary.requests);
        assert.deepEqual(
          [totals.calls, totals.cost_millicents, totals.input_tokens, totals.output_tokens],
          [summary.requests, summary.cost_millicents, summary.input_tokens, summary.output_tokens],
        );
        assert.equal(totals.unpriced_calls, summary.cost_excluded_count);
        assert.equal(totals.incomplete_calls, summary.incomplete_count);
        const instants = projects.filter((project) => project.calls > 0).map((project) => project.first_call_at!);
        assert.equal(toMicroseconds(instants.sort()[0]!), toMicroseconds(summary.date_from));
      });

      it('has its calls, cost, tokens and latencies for every project', async () => {
        const { projects } = await readProjects(query);
        const ours = projects.filter((project) => project.calls > 0);
        assertSameFigures(
          new Map(ours.map((project) => [project.slug, figuresOf(project)])),
          byName(report.by_project, (row) => row.project),
        );
      });

      it('has its calls, cost, tokens and latencies for every model, counted from pages of calls', async () => {
        const calls = await listCalls(server.url, query);
        assertSameFigures(
          sumBy(calls, (call) => stripModelDate(call.model!)),
          byName(report.by_model, (row) => row.model),
        );
      });
    });
  }

  it('says of random windows, zones, projects and filters what plain SQL says of them, in every sum', async () => {
    const random = seededRandom(20_261_129);
    const questions = Array.from({ length: RANDOM_QUESTIONS }, () => planQuestion(random, now));
    const expected = await readPlainAnswers(meter, home, questions);
    assert.ok(expected.filter(({ totals }) => (totals.calls ?? 0) > 0).length > RANDOM_QUESTIONS / 2);
    for (const [place, question] of questions.entries()) await assertAsPlain(server.url, question, expected[place]!);
  });

  it('has the totals, projects and models of the report for random days and spans', async () => {
    const random = seededRandom(6);
    for (const { words, query } of Array.from({ length: RANDOM_REPORTS }, () => planWindow(random, plan, now))) {
      const report = await readReport(meter, home, words);
      const { projects, totals } = await readProjects(query);
      assert.deepEqual(
        [totals.calls, totals.cost_millicents ?? 0, totals.unpriced_calls, totals.incomplete_calls],
        [
          report.summary.requests,
          report.summary.cost_millicents,
          report.summary.cost_excluded_count,
          report.summary.incomplete_count,
        ],
        query,
      );
      assertSameFigures(
        new Map(projects.filter(({ calls }) => calls > 0).map((project) => [project.slug, figuresOf(project)])),
        byName(report.by_project, (row) => row.project),
      );
      assertSameFigures(
        sumBy(await listCalls(server.url, query, 500), (call) => stripModelDate(call.model!)),
        byName(report.by_model, (row) => row.model),
      );
      const models = fromWire(await ask<WireGroupsAnswer>(`${server.url}/api/calls/groups?${query}&by=model`));
      const joined = joinGroups(models.groups, stripModelDate);
      assert.deepEqual(
        new Map(joined.map(({ name, calls, costMillicents }) => [name, [calls, costMillicents ?? 0]])),
        new Map(report.by_model.map((row) => [row.model, [row.requests, row.cost_millicents]])),
      );
      assert.equal(joined.flatMap(({ keys }) => keys).length, models.groups.length);
    }
  });

  it('draws the same cost as the report for each of the last seven days', async () => {
    let [today, report] = ['', null as Report | null];
    // Midnight may pass between the two.
    while (today !== new Date().toISOString().slice(0, 10)) {
      today = new Date().toISOString().slice(0, 10);
      report = await readReport(meter, home, ['--since', '30d']);
    }
    const { projects } = await readProjects('last=30d');
    for (const { project: slug, daily_cost_buckets: buckets } of report!.by_project) {
      const daily = new Map(projects.find((project) => project.slug === slug)!.daily.map((day) => [day.date, day]));
      const costs = buckets.map((_cost, place) => {
        const date = new Date(Date.parse(today) - (buckets.length - 1 - place) * DAY_MS).toISOString().slice(0, 10);
        return daily.get(date)?.cost_millicents ?? 0;
      });
      assert.deepEqual(costs, buckets, slug);
    }
  });

  it('lists an archived project as archived', async () => {
    const { projects } = await readProjects('');
    const archived = projects.filter((project) => project.archived_at !== null).map((project) => project.slug);
    assert.deepEqual(archived, [ARCHIVED]);
  });

  it('shows the rates that the daemon publishes', async () => {
    const published = await ask<PublishedRate[]>(`${daemon.url}/v1/pricing-rates/current`);
    const { rates } = await ask<WirePricingAnswer>(`${server.url}/api/pricing`);
    assert.ok(published.length > 0);
    assert.deepEqual(new Map(rates.map(lineOfRate)), new Map(published.map(lineOfPublished)));
  });

  it('shows calls as the daemon writes them, after a change of rates too, and neither hinders the other', async () => {
    await runHaltonMeter(meter, home, ['pricing', 'set', 'anthropic', 'claude-haiku-4-5', '--input', '1.75']);
    const factsBefore = await readDatabaseFacts(meter, home);
    const random = seededRandom(7);
    const isOver = new AbortController();
    const reading = readUntil(isOver.signal, server.url);
    const written: string[] = [];
    try {
      for (let batch = 0; batch < BATCHES; batch++) {
        const at = new Date().toISOString();
        const records = Array.from({ length: CALLS_IN_BATCH }, () => planCall(random, at));
        const answer = await post(`${daemon.url}/v1/requests/batch`, { batch_id: records[0]!.id, records });
        assert.deepEqual(answer, { accepted: CALLS_IN_BATCH, duplicate: 0 });
        written.push(...records.map((record) => record.id));
        await waitForTotal(server.url, plan.calls.length + written.length);
      }
    } finally {
      isOver.abort();
    }
    assert.ok((await reading) > 0);
    const shown = new Set((await listCalls(server.url, 'last=1h')).map((call) => call.id));
    assert.deepEqual(
      written.filter((id) => !shown.has(id)),
      [],
    );
    const facts = await readDatabaseFacts(meter, home);
    assert.equal(facts.integrity, 'ok');
    assert.deepEqual(facts, { ...factsBefore, calls: plan.calls.length + written.length });
    assert.doesNotMatch(daemon.output(), /locked|OperationalError|Traceback/);
    const { summary } = await readReport(meter, home, ['--since', '30d']);
    const { totals } = await readProjects('last=30d');
    assert.deepEqual([totals.calls, totals.cost_millicents], [summary.requests, summary.cost_millicents]);
  });

  it('recomputes the cost of every call that the daemon priced from its rates, and finds it equal', async () => {
    const calls = await listCalls(server.url, 'priced=true', 1000);
    const fromRates = calls.filter((call) => call.rates_source !== null);
    const sources = new Set(fromRates.map((call) => call.rates_source!.replace(/-.*/, '')));
    assert.deepEqual([...sources].sort(), ['bundled', 'override']);
    const differing: string[] = [];
    for (const { id } of fromRates) {
      const call = await ask<WireCallDetail>(`${server.url}/api/calls/${id}`);
      if (call.audit !== 'equal' || call.recomputed_millicents !== call.cost_millicents) {
        differing.push(`${id} ${call.model} ${call.audit}: ${call.cost_millicents}, ${call.recomputed_millicents}`);
      }
    }
    assert.deepEqual(differing, []);
  });

  it('follows when calls are moved to another project and priced anew', async () => {
    const [from, to] = ['unattributed', 'acme-site'];
    const words = ['--from', from, '--to', to, '--apply', '--force', '--db', databasePath(home)];
    await runHaltonMeter(meter, home, ['retag', ...words]);
    await runHaltonMeter(meter, home, ['recompute-costs', '--include-null', '--db', databasePath(home)]);
    const report = await readReport(meter, home, ['--since', '30d']);
    assert.ok(report.by_project.every((row) => row.project !== from));
    const { projects } = await waitForAnswer(
      () => readProjects('last=30d'),
      ({ totals, projects }) =>
        totals.unpriced_calls === report.summary.cost_excluded_count &&
        projects.every((project) => project.slug !== from || project.calls === 0),
    );
    assertSameFigures(
      new Map(projects.filter(({ calls }) => calls > 0).map((project) => [project.slug, figuresOf(project)])),
      byName(report.by_project, (row) => row.project),
    );
  });

  it('leaves the database of a stopped daemon as it was, byte for byte', async () => {
    await server.stop();
    await daemon.stop();
    const hash = async (): Promise<string> =>
      createHash('sha256')
        .update(await readFile(databasePath(home)))
        .digest('hex');
    const hashBefore = await hash();
    server = await startBuilt([], home);
    const calls = await listCalls(server.url, 'sort=cost', 1000);
    await readProjects('last=30d');
    await ask(`${server.url}/api/pricing?history=true`);
    await ask(`${server.url}/api/status`);
    await server.stop();
    assert.equal(calls.length, plan.calls.length + BATCHES * CALLS_IN_BATCH);
    assert.equal(await hash(), hashBefore);
  });
}

const meter = await findHaltonMeter();
if ('missing' in meter) {
  console.log(`interop: skipped, ${meter.missing}`);
  it('agrees with the published daemon', { skip: meter.missing });
} else {
  describe(`our server beside halton-meter ${meter.version}`, () => beside(meter));
}
