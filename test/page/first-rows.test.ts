import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, HTTPRequest, Page } from 'puppeteer-core';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../built-server.js';
import { insertRows, loadCaptured, readCaptured } from '../server/fixture-database.js';
import { launchBrowser, openWatched, waitForLoads, type Watched } from './browser.js';

const HOSTILE = `</template><script>document.title = 'taken'</script>"'<b>\u202e&amp;`;
const ROUNDS = 4;

let folder: string;
let browser: Browser;
let server: BuiltServer;

before(async () => {
  folder = await makeFolder();
  const path = join(folder, 'calls.sqlite');
  const db = loadCaptured(path);
  const captured = readCaptured();
  insertRows(db, 'projects', [{ ...captured.projects[0]!, id: 'p', slug: HOSTILE, name: HOSTILE }]);
  for (let round = 0; round < ROUNDS; round++) {
    const calls = captured.requests.map((row, index) => {
      const day = String(20 - round).padStart(2, '0');
      const at = `2026-11-${day} 09:00:${String(index).padStart(2, '0')}.000000`;
      return {
        ...row,
        id: `${round}-${index}`,
        idempotency_key: null,
        requested_at: at,
        project_id: 'p',
        model: HOSTILE,
      };
    });
    insertRows(db, 'requests', calls);
  }
  db.close();
  server = await startBuilt(['--db', path], folder, { TZ: 'Europe/London' });
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await server.stop();
  await removeFolder(folder);
});

/** A page of a browser in the server's own zone, or another. */
async function openPage(width: number, zone = 'Europe/London'): Promise<Watched> {
  const watched = await openWatched(browser, 'light');
  await watched.page.setViewport({ width, height: 900 });
  await watched.page.emulateTimezone(zone);
  return watched;
}

/** Goes there until the source was quick enough for rows to stand in the HTML, which no busy machine can promise. */
async function gotoWithRows(page: Page, path: string): Promise<void> {
  for (;;) {
    const answer = await page.goto(server.url + path);
    if ((await answer!.text()).includes('class="first-rows"')) return;
  }
}

/** The same, by loading the page anew where the user is. */
async function reloadWithRows(page: Page): Promise<void> {
  for (;;) {
    const answer = await page.reload();
    if ((await answer!.text()).includes('class="first-rows"')) return;
  }
}

/** Lets no module of the page come: what stands then is what the HTML holds. */
async function holdModules(page: Page): Promise<void> {
  const hold = (request: HTTPRequest): void => {
    const done = request.url().includes('/elements/') ? request.abort('aborted') : request.continue();
    // The page may be gone by then.
    done.catch(() => undefined);
  };
  await page.setRequestInterception(true);
  page.on('request', hold);
}

const hasFirstRows = (page: Page, name: string): Promise<boolean> =>
  page.evaluate((tag) => document.querySelector(tag)!.shadowRoot?.querySelector('.first-rows') != null, name);

/** Everything that is drawn in an element, or in its first rows: what it is, its text, and where it stands in it. */
function readDrawn(page: Page, name: string, isFirst: boolean): Promise<string[]> {
  return page.evaluate(
    (tag, first) => {
      const own = document.querySelector(tag)!.shadowRoot!;
      const root = first ? own.querySelector('.first-rows')!.shadowRoot! : own;
      const { top } = document.querySelector(tag)!.getBoundingClientRect();
      const drawn: string[] = [];
      for (const element of root.querySelectorAll('section, section *')) {
        // Drawn by the element only: what comes later into strip and foot and beside projects, and words for screen readers.
        if (element.closest('.strip *, .range ~ *, .visually-hidden, option, .mistake, .rest, .share svg')) continue;
        if (element.closest('.opener, .tools:has([value=Attribution])')) continue;
        const { x, y, width, height } = element.getBoundingClientRect();
        if (width === 0 || height === 0) continue;
        const texts = [...element.childNodes].filter((node) => node instanceof Text);
        const text = texts.map(({ data }) => data.trim()).join('');
        drawn.push([element.localName, text, ...[x, y - top, width, height].map((px) => px.toFixed(2))].join(' '));
      }
      return drawn;
    },
    name,
    isFirst,
  );
}

/** What stands before any module came, and once the element has drawn itself. */
async function compareDrawn(path: string, name: string, width: number): Promise<[first: string[], own: string[]]> {
  const { page } = await openPage(width);
  await holdModules(page);
  await gotoWithRows(page, path);
  const first = await readDrawn(page, name, true);
  const later = (await openPage(width)).page;
  await gotoWithRows(later, path);
  await waitForLoads(later, [name]);
  assert.equal(await hasFirstRows(later, name), false);
  const own = await readDrawn(later, name, false);
  for (const opened of [page, later]) await opened.browserContext().close();
  return [first, own];
}

describe('the first rows of a page', () => {
  for (const width of [680, 900, 1130, 1366, 1700]) {
    it(`stand where the table draws the same in a window ${width} pixels wide`, async () => {
      const [first, own] = await compareDrawn('/hm-calls', 'hm-calls', width);
      assert.ok(first.length > 150);
      assert.deepEqual(first, own);
    });
  }

  for (const name of ['hm-projects', 'hm-calls']) {
    it(`stand where ${name} draws the same on the index page`, async () => {
      const [first, own] = await compareDrawn('/', name, 1366);
      assert.ok(first.length > 50);
      assert.deepEqual(first, own);
    });
  }

  it('give way to those of the elements without anything being moved', async () => {
    const { page, faults } = await openPage(1366);
    await page.evaluateOnNewDocument(() => {
      const shifts: string[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push(JSON.stringify(entry));
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await gotoWithRows(page, '/hm-calls');
    await waitForLoads(page, ['hm-calls']);
    await page.waitForFunction(() =>
      document.querySelector('hm-calls')!.shadowRoot!.querySelector('.strip [role="slider"]'),
    );
    assert.deepEqual(await page.evaluate('window.shifts'), []);
    assert.deepEqual(faults, []);
    await page.browserContext().close();
  });

  it('can be read without any script', async () => {
    const { page } = await openPage(1366);
    await page.setJavaScriptEnabled(false);
    await gotoWithRows(page, '/hm-calls');
    const rows = await page.$$eval('hm-calls >>> .layer > [role="row"]', (found) =>
      found.map((row) => row.textContent),
    );
    assert.equal(rows.length, 23);
    assert.match(rows.at(-1)!, /2026|Nov/);
    for (const part of ['.filter', '.tools']) {
      assert.equal(await page.$(`hm-calls >>> ${part}`).then((found) => found!.isVisible()), false, part);
    }
    assert.equal(await page.$('hm-calls >>> .unscripted').then((words) => words!.isVisible()), true);
    await page.browserContext().close();
  });

  it('show the names that were recorded as text', async () => {
    const { page, faults } = await openPage(1366);
    await holdModules(page);
    await gotoWithRows(page, '/');
    const models = await page.$$eval('hm-calls >>> .model', (cells) => cells.map((cell) => cell.textContent));
    assert.ok(models.includes(HOSTILE));
    assert.equal(await page.title(), 'Halton Meter · hm-elements');
    assert.deepEqual(
      faults.filter((fault) => fault.startsWith('policy:')),
      [],
    );
    await page.browserContext().close();
  });

  for (const [what, zone, width] of [
    ['whose clock reads otherwise', 'Asia/Tokyo', 1366],
    ['whose day is another at the same hour', 'Pacific/Kiritimati', 1366],
    ['where a row has two lines', 'Europe/London', 600],
  ] as const) {
    it(`are gone before they are seen in a browser ${what}`, async () => {
      const { page } = await openPage(width, zone);
      await holdModules(page);
      await gotoWithRows(page, '/');
      assert.equal(await hasFirstRows(page, 'hm-calls'), false);
      assert.equal(await hasFirstRows(page, 'hm-projects'), false);
      await page.browserContext().close();
    });
  }

  it('are gone before they are seen where the list was left further down', async () => {
    const { page } = await openPage(1366);
    await gotoWithRows(page, '/');
    await waitForLoads(page, ['hm-calls']);
    await page.$eval('hm-calls >>> .grid', (grid) => (grid.scrollTop = 700));
    await page.waitForFunction(() => JSON.stringify(history.state).includes('"row":25'));
    await holdModules(page);
    await reloadWithRows(page);
    assert.equal(await hasFirstRows(page, 'hm-calls'), false);
    await page.browserContext().close();
  });

  it('hand over the focus and how far they were scrolled', async () => {
    const { page } = await openPage(1366);
    await page.setRequestInterception(true);
    let release!: () => void;
    const seen = new Promise<void>((resolve) => (release = resolve));
    page.on('request', (request) => {
      const isModule = request.url().includes('/elements/') && !request.url().endsWith('/first-frame.js');
      (isModule ? seen.then(() => request.continue()) : request.continue()).catch(() => undefined);
    });
    await gotoWithRows(page, '/hm-calls');
    const grid = await page.waitForSelector('hm-calls >>> .grid');
    await grid!.focus();
    await grid!.evaluate((box) => (box.scrollTop = 300));
    release();
    await waitForLoads(page, ['hm-calls']);
    const [scrollTop, isFocused] = await page.evaluate(() => {
      const box = document.querySelector('hm-calls')!.shadowRoot!.querySelector('.grid')!;
      return [box.scrollTop, box.matches(':focus')];
    });
    assert.deepEqual([scrollTop, isFocused], [300, true]);
    await page.browserContext().close();
  });
});
