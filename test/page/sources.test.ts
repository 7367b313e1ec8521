import assert from 'node:assert/strict';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../built-server.js';
import { loadCaptured } from '../server/fixture-database.js';
import { startStandIn, type StandIn } from '../stand-in-daemon.js';
import { launchBrowser, openWatched, waitForLoads, type Watched } from './browser.js';
import { exportCalls } from './export-calls.js';
import { readPanes, showCalls } from './shown-bodies.js';

const OWN_ROUTES = /\/api\/(status|events)$/;
const CAPTURED_CALLS = 18;
/** One of them, with both bodies. */
const CAPTURED_ID = '3c4fa084-db68-46f6-9126-efb05759b208';

let folder: string;
let captured: string;
let browser: Browser;

before(async () => {
  folder = await makeFolder();
  captured = join(folder, 'captured.sqlite');
  loadCaptured(captured).close();
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await removeFolder(folder);
});

interface Opened extends Watched {
  /** What was answered by whom, in order: `307 http://localhost:3000/api/calls`, without the query. */
  readonly answers: string[];
}

/** The overview; what it does not live through, a reload, takes its mark away. */
async function openOverview(server: BuiltServer): Promise<Opened> {
  const watched = await openWatched(browser, 'light');
  const answers: string[] = [];
  watched.page.on('response', (response) => {
    const { origin, pathname } = new URL(response.url());
    if (pathname.startsWith('/api/')) answers.push(`${response.status()} ${origin}${pathname}`);
  });
  await watched.page.goto(server.url);
  await watched.page.evaluate(() => Object.assign(window, { isKept: true }));
  return { ...watched, answers };
}

/** Waits until an element says this. */
async function waitForText(page: Page, element: string, words: string): Promise<void> {
  await page.waitForFunction(
    (tag, expected) =>
      document.querySelector(tag)?.shadowRoot?.textContent?.replace(/\s+/g, ' ').includes(expected) === true,
    { timeout: 60_000, polling: 100 },
    element,
    words,
  );
}

async function assertKept({ page, faults }: Opened): Promise<void> {
  assert.equal(await page.evaluate(() => (window as { isKept?: boolean }).isKept), true, 'without a reload');
  // What the page asked while nobody answered is told by the browser too, and is no fault of the page.
  assert.deepEqual(
    faults.filter((fault) => /^(policy|uncaught)/.test(fault)),
    [],
  );
}

/** Runs in the page: how this month compares with the one before. */
function readComparison(): string {
  const text = document.querySelector('hm-spend')?.shadowRoot?.textContent ?? '';
  return /priced calls:[^]*?(?=Today)/.exec(text)?.[0] ?? '';
}

/** Nobody shows nothing recorded where nobody knows. */
async function assertNoZero({ page }: Opened): Promise<void> {
  const shown = await page.evaluate(() =>
    ['hm-status', 'hm-projects', 'hm-spend'].map((tag) => document.querySelector(tag)?.shadowRoot?.textContent ?? ''),
  );
  for (const text of shown) assert.doesNotMatch(text, /No calls|\b0 calls/);
}

describe('a page that is open', { timeout: 400_000 }, () => {
  it('asks a daemon that serves /api itself, says when it stops, and goes on when it is back', async () => {
    const first = await startStandIn({ path: captured, pageOrigin: 'http://localhost:1' });
    await first.stop();
    const { port, url } = first;
    const server = await startBuilt(['--source', 'api', '--daemon', url], folder);
    const open = (): Promise<StandIn> => startStandIn({ path: captured, pageOrigin: server.url, port });
    const overview = await openOverview(server);
    const { page, answers } = overview;
    await waitForText(page, 'hm-status', `Waiting for a daemon that serves /api at ${url}: it does not answer.`);
    await waitForText(page, 'hm-projects', 'Waiting for a daemon that serves /api');
    await assertNoZero(overview);

    let daemon = await open();
    await waitForText(page, 'hm-status', 'Read from its own API, asked directly');
    await waitForLoads(page, ['hm-projects', 'hm-calls', 'hm-spend']);
    await waitForText(page, 'hm-status', `${CAPTURED_CALLS} calls`);
    const served = answers.filter((answer) => answer.startsWith(`200 ${server.url}`));
    assert.deepEqual(
      served.filter((answer) => !OWN_ROUTES.test(answer)),
      [],
      'our server answers nothing of what was recorded',
    );
    for (const path of ['/api/projects', '/api/calls', '/api/calls/series']) {
      assert.ok(answers.includes(`200 ${url}${path}`), `${path} is asked of the daemon`);
      assert.ok(daemon.asked.some((asked) => asked.path === path && asked.origin === server.url));
    }
    assert.doesNotMatch(await page.$eval('hm-status', (status) => status.shadowRoot!.textContent), /went elsewhere/);

    await daemon.stop();
    await waitForText(page, 'hm-status', 'Waiting for a daemon that serves /api');
    await waitForText(page, 'hm-projects', 'What stands below is from');
    await assertNoZero(overview);
    daemon = await open();
    await waitForText(page, 'hm-status', 'Read from its own API, asked directly');
    await page.waitForFunction(
      () => document.querySelector('hm-projects')!.shadowRoot!.querySelector('[part=error]') === null,
      { polling: 100 },
    );
    await assertKept(overview);
    await page.browserContext().close();
    await server.stop();
    await daemon.stop();
  });

  it('shows the bodies of such a daemon, and exports its calls, asking it alone', async () => {
    const early = await startStandIn({ path: captured, pageOrigin: 'http://localhost:1' });
    await early.stop();
    const server = await startBuilt(['--source', 'api', '--daemon', early.url], folder);
    const daemon = await startStandIn({ path: captured, pageOrigin: server.url, port: early.port });
    const overview = await openOverview(server);
    const { page, answers, faults } = overview;
    await waitForText(page, 'hm-status', 'asked directly');
    faults.length = 0;
    await page.goto(`${server.url}/hm-body-viewer`);
    await showCalls(page, [CAPTURED_ID], 'text');
    const [pane] = await readPanes(page);
    assert.ok(pane!.lines.length > 0);
    await page.goto(`${server.url}/hm-calls`);
    await waitForLoads(page, ['hm-calls']);
    const { text } = await exportCalls(page, folder);
    assert.equal(text.trimEnd().split('\n').length, CAPTURED_CALLS);
    for (const path of ['/api/bodies', '/api/calls.jsonl']) {
      assert.ok(
        daemon.asked.some((asked) => asked.path.startsWith(path)),
        `${path} is asked of the daemon`,
      );
    }
    const served = answers.filter((answer) => answer.startsWith(`200 ${server.url}`));
    assert.deepEqual(
      served.filter((answer) => !OWN_ROUTES.test(answer)),
      [],
    );
    assert.deepEqual(faults, []);
    await page.browserContext().close();
    await server.stop();
    await daemon.stop();
  });

  it('follows from made-up calls to a database that is made and replaced, and to a daemon that is upgraded', async () => {
    const probe = await startStandIn({ path: captured, pageOrigin: 'http://localhost:1' });
    await probe.stop();
    const home = join(folder, 'home');
    await mkdir(join(home, '.halton-meter'), { recursive: true });
    const server = await startBuilt(['--daemon', probe.url], home);
    const overview = await openOverview(server);
    const { page } = overview;
    await waitForText(page, 'hm-status', 'Demo data');
    await waitForLoads(page, ['hm-projects', 'hm-spend']);
    await waitForText(page, 'hm-spend', 'priced calls:');
    const madeUp = await page.evaluate(readComparison);

    const path = join(home, '.halton-meter/db.sqlite');
    const makeDatabase = async (removed: number): Promise<void> => {
      const made = join(home, `made-${removed}.sqlite`);
      const db = loadCaptured(made);
      db.exec(`delete from requests where id in (select id from requests limit ${removed})`);
      // Into the one file that is moved.
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.close();
      await rename(made, path);
    };
    await makeDatabase(0);
    await waitForText(page, 'hm-status', `Database ${path}, read only`);
    await waitForText(page, 'hm-status', `${CAPTURED_CALLS} calls`);
    await waitForText(page, 'hm-projects', 'cap');
    // What is read is not compared with a month that was made up.
    await page.waitForFunction(`(${readComparison.toString()})() !== ${JSON.stringify(madeUp)}`, {
      timeout: 60_000,
      polling: 100,
    });
    await makeDatabase(2);
    await waitForText(page, 'hm-status', `${CAPTURED_CALLS - 2} calls`);

    const daemon = await startStandIn({ path: captured, pageOrigin: server.url, port: probe.port, isPlain: true });
    await waitForText(page, 'hm-status', 'Read from its own API, asked directly');
    await waitForText(page, 'hm-status', `${CAPTURED_CALLS} calls`);
    await waitForText(page, 'hm-attention', 'answered 404');
    await daemon.stop();
    await waitForText(page, 'hm-status', `Database ${path}, read only`);
    await waitForText(page, 'hm-status', `${CAPTURED_CALLS - 2} calls`);
    await assertNoZero(overview);
    await assertKept(overview);
    await page.browserContext().close();
    await server.stop();
  });
});
