import { cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { WireCallsAnswer } from '../src/api/call.js';
import type { FilterQuery } from '../src/api/query.js';
import type { WireStatus } from '../src/api/status.js';
import { DatabaseReader, type Circumstances } from '../src/server/sources/database/database-reader.js';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../test/built-server.js';
import { ensureBuilt } from '../test/interop/ensure-built.js';
import { findHaltonMeter } from '../test/interop/find-halton-meter.js';
import { databasePath, runHaltonMeter } from '../test/interop/halton-cli.js';
import { startHaltonDaemon } from '../test/interop/halton-daemon.js';
import { copyDatabase, ENDS } from './calls-database.js';
import { readBytes } from './page-requests.js';
import { readResident } from './peak-memory.js';
import { printGoal, printHeading, printPair, printTimes } from './print.js';
import { compare, measure, median } from './rounds.js';
import { watchTurns } from './worker-turns.js';

// The calls view on a year of heavy use: what the server takes to answer, and what it costs to have it. Times of the
// reader are those of the thread that answers, without HTTP; the others are those of a client.

const MILLION = 1_000_000;
const FEW = 20_000;
const ROUNDS = 15;
const DAEMON_ROUNDS = 3;
/** Its report on a million calls takes minutes. */
const REPORT_TIMEOUT_MS = 600_000;
const PAGE_LOADS = 200;
/** What a page asks for. */
const PATHS = ['/', '/api/status', '/api/projects', '/api/calls?limit=200', '/api/pricing', '/api/calls/strip?last=7d'];
/** A heap that nobody uses is made smaller after about eight seconds. */
const REST_MS = 15_000;

const QUICK_GOAL_MS = 10;
const SORT_GOAL_MS = 150;
const LOAD_GOAL_MS = 4000;
const BLOCK_GOAL_MS = 50;
const MEMORY_GOAL_MB = { [MILLION]: 200, [FEW]: 90 } as const;

const CIRCUMSTANCES: Circumstances = { nowMs: ENDS.getTime(), config: null };
const WINDOW = { since: '2026-08-26', until: '2026-11-23', tz: 'Europe/London' } as const;

function printMedian(what: string, timesMs: readonly number[], goalMs: number): void {
  printTimes(what, timesMs);
  printGoal(`a median of at most ${goalMs} ms`, median(timesMs) <= goalMs);
}

/** Loads the index step by step, as the thread does. */
function benchLoading(reader: DatabaseReader): void {
  const steps: number[] = [];
  const startMs = performance.now();
  for (let isBusy = true; isBusy;) {
    const stepMs = performance.now();
    isBusy = reader.advance(CIRCUMSTANCES.nowMs);
    steps.push(performance.now() - stepMs);
  }
  const tookMs = performance.now() - startMs;
  console.log(`loading the index: ${tookMs.toFixed(0)} ms in ${steps.length} steps`);
  printGoal(`at most ${LOAD_GOAL_MS} ms`, tookMs <= LOAD_GOAL_MS);
  printTimes('  a step of it', steps);
}

/** Every question with a filter that was not asked before, so that nothing is answered from what is kept. */
async function benchAnswers(reader: DatabaseReader, calls: number): Promise<void> {
  let asked = 0;
  const fresh = (): FilterQuery => ({ not: [{ name: 'workdir', value: `nowhere ${asked++}` }] });
  const page = (query: object) => () => reader.calls(CIRCUMSTANCES, { limit: 200, ...query });
  const questions: [string, (query: FilterQuery) => unknown][] = [
    ['sums', (query) => reader.calls(CIRCUMSTANCES, { ...query, limit: 1 }).totals],
    ['sums of 30 days', (query) => reader.calls(CIRCUMSTANCES, { ...query, last: '30d', limit: 1 }).totals],
    ['the newest page, filter new', (query) => page(query)()],
    ['a page in the middle', (query) => page({ ...query, offset: calls >> 1 })()],
    ['the last page', (query) => page({ ...query, offset: calls - 200 })()],
    ['a page of one provider', (query) => page({ ...query, provider: ['openai'] })()],
    ['a page of what failed', (query) => page({ ...query, status: ['error', 'blocked_by_policy'] })()],
    ['a page of a month', (query) => page({ ...query, last: '30d' })()],
    ['a page of repeated prompts', (query) => page({ ...query, repeated: true })()],
    ['a page of prompts repeated within 10 minutes', (query) => page({ ...query, repeated_within: '10m' })()],
    ['a page above a cost', (query) => page({ ...query, min_cost: 5000 })()],
    ['the middle of those above a cost', (query) => page({ ...query, min_cost: 5000, offset: 50_000 })()],
    ['a page of half of all, above so many tokens', (query) => page({ ...query, min_tokens: 10_000 })()],
    ['a page of half of all, soon begun', (query) => page({ ...query, max_ttft: 1000 })()],
    ['a page of models like claude-*', (query) => page({ ...query, like: [{ name: 'model', value: 'claude-*' }] })()],
    ['a page with a word in it', (query) => page({ ...query, q: 'claude' })()],
    ['facets', (query) => reader.facets(CIRCUMSTANCES, query)],
    ['90 days by provider in a zone', (query) => reader.series(CIRCUMSTANCES, { ...query, ...WINDOW, by: 'provider' })],
  ];
  for (const [what, ask] of questions) {
    printMedian(what, await measure(() => Promise.resolve(ask(fresh())), ROUNDS), QUICK_GOAL_MS);
  }
  printMedian(
    'any page again',
    await measure(() => Promise.resolve(page({ offset: calls >> 1 })()), ROUNDS),
    QUICK_GOAL_MS,
  );
  printMedian('a first sort by cost', benchSorts(reader), SORT_GOAL_MS);
  const kept = { sort: 'cost', limit: 200, offset: calls >> 1 } as const;
  printMedian('a page of a sorted list', await measure(() => Promise.resolve(page(kept)()), ROUNDS), QUICK_GOAL_MS);
  const others: [string, () => unknown][] = [
    ['groups by model', () => reader.groups(CIRCUMSTANCES, { by: 'model', ...fresh() })],
    ['projects', () => reader.projects(CIRCUMSTANCES, fresh())],
    ['the cost strip', () => reader.strip(CIRCUMSTANCES, fresh())],
    ['prices', () => reader.pricing(CIRCUMSTANCES, {})],
  ];
  for (const [what, ask] of others) printTimes(what, await measure(() => Promise.resolve(ask()), ROUNDS));
}

/** Two orders are kept: one by cost is forgotten each time two others come between. */
function benchSorts(reader: DatabaseReader): number[] {
  return Array.from({ length: 5 }, () => {
    for (const sort of ['latency', 'tokens'] as const) reader.calls(CIRCUMSTANCES, { sort, limit: 1 });
    const startMs = performance.now();
    reader.calls(CIRCUMSTANCES, { sort: 'cost', limit: 200 });
    return performance.now() - startMs;
  });
}

async function readStatus(server: BuiltServer): Promise<WireStatus> {
  return (await (await fetch(`${server.url}/api/status`)).json()) as WireStatus;
}

async function waitUntilLoaded(server: BuiltServer): Promise<void> {
  for (;;) {
    const { index } = await readStatus(server);
    if (index !== undefined && index.loaded === index.of) return;
  }
}

/** The server as a user starts it: how soon it shows a page, and whether loading keeps anybody waiting. */
async function benchStart(home: string): Promise<BuiltServer> {
  const startMs = performance.now();
  const server = await startBuilt([], home);
  const first = (await (await fetch(`${server.url}/api/calls`)).json()) as WireCallsAnswer;
  console.log(`from its start to its first page of calls: ${(performance.now() - startMs).toFixed(0)} ms`);
  const loaded = waitUntilLoaded(server);
  const [page, call] = await Promise.all([
    watchTurns(`${server.url}/favicon.svg`, loaded),
    watchTurns(`${server.url}/api/calls/${first.calls[0]!.id}`, loaded),
  ]);
  for (const [what, turns] of [
    ['the main thread', page],
    ['the thread that reads', call],
  ] as const) {
    console.log(
      `${what} while loading: ${turns.asked} answers, median ${turns.medianMs.toFixed(1)} ms, longest ${turns.longestMs.toFixed(1)} ms`,
    );
    printGoal(`nobody waits above ${BLOCK_GOAL_MS} ms`, turns.longestMs <= BLOCK_GOAL_MS);
  }
  return server;
}

async function benchMemory(server: BuiltServer, calls: keyof typeof MEMORY_GOAL_MB): Promise<void> {
  const print = async (when: string): Promise<void> => {
    const memory = await readResident(server.process.pid!);
    if (memory === null) return console.log('memory: this system does not tell');
    const { now, peak, shared } = memory;
    console.log(
      `resident ${when}: ${now.toFixed(0)} MB, ${shared.toFixed(0)} of it program code; ${peak.toFixed(0)} MB at its peak`,
    );
    printGoal(`at most ${MEMORY_GOAL_MB[calls]} MB`, now <= MEMORY_GOAL_MB[calls]);
  };
  await print('once loaded');
  for (let load = 0; load < PAGE_LOADS; load++) await Promise.all(PATHS.map((path) => readBytes(server.url + path)));
  await print(`after ${PAGE_LOADS} page loads`);
  await pause(REST_MS);
  await print(`${REST_MS / 1000} s later`);
}

/** Once, since it is a program that starts anew each time and takes minutes. */
async function benchReport(url: string, run: (words: string[]) => Promise<string>): Promise<void> {
  const time = async (turn: () => Promise<unknown>): Promise<number> => {
    const startMs = performance.now();
    await turn();
    return performance.now() - startMs;
  };
  const oursMs = [await time(() => readBytes(`${url}/api/projects`))];
  try {
    const theirsMs = [await time(() => run(['report', '--json']))];
    printPair('/api/projects', 'halton-meter report --json', { oursMs, theirsMs }, null);
  } catch (error) {
    printTimes('/api/projects', oursMs);
    console.log(`halton-meter report --json gave nothing within ${REPORT_TIMEOUT_MS} ms: ${(error as Error).message}`);
  }
}

/** The published daemon and its report, on the same file and in the same run. */
async function benchBeside(home: string, url: string): Promise<void> {
  const meter = await findHaltonMeter();
  if ('missing' in meter) return console.log(`There is no reference to compare with: ${meter.missing}.`);
  const daemon = await startHaltonDaemon(meter, home);
  try {
    const pairs: [string, string][] = [
      ['/api/calls/series?by=provider', '/v1/stats'],
      ['/api/projects', '/v1/projects'],
    ];
    for (const [ours, theirs] of pairs) {
      const pair = await compare(
        () => readBytes(url + ours),
        () => readBytes(daemon.url + theirs),
        DAEMON_ROUNDS,
      );
      printPair(ours, theirs, pair, null);
    }
    await benchReport(url, (words) => runHaltonMeter(meter, home, words, REPORT_TIMEOUT_MS));
  } finally {
    await daemon.stop();
  }
}

async function benchSize(size: keyof typeof MEMORY_GOAL_MB): Promise<void> {
  const home = await makeFolder();
  try {
    await copyDatabase(databasePath(home), size);
    console.log(`\n${size.toLocaleString('en')} calls`);
    printHeading();
    if (size === MILLION) {
      const reader = new DatabaseReader(databasePath(home));
      benchLoading(reader);
      await benchAnswers(reader, reader.calls(CIRCUMSTANCES, { limit: 1 }).total);
      reader.close();
    }
    const server = await benchStart(home);
    try {
      await benchMemory(server, size);
      await benchBeside(home, server.url);
    } finally {
      await server.stop();
    }
  } finally {
    await removeFolder(home);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { few: { type: 'boolean', default: false } } });
  await ensureBuilt();
  const load = loadavg().map((one) => one.toFixed(1));
  console.log(
    `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores, load ${load.join(' ')}.`,
  );
  await benchSize(FEW);
  if (!values.few) await benchSize(MILLION);
}

main().catch((error: Error) => {
  console.error(error);
  process.exitCode = 1;
});
