import puppeteer, { type Browser, type HTTPRequest, type Page } from 'puppeteer-core';
import type { WireCall, WireCallsAnswer } from '../src/api/call.js';
import { findBrowser } from '../scripts/find-browser.mjs';
import { makeFolder, removeFolder, startBuilt } from '../test/built-server.js';
import { ensureBuilt } from '../test/interop/ensure-built.js';
import { printGoal } from './print.js';
import { median } from './rounds.js';

// A fling through a million calls: our table, and a bare page that does the least a table can do, in turn in one run.

const ROWS = 1_000_000;
const ROUNDS = 5;
const FRAMES = 60;
const FLING_PX = 2_417;
const WHEEL_PX = 97;
const LONG_TASK_MS = 50;
const NODES = 500;

interface Fling {
  /** The main thread's own time, a frame. */
  readonly cpuMs: number;
  /** Its longest task, by its own time and by the clock: on a busy machine a task waits for a processor. */
  readonly longestCpuMs: number;
  readonly longestWallMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** One made-up call; every figure depends on its row, so that each row writes other texts. */
function makeCall(row: number): WireCall {
  const providers = ['anthropic', 'openai', 'gemini', 'xai', 'mistral'];
  const hasFailed = row % 97 === 0;
  return {
    id: `call-${row}`,
    project: `project-${row % 13}`,
    provider: providers[row % providers.length]!,
    model: `model-${row % 17}-with-a-name`,
    mode: null,
    kind: 'chat',
    status: hasFailed ? 'error' : 'success',
    http_status: hasFailed ? 429 : 200,
    error_class: hasFailed ? 'rate_limit' : null,
    error_code: null,
    retryable: null,
    requested_at: new Date(Date.UTC(2026, 10, 24) - row * 7_919).toISOString(),
    recorded_at: null,
    latency_ms: (row * 37) % 90_000,
    ttft_ms: null,
    input_tokens: (row * 7_919) % 200_000,
    output_tokens: (row * 31) % 4_000,
    thinking_tokens: row % 3 === 0 ? (row * 17) % 3_000 : 0,
    cache_read_tokens: (row * 104_729) % 90_000,
    cache_write_tokens: row % 5 === 0 ? (row * 13) % 20_000 : 0,
    complete: row % 101 !== 0,
    cost_millicents: row % 53 === 0 ? null : (row * 193) % 200_000,
    rates_source: null,
    billing: 'api',
    machine: null,
    workdir: null,
    attribution: 'git',
    prompt_hash: null,
    body: row % 11 === 0 ? 'truncated' : 'stored',
  };
}

function answerCalls(url: URL): WireCallsAnswer {
  const offset = Number(url.searchParams.get('offset'));
  const limit = Math.min(Number(url.searchParams.get('limit')), ROWS - offset);
  const sums = { calls: ROWS, failed_calls: 0, unpriced_calls: 0, incomplete_calls: 0, imputed_millicents: 0 };
  const tokens = { input_tokens: 0, output_tokens: 0, thinking_tokens: 0, cache_read_tokens: 0, cache_write_tokens: 0 };
  return {
    calls: Array.from({ length: limit }, (_, index) => makeCall(offset + index)),
    next_cursor: null,
    total: ROWS,
    totals: { ...sums, ...tokens, cost_millicents: 0 },
  };
}

/** Answers for calls; nothing else of the API is there. */
function answer(request: HTTPRequest): void {
  const url = new URL(request.url());
  if (!url.pathname.startsWith('/api/')) void request.continue();
  else if (url.pathname !== '/api/calls') void request.respond({ status: 404, body: '' });
  else void request.respond({ status: 200, contentType: 'application/json', body: JSON.stringify(answerCalls(url)) });
}

/** As many rows and cells as ours, as plain elements whose texts alone are written. */
const REFERENCE = `<!doctype html><style>
  body { margin: 0; font: 13px/27px sans-serif }
  #box { height: 588px; overflow: auto; position: relative }
  #spacer { height: 8000000px }
  #layer { position: absolute; top: 0; left: 0; right: 0 }
  .row { display: flex; height: 28px; border-bottom: 1px solid #ddd; white-space: nowrap }
  .row span { width: 100px; padding: 0 8px }
</style><div id="box"><div id="spacer"></div><div id="layer"></div></div><script>
  const rows = Array.from({ length: 26 }, () => {
    const row = document.createElement('div');
    row.className = 'row';
    const texts = Array.from({ length: 13 }, () => {
      const cell = document.createElement('span');
      const text = new Text('');
      cell.append(text);
      row.append(cell);
      return text;
    });
    layer.append(row);
    return texts;
  });
  const draw = () => {
    const first = Math.floor((box.scrollTop / 8000000) * 1000000);
    rows.forEach((texts, index) => texts.forEach((text, column) => {
      text.data = String(((first + index) * (column + 7919)) % 1000000);
    }));
    layer.style.transform = 'translateY(' + box.scrollTop + 'px)';
  };
  box.addEventListener('scroll', draw, { passive: true });
  draw();
</script>`;

/** Scrolls in every frame, with tracing on, and reads what the main thread did. */
async function fling(page: Page, findBox: string, stepPx: number): Promise<Fling> {
  const client = await page.createCDPSession();
  const events: TraceEvent[] = [];
  client.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await client.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] },
  });
  await page.evaluate(`(async () => {
    const box = ${findBox};
    for (let frame = 0; frame < ${FRAMES}; frame++) {
      box.scrollTop += ${stepPx};
      await new Promise(requestAnimationFrame);
    }
  })()`);
  const complete = new Promise((resolve) => client.once('Tracing.tracingComplete', resolve));
  await client.send('Tracing.end');
  await complete;
  await client.detach();
  const main = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const tasks = events.filter(
    ({ name, pid, tid, dur }) =>
      name === 'RunTask' && dur !== undefined && main.some((thread) => thread.pid === pid && thread.tid === tid),
  );
  if (tasks.length === 0) throw new Error('The trace tells of no task of the main thread.');
  const cpuMs = tasks.map(({ tdur }) => (tdur ?? 0) / 1000);
  return {
    cpuMs: cpuMs.reduce((sum, ms) => sum + ms, 0) / FRAMES,
    longestCpuMs: Math.max(...cpuMs),
    longestWallMs: Math.max(...tasks.map(({ dur }) => dur! / 1000)),
  };
}

const OUR_BOX = `document.querySelector('hm-calls').shadowRoot.querySelector('.grid')`;

async function openOurs(browser: Browser, origin: string): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1366, height: 900 });
  await page.setRequestInterception(true);
  page.on('request', answer);
  await page.goto(`${origin}/hm-calls`);
  await page.waitForFunction(`${OUR_BOX}?.querySelector('time')`);
  return page;
}

async function openReference(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1366, height: 900 });
  await page.setContent(REFERENCE);
  return page;
}

function print(what: string, flings: readonly Fling[]): void {
  const cpu = flings.map(({ cpuMs }) => cpuMs);
  const longest = (time: 'longestCpuMs' | 'longestWallMs'): number => Math.max(...flings.map((fling) => fling[time]));
  const figures = [median(cpu), Math.min(...cpu), Math.max(...cpu), longest('longestCpuMs'), longest('longestWallMs')];
  console.log(what.padEnd(24) + figures.map((ms) => ms.toFixed(1).padStart(9)).join(''));
}

await ensureBuilt();
const folder = await makeFolder();
const server = await startBuilt(['--demo'], folder);
const { executablePath, args, env } = await findBrowser();
const browser = await puppeteer.launch({ executablePath, args, env, headless: true });
try {
  console.log(
    'main thread, ms'.padEnd(24) +
      ['cpu/frame', 'least', 'most', 'longest', 'by clock'].map((word) => word.padStart(9)).join(''),
  );
  for (const [what, stepPx] of [
    ['wheel', WHEEL_PX],
    ['fling', FLING_PX],
  ] as const) {
    const [ours, theirs]: [Fling[], Fling[]] = [[], []];
    let nodes = 0;
    for (let round = 0; round < ROUNDS; round++) {
      for (const turn of round % 2 === 0 ? ['ours', 'theirs'] : ['theirs', 'ours']) {
        const isOurs = turn === 'ours';
        const page = isOurs ? await openOurs(browser, `http://localhost:${server.port}`) : await openReference(browser);
        await page.bringToFront();
        (isOurs ? ours : theirs).push(await fling(page, isOurs ? OUR_BOX : `document.getElementById('box')`, stepPx));
        if (isOurs) nodes = Math.max(nodes, (await page.evaluate(`${OUR_BOX}.querySelectorAll('*').length`)) as number);
        await page.close();
      }
    }
    print(`${what}, ours`, ours);
    print(`${what}, bare page`, theirs);
    const ratio = median(ours.map(({ cpuMs }) => cpuMs)) / median(theirs.map(({ cpuMs }) => cpuMs));
    console.log(`  ratio of medians ${ratio.toFixed(2)}; ${nodes} nodes in the table`);
    printGoal(
      `no task above ${LONG_TASK_MS} ms of processor time`,
      ours.every(({ longestCpuMs }) => longestCpuMs <= LONG_TASK_MS),
    );
    printGoal(`at most ${NODES} nodes`, nodes <= NODES);
  }
} finally {
  await browser.close();
  await server.stop();
  await removeFolder(folder);
}
