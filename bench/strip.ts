import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import type { WireStripAnswer } from '../src/api/strip.js';
import { findBrowser } from '../scripts/find-browser.mjs';
import { makeFolder, removeFolder, startBuilt } from '../test/built-server.js';
import { ensureBuilt } from '../test/interop/ensure-built.js';
import { traceMainThread } from './main-thread.js';
import { printGoal } from './print.js';
import { median } from './rounds.js';

// Redraws of the cost strip, each at another width so that nothing is kept: 100,000 calls in bins, as many dots as there
// ever are, and the same element without a picture, in turn in one run. What the element does besides is in all three.

const ROUNDS = 5;
const REDRAWS = 40;
const LONG_TASK_MS = 50;
const CALLS = 100_000;
const MOST_DOTS = 3_000;
const SINCE = Date.UTC(2026, 10, 1);
const SPAN_MS = 24 * 86_400_000;

interface Redraws {
  /** The main thread's own time for one. */
  readonly cpuMs: number;
  /** Its longest task, by its own time and by the clock. */
  readonly longestCpuMs: number;
  readonly longestWallMs: number;
}

/** Every cell of the picture has calls: no filter of this size draws more. */
function makeAnswer(columns: number, rows: number, kind: 'bins' | 'dots'): WireStripAnswer {
  const cells = Array.from({ length: columns * rows }, (_, cell) => cell);
  const every = Array.from({ length: columns }, (_, column) => column);
  const calls = kind === 'bins' ? CALLS : MOST_DOTS;
  const lane = every.map((column) => ({ column, calls: 1 + (column % 3), id: `lane-${column}` }));
  return {
    since: new Date(SINCE).toISOString(),
    until: new Date(SINCE + SPAN_MS).toISOString(),
    columns,
    rows,
    min_millicents: 10,
    max_millicents: 1_000_000,
    priced_calls: calls,
    points:
      kind === 'bins'
        ? null
        : Array.from({ length: MOST_DOTS }, (_, index) => ({
            id: `call-${index}`,
            at: new Date(SINCE + (index / MOST_DOTS) * SPAN_MS).toISOString(),
            cost_millicents: 10 + ((index * 7_919) % 900_000),
          })),
    bins:
      kind === 'bins'
        ? cells.map((cell) => ({
            column: Math.floor(cell / rows),
            row: cell % rows,
            calls: 1 + ((cell * 31) % Math.floor((2 * CALLS) / cells.length)),
            id: `cell-${cell}`,
          }))
        : null,
    zero: lane,
    failed: lane,
    unpriced: lane,
    band: every.map((column) => ({
      column,
      calls: 500,
      p10_millicents: 100 + column,
      p50_millicents: 2_000 + column * 10,
      p90_millicents: 40_000 + column * 100,
    })),
    changes: [],
  };
}

async function open(browser: Browser, origin: string, kind: 'bins' | 'dots' | 'none'): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1366, height: 900 });
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname !== '/api/calls/strip') return void request.continue();
    if (kind === 'none') return void request.respond({ status: 404, body: '' });
    const answer = makeAnswer(Number(url.searchParams.get('columns')), Number(url.searchParams.get('rows')), kind);
    return void request.respond({ status: 200, contentType: 'application/json', body: JSON.stringify(answer) });
  });
  await page.goto(`${origin}/hm-calls`);
  const drawn = kind === 'none' ? '.strip.bare' : '.strip-plot';
  await page.waitForFunction(`document.querySelector('hm-calls').shadowRoot.querySelector('${drawn}')`);
  return page;
}

async function redraw(page: Page): Promise<Redraws> {
  const act = (): Promise<void> =>
    page.evaluate(async (redraws) => {
      const strip = document.querySelector('hm-calls')!.shadowRoot!.querySelector<HTMLElement>('.strip')!;
      for (let frame = 0; frame < redraws; frame++) {
        // Less than would be another count of columns, and so another question.
        strip.style.width = `${1300 - (frame % 20)}px`;
        // One frame in which the width is noticed, one in which it is drawn.
        for (let wait = 0; wait < 2; wait++) await new Promise(requestAnimationFrame);
      }
    }, REDRAWS);
  const tasks = await traceMainThread(page, act);
  return {
    cpuMs: tasks.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / REDRAWS,
    longestCpuMs: Math.max(...tasks.map(({ cpuMs }) => cpuMs)),
    longestWallMs: Math.max(...tasks.map(({ wallMs }) => wallMs)),
  };
}

const HEADS = ['median', 'min', 'max', 'longest', 'by clock'];
const printLine = (what: string, figures: readonly string[]): void =>
  console.log(what.padEnd(36) + figures.map((figure) => figure.padStart(10)).join(''));

function print(what: string, rounds: readonly Redraws[]): void {
  const cpu = rounds.map(({ cpuMs }) => cpuMs);
  const longest = (time: 'longestCpuMs' | 'longestWallMs'): number => Math.max(...rounds.map((round) => round[time]));
  const figures = [median(cpu), Math.min(...cpu), Math.max(...cpu), longest('longestCpuMs'), longest('longestWallMs')];
  printLine(
    what,
    figures.map((ms) => ms.toFixed(1)),
  );
}

await ensureBuilt();
const folder = await makeFolder();
const server = await startBuilt(['--demo'], folder);
const { executablePath, args, env } = await findBrowser();
const browser = await puppeteer.launch({ executablePath, args, env, headless: true });
try {
  const kinds = ['bins', 'dots', 'none'] as const;
  const rounds = { bins: [] as Redraws[], dots: [] as Redraws[], none: [] as Redraws[] };
  for (const kind of kinds) {
    const page = await open(browser, server.url, kind);
    await redraw(page);
    await page.close();
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const kind of kinds) {
      const page = await open(browser, server.url, kind);
      rounds[kind].push(await redraw(page));
      await page.close();
    }
  }
  printLine('milliseconds of the main thread', HEADS);
  print('100,000 calls in bins', rounds.bins);
  print('3,000 calls as dots', rounds.dots);
  print('no picture', rounds.none);
  const longestMs = Math.max(...[...rounds.bins, ...rounds.dots].map(({ longestCpuMs }) => longestCpuMs));
  printGoal(`no task above ${LONG_TASK_MS} ms in ${2 * ROUNDS * REDRAWS} redraws`, longestMs <= LONG_TASK_MS);
} finally {
  await browser.close();
  await server.stop();
  await removeFolder(folder);
}
