import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Database from 'libsql';
import type { WireCall } from '../../src/api/call.js';
import { parseQuery } from '../../src/api/parse-query.js';
import type { WirePricingAnswer } from '../../src/api/pricing.js';
import type { WireProjectsAnswer } from '../../src/api/project.js';
import { callsQuery } from '../../src/api/query.js';
import { SourceError } from '../../src/server/source.js';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import { openV1Source, type V1Source } from '../../src/server/sources/v1/v1-source.js';
import { makeFolder, removeFolder } from '../built-server.js';
import { ARCHIVED, planCall, planCalls, seededRandom, SLASHED, type PlannedCall } from './call-plan.js';
import { findHaltonMeter, type HaltonMeter } from './find-halton-meter.js';
import { databasePath, runPython } from './halton-cli.js';
import { startHaltonDaemon, type HaltonDaemon } from './halton-daemon.js';

const TIED_INSTANTS = 40;
const CALLS_AT_EACH = 9;
/** More of one instant than the daemon shows at once, of two providers. */
const TIED_AT_ONCE = 260;

const LATER = '00000000-0000-4000-8000-00000000000a';

/** Many calls of one project that share instants, some more of them than a page holds. */
function planTies(now: Date): PlannedCall[] {
  const random = seededRandom(7);
  const at = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}.250000+00:00`;
  const start = now.getTime() - 86_400_000;
  const times = Array.from({ length: TIED_INSTANTS * CALLS_AT_EACH }, (_, n) =>
    at(start - Math.floor(n / CALLS_AT_EACH) * 60_000),
  );
  const ties = times.map((time) => ({ ...planCall(random, time), project: 'tied' }));
  const atOnce = Array.from({ length: TIED_AT_ONCE }, (_, n) => ({
    ...planCall(random, at(start - 86_400_000)),
    project: 'tied at once',
    provider: n % 2 === 0 ? 'openai' : 'xai',
  }));
  return [...ties, ...atOnce];
}

/** What `/v1` tells of a call. */
type Told = Omit<WireCall, 'rates_source' | 'billing' | 'body'>;

function tell(call: WireCall): Partial<Told> {
  const { id, project, provider, model, mode, status, requested_at, latency_ms, complete, cost_millicents } = call;
  const { input_tokens, output_tokens, thinking_tokens, cache_read_tokens, cache_write_tokens } = call;
  return {
    ...{ id, project, provider, model, mode, status, requested_at, latency_ms, complete, cost_millicents },
    ...{ input_tokens, output_tokens, thinking_tokens, cache_read_tokens, cache_write_tokens },
  };
}

type Asked = Pick<V1Source['source'], 'calls' | 'json' | 'close'>;

async function listAll(source: Asked): Promise<WireCall[]> {
  const all: WireCall[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const words = new URLSearchParams({ limit: '500', ...(cursor && { cursor }) });
    const page = await source.calls(parseQuery(callsQuery, words));
    all.push(...page.calls);
    cursor = page.next_cursor;
  }
  return all;
}

async function readJson<T>(bytes: Promise<Uint8Array | null>): Promise<T> {
  return JSON.parse(new TextDecoder().decode((await bytes)!)) as T;
}

async function askDaemon<T>({ url }: HaltonDaemon, path: string): Promise<T> {
  return (await (await fetch(url + path)).json()) as T;
}

function beside(meter: HaltonMeter): void {
  const now = new Date();
  const plan = planCalls(now);
  const planned = [...plan.calls, ...planTies(now)];
  let home: string;
  let folder: string;
  let daemon: HaltonDaemon;
  let v1: V1Source;
  let database: Asked;
  let clockMs = 0;

  const open = (): Promise<V1Source> =>
    openV1Source({ url: daemon.url, directory: folder, waitMs: 60_000, clock: () => clockMs });
  /** Time passes until the daemon may be asked again. */
  const follow = async (): Promise<void> => {
    clockMs += 600_000;
    await v1.source.version();
  };

  /** What can be asked for, as our reader of the database has it. */
  const listReadable = async (): Promise<unknown[]> =>
    (await listAll(database)).filter(({ project }) => project !== SLASHED).map(tell);

  before(async () => {
    [home, folder] = [await makeFolder(), await makeFolder()];
    daemon = await startHaltonDaemon(meter, home);
    const written = JSON.stringify({ calls: planned, archived: plan.archived });
    await runPython(meter, home, 'write_calls.py', [databasePath(home)], written);
    v1 = await open();
    database = await openDatabaseSource(databasePath(home));
  });

  after(async () => {
    await v1?.close();
    await database?.close();
    await daemon?.stop();
    await removeFolder(home);
    await removeFolder(folder);
  });

  it('gives every call that can be asked for, as it stands in the database, none lost and none doubled', async () => {
    const ours = (await listAll(v1.source)).map(tell);
    const theirs = await listReadable();
    assert.ok(theirs.length > 1000);
    assert.deepEqual(ours, theirs);
  });

  it('adds up to what the daemon counts itself, project by project and in all', async () => {
    const { projects, totals } = await readJson<WireProjectsAnswer>(v1.source.json('projects', {}));
    interface Stats {
      readonly slug: string;
      readonly stats: { readonly all_time_requests: number; readonly all_time_cost_usd_minor_units: number };
    }
    const told = await askDaemon<Stats[]>(daemon, '/v1/projects');
    const line = ({ slug, stats }: Stats): unknown[] => [
      slug,
      stats.all_time_requests,
      stats.all_time_cost_usd_minor_units,
    ];
    assert.deepEqual(
      projects.map(({ slug, calls, cost_millicents }) => [slug, calls, cost_millicents ?? 0]).sort(),
      told
        .filter(({ slug }) => slug !== SLASHED)
        .map(line)
        .sort(),
    );
    assert.notEqual(projects.find(({ slug }) => slug === ARCHIVED)!.archived_at, null);
    const [, calls = 0, cost = 0] = line(told.find(({ slug }) => slug === SLASHED)!) as [string, number, number];
    const { summary } = await askDaemon<{ summary: Record<string, number> }>(daemon, '/v1/stats');
    assert.deepEqual(
      [totals.calls + calls, (totals.cost_millicents ?? 0) + cost],
      [summary.total_requests, summary.total_cost_usd_minor_units],
    );
  });

  it('says which project can not be read, and nothing else is wrong', async () => {
    const { notes } = await v1.source.status();
    const calls = planned.filter(({ project }) => project === SLASHED).length;
    assert.equal(notes!.length, 1);
    assert.ok(notes![0]!.includes(`${SLASHED} (${calls} calls, at least $`), notes![0]);
  });

  it('has the rates of the daemon, to the millicent', async () => {
    const plain = ({ rates }: WirePricingAnswer): unknown[] =>
      rates.map(({ source: _source, calls: _calls, effective_from, ...rate }) => ({
        ...rate,
        from: Date.parse(effective_from),
      }));
    const ours = await readJson<WirePricingAnswer>(v1.source.json('pricing', { history: true }));
    const theirs = await readJson<WirePricingAnswer>(database.json('pricing', { history: true }));
    assert.ok(theirs.rates.length > 10);
    assert.deepEqual(plain(ours), plain(theirs));
  });

  it('finds what is recorded later, and what is moved or priced anew in the file', async () => {
    const db = new Database(databasePath(home), { timeout: 10_000 });
    const ids = db
      .prepare("SELECT id FROM requests WHERE model <> '' ORDER BY id LIMIT 3")
      .raw()
      .all()
      .flat() as string[];
    const columns = (db.prepare('PRAGMA table_info(requests)').raw().all() as string[][]).map(([, name]) => name!);
    const copied = columns.map((name) => (name === 'id' ? `'${LATER}'` : name)).join(', ');
    db.prepare(`INSERT INTO requests SELECT ${copied} FROM requests WHERE id = ?`).run(ids[0]);
    db.prepare('UPDATE requests SET cost_usd_minor_units = 987654321 WHERE id = ?').run(ids[1]);
    db.prepare("UPDATE requests SET project_id = (SELECT id FROM projects WHERE slug = 'tied') WHERE id = ?").run(
      ids[2],
    );
    db.close();
    await follow();
    const ours = (await listAll(v1.source)).map(tell);
    assert.deepEqual(ours, await listReadable());
    assert.ok(ours.some(({ id }) => id === LATER));
    assert.ok(ours.some((call) => call.cost_millicents === 987_654_321));
  });

  it('is shown whole when the daemon was killed between two pages and started anew, and not before', async () => {
    await v1.close();
    v1 = await open();
    await killBetweenPages(v1, daemon);
    await assert.rejects(listAll(v1.source), SourceError);
    assert.equal((await v1.askDaemon()).reachable, false);
    daemon = await startHaltonDaemon(meter, home, Number(new URL(daemon.url).port));
    clockMs += 600_000;
    assert.deepEqual((await listAll(v1.source)).map(tell), await listReadable());
    assert.equal((await v1.askDaemon()).reachable, true);
  });
}

/** Ends the daemon as soon as some of its calls, and not all, are copied. */
async function killBetweenPages({ source }: V1Source, daemon: HaltonDaemon): Promise<void> {
  for (;;) {
    const { index } = await source.status();
    if (index!.loaded > 0 && index!.loaded < index!.of) return daemon.stop('SIGKILL');
  }
}

const meter = await findHaltonMeter();
if ('missing' in meter) {
  console.log(`interop: skipped, ${meter.missing}`);
  it('reads the published daemon over HTTP', { skip: meter.missing });
} else {
  describe(`halton-meter ${meter.version} over HTTP alone`, () => beside(meter));
}
