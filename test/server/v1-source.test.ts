import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { WireCall } from '../../src/api/call.js';
import type { WirePricingAnswer } from '../../src/api/pricing.js';
import type { WireProjectsAnswer } from '../../src/api/project.js';
import { parseQuery } from '../../src/api/parse-query.js';
import { callsQuery } from '../../src/api/query.js';
import { SourceError } from '../../src/server/source.js';
import { readCalls } from '../../src/server/sources/v1/read-calls.js';
import type { V1Page } from '../../src/server/sources/v1/shapes.js';
import { openV1Source, type V1Source } from '../../src/server/sources/v1/v1-source.js';
import { temporaryFolder } from './database-rows.js';
import { FakeV1, type FakeCall, type Override } from './fake-v1.js';

const SECOND = 1_000_000;
const START = Date.parse('2026-11-24T08:00:00Z') * 1000;

interface Followed {
  readonly fake: FakeV1;
  readonly v1: V1Source;
  readonly directory: string;
  /** Lets so much time pass, on the clock that pauses are measured with. */
  pass(ms: number): void;
  /** Lets enough time pass for the daemon to be asked, and waits for what comes of it. */
  follow(): Promise<void>;
}

/** Questions wait for the copy however long that takes, unless `waitMs` says otherwise. */
async function followFake(test: TestContext, fill: (fake: FakeV1) => void, waitMs = 600_000): Promise<Followed> {
  const fake = new FakeV1();
  fill(fake);
  await fake.start();
  const directory = temporaryFolder(test);
  let clockMs = 0;
  const v1 = await openV1Source({ url: fake.url, directory, waitMs, clock: () => clockMs });
  test.after(async () => {
    await v1.close();
    await fake.stop();
  });
  const pass = (ms: number): void => {
    clockMs += ms;
  };
  const follow = async (): Promise<void> => {
    pass(60_000);
    await v1.source.version();
  };
  return { fake, v1, directory, pass, follow };
}

async function readJson<T>(bytes: Promise<Uint8Array>): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await bytes)) as T;
}

const readProjects = ({ source }: V1Source): Promise<WireProjectsAnswer> => readJson(source.json('projects', {}));

async function listAll({ source }: V1Source, limit = 1000): Promise<WireCall[]> {
  const all: WireCall[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const words = new URLSearchParams({ limit: String(limit), ...(cursor && { cursor }) });
    const page = await source.calls(parseQuery(callsQuery, words));
    all.push(...page.calls);
    cursor = page.next_cursor;
  }
  return all;
}

/** Calls of a project, `each` of them at every one of `instants`. */
function plan(project: string, instants: number, each: number, more: Partial<FakeCall> = {}): FakeCall[] {
  return Array.from({ length: instants * each }, (_, at) => ({
    id: `${project} ${String(at).padStart(4, '0')}`,
    project,
    micros: START + Math.floor(at / each) * SECOND,
    cost: 100 + at,
    ...more,
  }));
}

function assertFault(fault: string, ...words: readonly RegExp[]): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof SourceError, String(error));
    assert.equal(error.fault, fault);
    for (const word of words) assert.match(error.message, word);
    return true;
  };
}

const notesOf = async ({ source }: V1Source): Promise<string> => (await source.status()).notes!.join('\n');

describe('the calls of a daemon that is there over HTTP alone', () => {
  it('are listed across projects, newest first, none lost and none doubled where pages end among calls of one instant', async (test) => {
    const { fake, v1 } = await followFake(test, (fake) => {
      fake.pageCalls = 5;
      fake.add(...plan('acme-site', 30, 3), ...plan('docker:web', 30, 4), ...plan('lone', 1, 1));
    });
    const calls = await listAll(v1);
    assert.deepEqual(calls.map(({ id }) => id).sort(), fake.calls.map(({ id }) => id).sort());
    const times = calls.map((call) => call.requested_at);
    assert.deepEqual(times, [...times].sort().reverse());
  });

  it('come with every figure the daemon tells, and null for what it does not', async (test) => {
    const { v1 } = await followFake(test, (fake) =>
      fake.add(
        {
          id: 'a',
          project: 'x',
          provider: 'openai',
          model: 'org/GPT-é',
          micros: START + 7,
          cost: null,
          isComplete: false,
        },
        { id: 'b', project: 'x', micros: START, status: 'blocked_by_policy', input: 12_345 },
      ),
    );
    const [a, b] = await listAll(v1);
    assert.deepEqual(
      [a!.provider, a!.model, a!.cost_millicents, a!.complete, a!.requested_at, a!.latency_ms],
      ['openai', 'org/GPT-é', null, false, '2026-11-24T08:00:00.000007Z', 1200.5],
    );
    assert.deepEqual(
      [b!.status, b!.input_tokens, b!.requested_at],
      ['blocked_by_policy', 12_345, '2026-11-24T08:00:00.000000Z'],
    );
    assert.deepEqual(
      [a!.kind, a!.attribution, a!.error_class, a!.prompt_hash, a!.recorded_at],
      [null, null, null, null, null],
    );
    assert.deepEqual([a!.billing, a!.rates_source], ['unknown', 'unknown']);
  });

  it('add up to what the daemon itself counts', async (test) => {
    const { fake, v1 } = await followFake(test, (fake) =>
      fake.add(...plan('a', 40, 2), ...plan('b', 7, 1, { cost: null })),
    );
    const { projects, totals } = await readProjects(v1);
    const cost = fake.calls.reduce((sum, call) => sum + (call.cost ?? 0), 0);
    assert.deepEqual([totals.calls, totals.cost_millicents, totals.unpriced_calls], [87, cost, 7]);
    assert.deepEqual(
      projects.map(({ slug, calls }) => [slug, calls]),
      [
        ['a', 80],
        ['b', 7],
      ],
    );
    assert.doesNotMatch(await notesOf(v1), /missing|counts/);
  });

  it('are found under slugs of any kind', async (test) => {
    const slugs = ['..', '.', '%2F', 'a?b=1&c#d', 'späße "q"', '🧮', ' ', 'a\\b', 'mac:ai.perplexity.mac'];
    const { v1 } = await followFake(test, (fake) => slugs.forEach((slug) => fake.add(...plan(slug, 2, 1))));
    assert.deepEqual(
      (await readProjects(v1)).projects.map(({ slug, calls }) => [slug, calls]).sort(),
      slugs.map((slug) => [slug, 2]).sort(),
    );
  });

  it('that share an instant with more than a page holds are found by their providers', async (test) => {
    const { fake, v1 } = await followFake(test, (fake) => {
      fake.pageCalls = 4;
      for (const provider of ['openai', 'xai', 'gemini']) {
        fake.add(...plan('tied', 1, 4, { provider }).map((call) => ({ ...call, id: `${provider} ${call.id}` })));
      }
      fake.add(...plan('tied', 2, 3).map((call) => ({ ...call, micros: call.micros - 5 * SECOND })));
    });
    assert.deepEqual((await listAll(v1)).map(({ id }) => id).sort(), fake.calls.map(({ id }) => id).sort());
  });

  it('that the daemon can not show, because too many share an instant, are told in words', async (test) => {
    const { v1, fake } = await followFake(test, (fake) => {
      fake.pageCalls = 4;
      fake.add(...plan('tied', 1, 9, { cost: 100_000 }), { id: 'older', project: 'tied', micros: START - 1 });
    });
    assert.deepEqual((await readProjects(v1)).totals.calls, 5);
    assert.match(await notesOf(v1), /Of tied 5 calls, at least \$5\.00 are missing here: they share one instant/);
    const asked = fake.asked.length;
    await v1.askDaemon();
    assert.equal(fake.asked.length, asked);
  });

  it('under a slug with a slash are told in words, and left out of every sum', async (test) => {
    const { v1 } = await followFake(test, (fake) =>
      fake.add(...plan('team/bill', 3, 1, { cost: 50_000 }), ...plan('/', 1, 1, { cost: 3 }), ...plan('fine', 2, 1)),
    );
    const { projects, totals } = await readProjects(v1);
    assert.deepEqual(
      projects.map(({ slug }) => slug),
      ['fine'],
    );
    assert.equal(totals.calls, 2);
    assert.match(
      await notesOf(v1),
      /2 projects can not be read over HTTP.*: \/ \(1 call, at least \$0\.00003\) and team\/bill \(3 calls, at least \$1\.50\)/,
    );
  });

  it('that the daemon answers with an error are told in words, while others are shown, and asked for again', async (test) => {
    const { v1, fake, pass } = await followFake(test, (fake) => {
      fake.add(...plan('a', 5, 1), ...plan('broken', 3, 1));
      fake.override = (path) =>
        path.includes('/broken/') ? (_, response) => void response.writeHead(500).end('Internal Server Error') : null;
    });
    assert.equal((await readProjects(v1)).totals.calls, 5);
    assert.match(
      await notesOf(v1),
      /Of broken 3 calls, at least \$0\.00303 are missing here: the daemon answers with an error/,
    );
    fake.override = () => null;
    while ((await notesOf(v1)) !== '') pass(10_000);
    assert.equal((await readProjects(v1)).totals.calls, 8);
  });

  it('are told to differ where the daemon counts more than it gives', async (test) => {
    const { v1 } = await followFake(test, (fake) => {
      fake.add(...plan('a', 5, 1));
      fake.phantoms.set('a', 2);
    });
    assert.equal((await readProjects(v1)).totals.calls, 5);
    assert.match(
      await notesOf(v1),
      /Of a 2 calls, at least \$0\.00 are missing here: the daemon counts them and did not give them\./,
    );
  });

  it('are told to differ where all of them are more than those of its projects', async (test) => {
    const { v1 } = await followFake(test, (fake) => {
      fake.add(...plan('a', 5, 1));
      fake.override = (path) =>
        path === '/v1/stats'
          ? answerWith({ summary: { total_requests: 9, total_cost_usd_minor_units: 100_510 } })
          : null;
    });
    await readProjects(v1);
    assert.match(await notesOf(v1), /the daemon counts 4 calls, at least \$1\.00 more than its projects have together/);
  });

  it('are each given once, or counted as hidden, whatever shares an instant and wherever pages end', async () => {
    const anyCall = fc.record({ at: fc.nat(6), provider: fc.constantFrom('openai', 'xai', 'gemini') });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyCall, { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        async (calls, pageCalls) => {
          const fake = new FakeV1();
          fake.pageCalls = pageCalls;
          fake.add(
            ...calls.map(({ at, provider }, n) => ({ id: String(n), project: 'p', provider, micros: START + at })),
          );
          const found: string[] = [];
          let hidden = 0;
          const ask = (what: string, query: object): unknown =>
            fake.read(
              `/v1/projects/p/${what}?${new URLSearchParams(JSON.parse(JSON.stringify(query)) as Record<string, string>)}`,
            )[1];
          const asked = {
            calls: (query: object) => Promise.resolve(ask('requests', { limit: 200, ...query }) as V1Page),
            providers: (query: object) => {
              const { by_provider } = ask('stats', query) as { by_provider: { provider: string }[] };
              return Promise.resolve(by_provider.map(({ provider }) => provider));
            },
          };
          for await (const page of readCalls(asked)) {
            found.push(...page.calls.map(({ id }) => id));
            hidden += page.hidden;
          }
          assert.equal(new Set(found).size, found.length);
          assert.equal(found.length + hidden, calls.length);
          const sizes = new Map<string, number>();
          for (const { at, provider } of calls)
            sizes.set(`${at} ${provider}`, (sizes.get(`${at} ${provider}`) ?? 0) + 1);
          if (Math.max(0, ...sizes.values()) <= pageCalls) assert.equal(hidden, 0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a daemon that is copied over HTTP', () => {
  it('is shown only when all of it is copied, and says until then how far that is', async (test) => {
    let release = (): void => undefined;
    let hold = (): void => undefined;
    const held = new Promise<void>((resolve) => (hold = resolve));
    const { v1, fake } = await followFake(
      test,
      (fake) => {
        fake.pageCalls = 10;
        fake.add(...plan('a', 30, 1));
        fake.override = (path) => {
          if (!path.includes('until')) return null;
          return (request, response) => {
            release = () => answerWith(fake.read(path)[1])(request, response);
            hold();
          };
        };
      },
      10,
    );
    void v1.askDaemon();
    await held;
    const status = await v1.source.status();
    assert.equal(status.database, null);
    assert.deepEqual(status.index, { loaded: 10, of: 30 });
    await assert.rejects(
      v1.source.changes(),
      assertFault('copying', /still being copied over HTTP: 10 of 30 so far\./),
    );
    await assert.rejects(readProjects(v1), assertFault('copying'));
    fake.override = () => null;
    release();
    let whole: WireProjectsAnswer | null = null;
    while (whole === null) {
      whole = await readProjects(v1).catch((error: unknown) => assertFault('copying')(error) && null);
    }
    assert.equal(whole.totals.calls, 30);
  });

  it('that dies between two pages is shown whole when it is back, and not before', async (test) => {
    const { v1, fake, pass } = await followFake(test, (fake) => {
      fake.pageCalls = 10;
      fake.add(...plan('a', 30, 1), ...plan('b', 8, 1));
    });
    fake.onAsk = (_, asked) => {
      if (asked === 6) void fake.stop();
    };
    await assert.rejects(
      readProjects(v1),
      assertFault('silent', /does not answer: GET \/v1\/projects\/\{slug\}\/requests was not answered/),
    );
    assert.equal((await v1.askDaemon()).reachable, false);
    await fake.start();
    pass(2_000);
    assert.deepEqual((await listAll(v1)).map(({ id }) => id).sort(), fake.calls.map(({ id }) => id).sort());
    assert.equal((await v1.askDaemon()).reachable, true);
  });

  it('that dies while new calls are read leaves what was known, says since when, and goes on when it is back', async (test) => {
    const { v1, fake, follow, pass } = await followFake(test, (fake) => {
      fake.pageCalls = 10;
      fake.add(...plan('a', 12, 1), ...plan('b', 12, 1));
    });
    assert.equal((await readProjects(v1)).totals.calls, 24);
    const later = { micros: START + 3_600 * SECOND };
    fake.add({ id: 'new a', project: 'a', ...later }, { id: 'new b', project: 'b', ...later });
    fake.onAsk = (path) => {
      if (path.startsWith('/v1/projects/a/')) void fake.stop();
    };
    await follow();
    assert.equal((await readProjects(v1)).totals.calls, 24);
    const { reachable, unreachable_since: since, version } = await v1.askDaemon();
    assert.deepEqual([reachable, version], [false, null]);
    assert.match(since!, /^\d{4}-.*Z$/);
    assert.match(await notesOf(v1), /was not answered.*since .*What was copied before is shown\./);
    fake.onAsk = () => undefined;
    fake.version = '0.7.0';
    await fake.start();
    pass(2_000);
    await follow();
    assert.equal((await readProjects(v1)).totals.calls, 26);
    assert.deepEqual([(await v1.askDaemon()).version, (await v1.askDaemon()).reachable], ['0.7.0', true]);
    assert.doesNotMatch(await notesOf(v1), /not answered/);
  });

  it('is not there yet: the status says so, and its calls are shown when it starts', async (test) => {
    const { v1, fake, pass } = await followFake(test, (fake) => fake.add(...plan('a', 3, 1)));
    await fake.stop();
    assert.deepEqual(await v1.askDaemon(), {
      url: fake.url,
      reachable: false,
      unreachable_since: null,
      version: null,
      active_requests: null,
    });
    await assert.rejects(listAll(v1), assertFault('silent', /ECONNREFUSED/));
    assert.match(await notesOf(v1), /GET \/health was not answered \(ECONNREFUSED\)/);
    await fake.start();
    pass(2_000);
    assert.equal((await listAll(v1)).length, 3);
  });

  it('costs one question in ten seconds while nothing happens, and none while nobody asks', async (test) => {
    const { v1, fake, pass, follow } = await followFake(test, (fake) => fake.add(...plan('a', 3, 1)));
    await follow();
    fake.asked.length = 0;
    for (let second = 0; second < 3600; second++) {
      pass(1000);
      await Promise.all([v1.askDaemon(), v1.source.changes()]);
      // What is under way has ended before the next second.
      if (second % 10 === 9) await v1.source.status();
    }
    assert.ok(fake.asked.length <= 361, `${fake.asked.length} questions in an hour`);
    assert.deepEqual([...new Set(fake.asked)].sort(), ['GET /v1/pricing-rates', 'GET /v1/projects']);
    fake.asked.length = 0;
    pass(3_600_000);
    assert.deepEqual(fake.asked, []);
  });

  it('is read again only as far as new calls reach', async (test) => {
    const { v1, fake, follow } = await followFake(test, (fake) => {
      fake.pageCalls = 10;
      fake.add(...plan('a', 50, 1), ...plan('b', 50, 1));
    });
    assert.equal((await readProjects(v1)).totals.calls, 100);
    fake.asked.length = 0;
    fake.add({ id: 'new', project: 'a', micros: START + 3_600 * SECOND });
    await follow();
    assert.equal((await listAll(v1))[0]!.id, 'new');
    assert.deepEqual(fake.asked, ['GET /v1/projects', 'GET /v1/projects/a/requests?limit=200', 'GET /v1/projects']);
  });

  it('that recorded a call late, below others, is read as far down as that', async (test) => {
    const { v1, fake, follow } = await followFake(test, (fake) => {
      fake.pageCalls = 10;
      fake.add(...plan('a', 50, 1));
    });
    await listAll(v1);
    fake.add({ id: 'late', project: 'a', micros: START + 20 * SECOND + 1 });
    await follow();
    assert.equal((await listAll(v1)).length, 51);
  });

  it('shows calls that were moved to another project, or given another cost, or whose project was archived', async (test) => {
    const { v1, fake, follow } = await followFake(test, (fake) => {
      fake.pageCalls = 10;
      fake.add(...plan('a', 30, 1), ...plan('b', 30, 1));
    });
    await listAll(v1);
    fake.change(({ id }) => id === 'a 0003', { project: 'c' });
    fake.change(({ id }) => id === 'b 0004', { cost: 1_000_000 });
    fake.projects.get('a')!.archivedAt = '2026-11-25T00:00:00Z';
    await follow();
    const calls = await listAll(v1);
    assert.equal(calls.find(({ id }) => id === 'a 0003')!.project, 'c');
    assert.equal(calls.find(({ id }) => id === 'b 0004')!.cost_millicents, 1_000_000);
    const { projects } = await readProjects(v1);
    assert.deepEqual(projects.map(({ slug, calls, archived_at }) => [slug, calls, archived_at]).sort(), [
      ['a', 29, '2026-11-25T00:00:00.000000Z'],
      ['b', 30, null],
      ['c', 1, null],
    ]);
  });

  it('shows no more what was moved to where it can not be read', async (test) => {
    const { v1, fake, follow } = await followFake(test, (fake) => fake.add(...plan('a', 30, 1)));
    await listAll(v1);
    fake.change(({ id }) => id < 'a 0010', { project: 'team/x' });
    await follow();
    assert.equal((await listAll(v1)).length, 20);
    assert.match(await notesOf(v1), /team\/x \(10 calls/);
  });

  it('that has another database since is copied anew', async (test) => {
    const { v1, fake, follow } = await followFake(test, (fake) => fake.add(...plan('a', 30, 1)));
    await listAll(v1);
    fake.clear();
    fake.addProject('a', 'another id');
    fake.add(...plan('a', 4, 1).map((call) => ({ ...call, id: `new ${call.id}` })), ...plan('z', 2, 1));
    await follow();
    assert.deepEqual((await listAll(v1)).map(({ id }) => id).sort(), fake.calls.map(({ id }) => id).sort());
  });

  it('loses calls that it no longer has', async (test) => {
    const { v1, fake, follow } = await followFake(test, (fake) => fake.add(...plan('a', 30, 1), ...plan('b', 3, 1)));
    await listAll(v1);
    fake.calls.splice(5, 7);
    await follow();
    assert.deepEqual((await listAll(v1)).map(({ id }) => id).sort(), fake.calls.map(({ id }) => id).sort());
  });

  it('is shown in full where calls come while it is read', async (test) => {
    const { v1, fake, follow } = await followFake(test, (fake) => {
      fake.pageCalls = 10;
      fake.add(...plan('a', 40, 2));
    });
    fake.onAsk = (path, asked) => {
      if (path.includes('requests'))
        fake.add({ id: `new ${asked}`, project: 'a', micros: START + 9_000 * SECOND + asked });
    };
    await listAll(v1);
    assert.doesNotMatch(await notesOf(v1), /missing/);
    fake.onAsk = () => undefined;
    await follow();
    assert.deepEqual((await listAll(v1)).map(({ id }) => id).sort(), fake.calls.map(({ id }) => id).sort());
  });

  it('is asked with GET alone', async (test) => {
    const { v1, fake } = await followFake(test, (fake) => fake.add(...plan('a', 3, 1)));
    await listAll(v1);
    assert.ok(fake.asked.length > 3);
    assert.deepEqual(
      fake.asked.filter((asked) => !asked.startsWith('GET /')),
      [],
    );
  });
});

describe('what a daemon does not tell over HTTP', () => {
  it('is unavailable in words, with the way to it, and in no feature', async (test) => {
    const { v1 } = await followFake(test, (fake) => fake.add(...plan('a', 3, 1)));
    const { bodies } = await v1.source.bodies(['a 0001']);
    assert.equal(bodies[0]!.state, 'unavailable');
    assert.match(bodies[0]!.reason!, /does not serve bodies over HTTP.*--db FILE/);
    assert.equal((await v1.source.bodyText('a 0001', 'request')).found, 'nothing');
    assert.equal(await v1.source.searchBodies({ text: 'x' }), null);
    assert.equal(await v1.source.json('bodySummary', {}), null);
    assert.equal((await readProjects(v1)).projects[0]!.capture, null);
    const { capture, cloud, features } = await v1.source.status();
    assert.deepEqual([capture, cloud], [null, null]);
    assert.deepEqual(
      features.filter((feature) => feature.startsWith('bod')),
      [],
    );
    assert.equal(await notesOf(v1), '');
  });

  it('is where a rate came from; the rates themselves are exact', async (test) => {
    const { v1 } = await followFake(test, (fake) => {
      fake.add(...plan('a', 3, 1));
      const rates = {
        input_rate: 0.8,
        output_rate: 4,
        thinking_rate: 4,
        cache_read_rate: 0.08,
        cache_write_rate: 1.005,
      };
      const period = { effective_from: '1970-01-01T00:00:00', effective_to: null, last_verified_at: null };
      fake.rates = [
        { id: 'r', provider: 'google', model: 'm', mode: 'standard', is_current: true, ...period, ...rates },
      ];
    });
    const { rates, bundled_date } = await readJson<WirePricingAnswer>(v1.source.json('pricing', {}));
    assert.equal(bundled_date, null);
    const [{ provider, source, input, output, cache_read, cache_write } = assert.fail()] = rates;
    assert.deepEqual(
      [provider, source, input, output, cache_read, cache_write],
      ['gemini', 'unknown', 80_000, 400_000, 8_000, 100_500],
    );
  });

  it('is kept in no file that others can read, and in none after the end', async (test) => {
    const { v1, directory } = await followFake(test, (fake) => fake.add(...plan('a', 3, 1)));
    await listAll(v1);
    const [folder = assert.fail()] = readdirSync(directory);
    assert.match(folder, /^hm-elements-copy-/);
    assert.equal(statSync(join(directory, folder)).mode & 0o777, 0o700);
    assert.equal(statSync(join(directory, folder, 'db.sqlite')).mode & 0o777, 0o600);
    await v1.close();
    assert.deepEqual(readdirSync(directory), []);
    await assert.rejects(v1.source.calls({}), SourceError);
  });
});

describe('an answer that is none', () => {
  const PAGE = '/v1/projects/a/requests';
  const json = { 'content-type': 'application/json' };
  const write =
    (status: number, headers: Record<string, string>, body: string): Override =>
    (_, response) =>
      void response.writeHead(status, headers).end(body);
  const ITEM = {
    id: 'a 0001',
    provider: 'p',
    model: 'm',
    mode: 'standard',
    input_tokens: 1,
    output_tokens: 1,
    thinking_tokens: 0,
    cache_read_tokens: 0,
    cache_write_tokens: 0,
    cost_usd_minor_units: 1,
    latency_ms: 1,
    tokens_complete: true,
    requested_at: '2026-11-24T08:00:00Z',
    status: 'success',
  };
  const page = (...items: object[]): Override =>
    write(200, json, JSON.stringify({ items, next_cursor: 'x', total: 3 }));

  const cases: ReadonlyArray<readonly [what: string, path: string, answer: Override, words: RegExp]> = [
    ['is an error', '/v1/projects', write(500, json, '{}'), /GET \/v1\/projects answered with the status 500/],
    ['leads elsewhere', '/v1/projects', write(302, { location: 'http://example.com/' }, ''), /the status 302/],
    [
      'is a page',
      '/v1/projects',
      write(200, { 'content-type': 'text/html' }, '<html>'),
      /type "text\/html" instead of JSON/,
    ],
    ['is of no type', '/v1/projects', write(200, {}, '[]'), /type "" instead of JSON/],
    [
      'is packed',
      '/v1/projects',
      write(200, { ...json, 'content-encoding': 'gzip' }, 'x'),
      /an encoding that was not asked for/,
    ],
    ['is cut JSON', '/v1/projects', write(200, json, '[{"id":'), /did not answer with valid JSON/],
    [
      'is of another shape',
      '/v1/projects',
      write(200, json, '{"projects": []}'),
      /answered something of another shape/,
    ],
    [
      'has a count below 0',
      PAGE,
      page({ ...ITEM, input_tokens: -1 }),
      /GET \/v1\/projects\/\{slug\}\/requests .*another shape \(at items\.0\.input_tokens\)/,
    ],
    [
      'has a cost that is no whole number',
      PAGE,
      page({ ...ITEM, cost_usd_minor_units: 0.5 }),
      /items\.0\.cost_usd_minor_units/,
    ],
    ['has a time that is none', PAGE, page({ ...ITEM, requested_at: 'yesterday' }), /items\.0\.requested_at/],
    [
      'is in no order',
      PAGE,
      page(ITEM, { ...ITEM, id: 'b', requested_at: '2026-11-25T08:00:00Z' }),
      /newest calls first/,
    ],
    ['never goes on', PAGE, page(ITEM), /newest calls first/],
    [
      'breaks off',
      '/v1/projects',
      (_, response) =>
        void response.writeHead(200, { ...json, 'content-length': '99' }).write('[', () => response.destroy()),
      /GET \/v1\/projects was not answered/,
    ],
    [
      'is of another program',
      '/health',
      write(200, json, '{"ok": true}'),
      /GET \/health answered something of another shape/,
    ],
  ];
  for (const [what, path, answer, words] of cases) {
    it(`because it ${what}, is refused, and named by its route`, async (test) => {
      const { v1 } = await followFake(test, (fake) => {
        fake.add(...plan('a', 3, 1));
        fake.override = (asked) => (asked.split('?')[0] === path ? answer : null);
      });
      await assert.rejects(listAll(v1), assertFault(what === 'breaks off' ? 'silent' : 'unusable', words));
      assert.match(await notesOf(v1), words);
    });
  }

  it('is forgotten as soon as a right one comes', async (test) => {
    const { v1, fake, pass } = await followFake(test, (fake) => {
      fake.add(...plan('a', 3, 1));
      fake.override = (path) => (path === '/v1/projects' ? write(500, json, '{}') : null);
    });
    await assert.rejects(listAll(v1), assertFault('unusable'));
    fake.override = () => null;
    pass(10_000);
    assert.equal((await listAll(v1)).length, 3);
    assert.doesNotMatch(await notesOf(v1), /status 500/);
  });

  it('because it goes on for ever, is refused before it fills the memory', async (test) => {
    const { v1 } = await followFake(test, (fake) => {
      fake.override = (path) => (path === '/v1/projects' ? (_, response) => pour(response.writeHead(200, json)) : null);
    });
    await assert.rejects(listAll(v1), assertFault('unusable', /GET \/v1\/projects answered more than 16777216 bytes/));
  });
});

function pour(response: ServerResponse): void {
  const more = (): void => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

function answerWith(value: unknown): Override {
  return (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
