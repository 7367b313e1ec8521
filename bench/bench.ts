import { mkdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'libsql';
import type { WireProjectsAnswer } from '../src/api/project.js';
import { generateDemo } from '../src/server/sources/demo/generate.js';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../test/built-server.js';
import { ensureBuilt } from '../test/interop/ensure-built.js';
import { findHaltonMeter, type HaltonMeter } from '../test/interop/find-halton-meter.js';
import { databasePath, runHaltonMeter } from '../test/interop/halton-cli.js';
import { startHaltonDaemon, type HaltonDaemon } from '../test/interop/halton-daemon.js';
import { answerPage, readBytes, recordPageRequests, type PageRequests } from './page-requests.js';
import { readMemory } from './peak-memory.js';
import { printGoal, printHeading, printPair, printTimes } from './print.js';
import { compare, measure } from './rounds.js';

// Ratios of one interleaved run, our server beside the published daemon on one database. Times of two runs, or of two
// machines, say nothing beside each other.

const USUAL_CALLS = 20_000;
const SEED = 1;
const PAGE_ROUNDS = 9;
const LIST_ROUNDS = 41;
const PAGE_GOAL = 0.1;
const MEMORY_GOAL_MB = 100;

/** @throws Error for words that can't be meant; the message is for the user. */
function readCalls(): number {
  const { values } = parseArgs({ options: { calls: { type: 'string', default: String(USUAL_CALLS) } } });
  if (!/^[1-9]\d{0,6}$/.test(values.calls)) {
    throw new Error(`The option --calls takes a number from 1 to 9999999, not ${JSON.stringify(values.calls)}.`);
  }
  return Number(values.calls);
}

async function makeDatabase(path: string, calls: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const db = new Database(path);
  generateDemo(db, { seed: SEED, now: new Date(), calls });
  db.close();
}

interface Benched {
  readonly home: string;
  readonly server: BuiltServer;
  /** How many there are. */
  readonly calls: number;
  readonly page: PageRequests;
  /** The project with most calls that the daemon can be asked for at all. */
  readonly slug: string;
}

interface Reference {
  readonly meter: HaltonMeter;
  readonly daemon: HaltonDaemon;
}

/** Starts the published daemon on the same file: before our server, because it adds the tables that it alone needs. */
async function startReference(home: string): Promise<Reference | null> {
  const meter = await findHaltonMeter();
  if (!('missing' in meter)) return { meter, daemon: await startHaltonDaemon(meter, home) };
  console.log(`There is no reference to compare with: ${meter.missing}.`);
  return null;
}

async function benchBeside({ meter, daemon }: Reference, benched: Benched): Promise<void> {
  const { home, server, page, slug } = benched;
  const askPage = (): Promise<number> => answerPage(server.url, page);
  const askReport = (): Promise<string> => runHaltonMeter(meter, home, ['report', '--json']);
  printPair(
    describePage(page),
    'halton-meter report --json',
    await compare(askPage, askReport, PAGE_ROUNDS),
    PAGE_GOAL,
  );

  const published = `/v1/projects/${encodeURIComponent(slug)}/requests?limit=200`;
  const askPublished = (): Promise<number> => readBytes(daemon.url + published);
  for (const path of ['/api/calls?limit=200', `/api/calls?limit=200&project=${encodeURIComponent(slug)}`]) {
    const askOurs = (): Promise<number> => readBytes(server.url + path);
    printPair(path, published, await compare(askOurs, askPublished, LIST_ROUNDS), null);
  }
}

async function benchAlone({ server, page }: Benched): Promise<void> {
  printTimes(describePage(page), await measure(() => answerPage(server.url, page), PAGE_ROUNDS));
  const path = '/api/calls?limit=200';
  printTimes(path, await measure(() => readBytes(server.url + path), LIST_ROUNDS));
}

function describePage({ files, data }: PageRequests): string {
  return `the index page, all ${files.length + data.length} requests`;
}

async function openBenched(home: string, server: BuiltServer): Promise<Benched> {
  const { projects, totals } = (await (await fetch(`${server.url}/api/projects`)).json()) as WireProjectsAnswer;
  const askable = projects.filter((project) => !project.slug.includes('/')).sort((a, b) => b.calls - a.calls);
  return { home, server, calls: totals.calls, page: await recordPageRequests(server.url), slug: askable[0]!.slug };
}

async function run(home: string, calls: number): Promise<void> {
  await makeDatabase(databasePath(home), calls);
  const reference = await startReference(home);
  try {
    const server = await startBuilt([], home);
    try {
      const benched = await openBenched(home, server);
      console.log(
        `${benched.calls} calls. Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores.\n`,
      );
      printHeading();
      if (reference === null) await benchAlone(benched);
      else await benchBeside(reference, benched);
      await printMemory(server);
    } finally {
      await server.stop();
    }
  } finally {
    await reference?.daemon.stop();
  }
}

async function printMemory(server: BuiltServer): Promise<void> {
  const memory = await readMemory(server.process.pid!);
  if (memory === null) return console.log('our memory: this system does not tell');
  const shared = memory.sharedMegabytes === null ? '' : `, ${memory.sharedMegabytes.toFixed(0)} of it program code`;
  console.log(`our memory, ${memory.isPeak ? 'at its peak' : 'now'}: ${memory.megabytes.toFixed(0)} MB${shared}`);
  printGoal(`at most ${MEMORY_GOAL_MB} MB`, memory.megabytes <= MEMORY_GOAL_MB);
}

async function main(): Promise<void> {
  const calls = readCalls();
  await ensureBuilt();
  const home = await makeFolder();
  try {
    await run(home, calls);
  } finally {
    await removeFolder(home);
  }
}

main().catch((error: Error) => {
  const isUsage =
    (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') || /^The option /.test(error.message);
  console.error(isUsage ? `bench: ${error.message}` : error);
  process.exitCode = isUsage ? 2 : 1;
});
