import { join } from 'node:path';
import puppeteer, { type CDPSession, type Page } from 'puppeteer-core';
import { findBrowser } from '../scripts/find-browser.mjs';
import { makeFolder, removeFolder, startBuilt } from '../test/built-server.js';
import { ensureBuilt } from '../test/interop/ensure-built.js';
import { insertRows, loadCaptured, readCaptured } from '../test/server/fixture-database.js';
import { BENCH_PAGE, type BenchPage } from './bodies-page.js';
import { type MainThreadTask, traceMainThread } from './main-thread.js';
import { printGoal, printHeading, printPair, printTimes } from './print.js';
import { median, type Pair } from './rounds.js';
import { traceSideBySide } from './side-by-side.js';

// Bodies of the real server, held by the built worker, on our own page under its policy. Rows are drawn as bare lines:
// this measures what lies below the viewer's own drawing.

const ROUNDS = 15;
const SIZES = { small: 40_000, large: 4 * 1024 * 1024, huge: 50 * 1024 * 1024 } as const;
const FIRST_ROWS_GOAL = 1.2;
const LONG_TASK_MS = 50;
const FREED_GOAL = 0.1;

/** A conversation as a client sends it, about so many characters long; no two are equal. */
function makeConversation(characters: number, seed: number): string {
  const messages: object[] = [];
  for (let length = 0, turn = 0; length < characters - 400; turn++) {
    const content = `Turn ${turn} of ${seed}: ${'the quick brown fox, "quoted" and größer, jumps\n'.repeat(1 + ((turn * 7) % 60))}`;
    const message = { role: turn % 2 === 0 ? 'user' : 'assistant', content: [{ type: 'text', text: content }] };
    messages.push(message);
    length += JSON.stringify(message).length + 1;
  }
  return JSON.stringify({ model: 'claude-sonnet-4-6', max_tokens: 1024, messages });
}

const NAMES = ['small', 'large', 'large-b', 'large-c', 'large-d', 'huge'] as const;
const sizeOf = (name: string): number => SIZES[name.split('-')[0] as keyof typeof SIZES];

function makeDatabase(path: string): void {
  const db = loadCaptured(path);
  const { requests, request_bodies: bodies } = readCaptured();
  for (const [seed, name] of NAMES.entries()) {
    const text = makeConversation(sizeOf(name), seed);
    insertRows(db, 'requests', [{ ...requests[0]!, id: name, idempotency_key: name }]);
    insertRows(db, 'request_bodies', [
      {
        ...bodies[0]!,
        request_id: name,
        request_body: text,
        request_body_bytes: Buffer.byteLength(text),
        request_truncated: 0,
      },
    ]);
  }
  db.close();
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}

/** Bytes of the worker's heap and of its buffers, once nothing more can be freed. */
async function readWorkerBytes(client: CDPSession): Promise<number> {
  await client.send('HeapProfiler.collectGarbage');
  await client.send('HeapProfiler.collectGarbage');
  const usage = await client.send('Runtime.getHeapUsage');
  return usage.usedSize + usage.backingStorageSize;
}

const MB = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

type Timed = 'firstRows' | 'firstBytes';

/** Both bodies in turn, timed by the page, after one turn each that does not count. */
async function comparePage(page: Page, what: Timed): Promise<Pair> {
  const time = (name: string): Promise<number> => page.evaluate((ask, call) => window.bench[ask](call), what, name);
  const pair = { oursMs: [] as number[], theirsMs: [] as number[] };
  for (let round = -1; round < ROUNDS; round++) {
    for (const turn of round % 2 === 0 ? (['large', 'small'] as const) : (['small', 'large'] as const)) {
      const ms = await time(turn);
      if (round >= 0) pair[turn === 'large' ? 'oursMs' : 'theirsMs'].push(ms);
    }
  }
  return pair;
}

async function benchFirstRows(page: Page): Promise<void> {
  const rows = await comparePage(page, 'firstRows');
  printPair('first rows of a 4 MiB body', 'first rows of a 40 kB body', rows, FIRST_ROWS_GOAL);
  const bytes = await comparePage(page, 'firstBytes');
  printPair('  of which until the server sends first bytes', '  the same of the 40 kB body', bytes, null);
  const [own, small] = [median(rows.oursMs) - median(bytes.oursMs), median(rows.theirsMs) - median(bytes.theirsMs)];
  console.log(`  beside the server: ${own.toFixed(1)} ms, and ${small.toFixed(1)} ms`);
}

const FOUR = ['large', 'large-b', 'large-c', 'large-d'] as const;

async function benchTasks(page: Page): Promise<void> {
  const tasks = await traceMainThread(page, () =>
    page.evaluate((calls) => window.bench.openAndScroll(calls), [...FOUR]),
  );
  printTasks('four 4 MiB bodies', tasks);
}

async function benchSideBySide(page: Page, url: string): Promise<void> {
  printTasks('four 4 MiB bodies side by side in the viewer', await traceSideBySide(page, url, FOUR));
}

function printTasks(what: string, tasks: readonly MainThreadTask[]): void {
  const [cpu, wall] = (['cpuMs', 'wallMs'] as const).map((time) => Math.max(...tasks.map((task) => task[time])));
  console.log(`${what}: longest task ${cpu!.toFixed(1)} ms of processor time, ${wall!.toFixed(1)} ms by the clock`);
  printGoal(`no task of the page above ${LONG_TASK_MS} ms of processor time`, cpu! <= LONG_TASK_MS);
  printGoal(`nor by the clock`, wall! <= LONG_TASK_MS);
}

async function benchHuge(page: Page, client: CDPSession): Promise<void> {
  const before = await readWorkerBytes(client);
  const opened: { firstMs: number; readMs: number; last: string; rows: number }[] = [];
  for (let round = 0; round < 3; round++) {
    opened.push(await page.evaluate((call) => window.bench.openWhole(call), 'huge'));
    if (round < 2) await page.evaluate(() => window.bench.closeAll());
  }
  printTimes(
    'first rows of a 50 MiB body',
    opened.map(({ firstMs }) => firstMs),
  );
  printTimes(
    '  all of it read',
    opened.map(({ readMs }) => readMs),
  );
  const { rows, last } = opened[0]!;
  console.log(`  ${rows.toLocaleString('en')} rows, the last of which is …${JSON.stringify(last.slice(-20))}`);
  printGoal('it opens to its last row', last.endsWith('}]}'));
  const held = await readWorkerBytes(client);
  await page.evaluate(() => window.bench.closeAll());
  const after = await readWorkerBytes(client);
  console.log(`  memory of the worker: ${MB(before)} before, ${MB(held)} with it open, ${MB(after)} after closing`);
  printGoal(`at most ${FREED_GOAL * 100} % of it stays`, after - before <= (held - before) * FREED_GOAL);
}

await ensureBuilt();
const folder = await makeFolder();
const database = join(folder, 'bodies.sqlite');
makeDatabase(database);
const server = await startBuilt(['--db', database], folder);
const { executablePath, args, env } = await findBrowser();
const browser = await puppeteer.launch({ executablePath, args, env, headless: true });
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1366, height: 900 });
  await page.goto(`${server.url}/hm-body-viewer`);
  await page.evaluate(BENCH_PAGE);
  await page.evaluate(() => window.bench.start());
  const { client } = page.workers()[0]!;
  printHeading();
  await benchFirstRows(page);
  await benchTasks(page);
  await page.evaluate(() => window.bench.closeAll());
  await benchHuge(page, client);
  await benchSideBySide(page, server.url);
} finally {
  await browser.close();
  await server.stop();
  await removeFolder(folder);
}
