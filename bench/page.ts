import { cpus } from 'node:os';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import type { WireCallsAnswer } from '../src/api/call.js';
import type { WireStatus } from '../src/api/status.js';
import { findBrowser } from '../scripts/find-browser.mjs';
import { makeFolder, removeFolder, startBuilt } from '../test/built-server.js';
import { ensureBuilt } from '../test/interop/ensure-built.js';
import { databasePath } from '../test/interop/halton-cli.js';
import { copyDatabase } from './calls-database.js';
import { answerWith, makeCall } from './calls-of-any-length.js';
import { benchFirstRows } from './first-rows.js';
import { BARE_BOX, BARE_PAGE, countNodes, fling, FRAMES, goToRow, OUR_BOX } from './fling.js';
import type { MainThreadTask } from './main-thread.js';
import { printGoal, printHeading, printPair } from './print.js';
import { median } from './rounds.js';

// The calls page in a real browser, beside the least that a page of its kind can do, in turn in one run: how soon its first
// rows stand, what a fling costs, and whether every row can be reached. A million calls are real; five million are told
// to the page by this program. With the word `first-rows`, only those.

const MILLION = 1_000_000;
const FIVE_MILLION = 5_000_000;
const LOADS = 11;
const FLINGS = 5;
const RANDOM_ROWS = 20;
const SPEEDS = { wheel: 97, fling: 2_417 } as const;

const FIRST_ROWS_GOAL = 1.25;
const NODES_GOAL = 500;
const TASK_GOAL_MS = 50;

/** How a page of so many calls is had, and which id it should show in a row. */
interface Calls {
  readonly rows: number;
  readonly open: (browser: Browser) => Promise<Page>;
  readonly idOf: (row: number) => Promise<string>;
}

async function openOurs(browser: Browser, url: string, prepare: (page: Page) => Promise<void>): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1366, height: 900 });
  await prepare(page);
  await page.goto(url);
  await page.waitForFunction(`${OUR_BOX}?.querySelector('time')`);
  return page;
}

async function openBare(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1366, height: 900 });
  await page.setContent(BARE_PAGE);
  return page;
}

async function realCalls(origin: string): Promise<Calls> {
  const read = async (query: string): Promise<WireCallsAnswer> =>
    (await (await fetch(`${origin}/api/calls?${query}`)).json()) as WireCallsAnswer;
  return {
    rows: (await read('limit=1')).total,
    open: (browser) => openOurs(browser, `${origin}/hm-calls`, () => Promise.resolve()),
    idOf: async (row) => (await read(`limit=1&offset=${row}`)).calls[0]!.id,
  };
}

/** Until it is loaded the server itself keeps a core busy, and both pages wait. */
async function waitForIndex(origin: string): Promise<void> {
  for (;;) {
    const { index } = (await (await fetch(`${origin}/api/status`)).json()) as WireStatus;
    if (index === undefined || index.loaded >= index.of) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function toldCalls(origin: string, rows: number): Calls {
  return {
    rows,
    open: (browser) =>
      openOurs(browser, `${origin}/hm-calls`, async (page) => {
        await page.setRequestInterception(true);
        page.on('request', answerWith(rows));
      }),
    idOf: (row) => Promise.resolve(makeCall(row).id),
  };
}

function printTasks(what: string, flings: readonly (readonly MainThreadTask[])[]): void {
  const frames = flings.map((tasks) => tasks.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / FRAMES);
  const tasks = flings.flat();
  const [cpu, wall] = [Math.max(...tasks.map(({ cpuMs }) => cpuMs)), Math.max(...tasks.map(({ wallMs }) => wallMs))];
  const figures = [median(frames), Math.min(...frames), Math.max(...frames), cpu, wall];
  console.log(what.padEnd(28) + figures.map((ms) => ms.toFixed(1).padStart(9)).join(''));
}

async function benchFling(browser: Browser, calls: Calls, speed: keyof typeof SPEEDS): Promise<void> {
  const ours: MainThreadTask[][] = [];
  const bare: MainThreadTask[][] = [];
  let nodes = 0;
  for (let round = 0; round < FLINGS; round++) {
    for (const isOurs of round % 2 === 0 ? [true, false] : [false, true]) {
      const page = isOurs ? await calls.open(browser) : await openBare(browser);
      await page.bringToFront();
      (isOurs ? ours : bare).push(await fling(page, isOurs ? OUR_BOX : BARE_BOX, SPEEDS[speed]));
      if (isOurs) nodes = Math.max(nodes, await countNodes(page));
      await page.close();
    }
  }
  printTasks(`${speed}, ours`, ours);
  printTasks(`${speed}, bare page`, bare);
  const tasks = ours.flat();
  const long = tasks.filter(({ cpuMs }) => cpuMs > TASK_GOAL_MS).length;
  const waited = tasks.filter(({ wallMs }) => wallMs > TASK_GOAL_MS).length;
  console.log(`  ${long} tasks above ${TASK_GOAL_MS} ms of processor time, ${waited} by the clock; ${nodes} nodes`);
  printGoal(`no task above ${TASK_GOAL_MS} ms of processor time`, long === 0);
  printGoal(`at most ${NODES_GOAL} nodes in the table`, nodes <= NODES_GOAL);
}

/** The first row, the middle, the last, and others by chance: each is brought into view, and must be the call it should. */
async function benchReach(browser: Browser, calls: Calls): Promise<void> {
  const page = await calls.open(browser);
  await page.evaluate(`document.querySelector('hm-calls').columns = 'id,time,cost'`);
  const any = Array.from({ length: RANDOM_ROWS }, () => Math.floor(Math.random() * calls.rows));
  const missed: number[] = [];
  for (const row of [0, calls.rows >> 1, calls.rows - 1, ...any]) {
    if ((await goToRow(page, row, calls.rows)) !== (await calls.idOf(row))) missed.push(row);
  }
  await page.close();
  console.log(
    `  ${any.length + 3} rows looked for: first, middle, last and any${missed.map((row) => `; row ${row} missed`).join('')}`,
  );
  printGoal('every row is reached, under its own number', missed.length === 0);
}

async function main(): Promise<void> {
  await ensureBuilt();
  const home = await makeFolder();
  try {
    await copyDatabase(databasePath(home), MILLION);
    const server = await startBuilt([], home);
    const { executablePath, args, env } = await findBrowser();
    const browser = await puppeteer.launch({ executablePath, args, env, headless: true });
    try {
      console.log(`Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores.\n`);
      const real = await realCalls(server.url);
      await waitForIndex(server.url);
      const { ours, ...floors } = await benchFirstRows(browser, `${server.url}/hm-calls`, LOADS);
      printHeading();
      for (const state of ['cold', 'warm'] as const) {
        const [oursMs, floorMs, isolatedMs] = [ours, floors.floor, floors.isolatedFloor].map((loads) =>
          loads[state].map(({ ms }) => ms),
        ) as [number[], number[], number[]];
        const what = `first rows, ${state}`;
        printPair(what, 'the same rows in HTML', { oursMs, theirsMs: floorMs }, FIRST_ROWS_GOAL);
        printPair(what, 'the same, isolated as ours', { oursMs, theirsMs: isolatedMs }, FIRST_ROWS_GOAL);
        console.log(`  ${Math.max(...ours[state].map(({ requests }) => requests))} requests until then`);
      }
      if (process.argv[2] === 'first-rows') return;
      for (const calls of [real, toldCalls(server.url, FIVE_MILLION)]) {
        const head = `\n${calls.rows.toLocaleString('en')} rows, main thread, ms`;
        console.log(
          head.padEnd(29) +
            ['a frame', 'least', 'most', 'longest', 'by clock'].map((word) => word.padStart(9)).join(''),
        );
        for (const speed of ['wheel', 'fling'] as const) await benchFling(browser, calls, speed);
        await benchReach(browser, calls);
      }
    } finally {
      await browser.close();
      await server.stop();
    }
  } finally {
    await removeFolder(home);
  }
}

main().catch((error: Error) => {
  console.error(error);
  process.exitCode = 1;
});
