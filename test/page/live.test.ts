import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import Database from 'libsql';
import type { Browser, Page } from 'puppeteer-core';
import { generateDemo } from '../../src/server/sources/demo/generate.js';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../built-server.js';
import { launchBrowser, openWatched, waitForLoads, type Watched } from './browser.js';
import { PATH_WITH_IDS, readRows, scrollTo, showCalls, waitForOtherFirst, walkRows } from './shown-rows.js';

const PER_SECOND = 50;
const SECONDS = 60;
const EARLIER = 1500;
const ROW_PX = 28;

let folder: string;
let path: string;
let browser: Browser;
let server: BuiltServer;

before(async () => {
  folder = await makeFolder();
  path = join(folder, 'live.sqlite');
  const db = new Database(path);
  generateDemo(db, { seed: 1, now: new Date(), calls: EARLIER, days: 9 });
  db.close();
  server = await startBuilt(['--db', path], folder);
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await server.stop();
  await removeFolder(folder);
});

async function openCalls(): Promise<Watched> {
  const watched = await openWatched(browser, 'light');
  await watched.page.goto(server.url + PATH_WITH_IDS);
  await waitForLoads(watched.page, ['hm-calls', 'hm-projects', 'hm-status']);
  await showCalls(watched.page);
  return watched;
}

function listIds(): string[] {
  const db = new Database(path, { readonly: true });
  try {
    const rows = db.prepare('SELECT id FROM requests ORDER BY requested_at DESC, id').all() as { id: string }[];
    return rows.map(({ id }) => id);
  } finally {
    db.close();
  }
}

/** From now on notes every frame in which the first row in view is another call, or stands elsewhere. */
async function watchPlace(page: Page): Promise<void> {
  await page.evaluate(() => {
    const moves: string[] = [];
    Object.assign(window, { moves, frames: 0 });
    const grid = document.querySelector('hm-calls')!.shadowRoot!.querySelector('.grid')!;
    void (async () => {
      for (let place = ''; ;) {
        await new Promise(requestAnimationFrame);
        const top = grid.querySelector('.heads')!.getBoundingClientRect().bottom;
        const first = [...grid.querySelectorAll('.layer > [aria-rowindex]')].find(
          (row) => row.getBoundingClientRect().bottom > top + 1,
        );
        const now = `${first?.children[1]!.textContent} at ${(first?.getBoundingClientRect().top ?? 0) - top}`;
        if (place !== '' && now !== place && moves.length < 20) moves.push(`${place}, then ${now}`);
        place = now;
        (window as unknown as { frames: number }).frames += 1;
      }
    })();
  });
}

/** What `watchPlace` has noted. */
function readMoves(page: Page): Promise<{ readonly moves: string[]; readonly frames: number }> {
  return page.evaluate(() => {
    const { moves, frames } = window as unknown as { moves: string[]; frames: number };
    return { moves, frames };
  });
}

/** The number on the button that leads to the calls that arrived; 0 where there is none. */
function readNews(page: Page): Promise<number> {
  return page.evaluate(() =>
    Number.parseInt(
      document.querySelector('hm-calls')!.shadowRoot!.querySelector('.news')?.textContent.replace(/\D/g, '') || '0',
    ),
  );
}

describe('while somebody writes fifty calls a second for a minute', { timeout: 300_000 }, () => {
  it('the page shows each of them once, and lets nobody who reads further down lose the place', async () => {
    const [atTop, held, walking] = await Promise.all([openCalls(), openCalls(), openCalls()]);
    const earlier = listIds();
    const [anchor] = await scrollTo(held.page, 40 * ROW_PX + 11);
    await watchPlace(held.page);

    const writer = fork(
      fileURLToPath(new URL('write-calls.ts', import.meta.url)),
      [path, `${PER_SECOND}`, `${SECONDS}`],
      {
        execArgv: ['--import', 'tsx'],
      },
    );
    await once(writer, 'message');
    const written: string[] = [];
    writer.on('message', (id: string) => written.push(id));
    const ended = once(writer, 'exit');
    let isOver = false;
    void ended.then(() => (isOver = true));
    writer.send('start');

    const follow = async (): Promise<void> => {
      for (let first = (await readRows(atTop.page))[0]!.id, seen = 0; seen < 5; seen++) {
        first = await waitForOtherFirst(atTop.page, first);
        assert.ok(written.includes(first!), `${first} is new`);
      }
      assert.ok(!isOver, 'it was shown while it was written');
    };
    const readOn = async (): Promise<void> => {
      const shown = new Set(await walkRows(walking.page));
      assert.deepEqual(
        earlier.filter((id) => !shown.has(id)),
        [],
        'who walks down meanwhile meets every call that was there',
      );
    };
    await Promise.all([follow(), readOn(), ended]);
    assert.equal(written.length, PER_SECOND * SECONDS);
    const { moves, frames } = await readMoves(held.page);
    assert.deepEqual(moves, []);
    assert.ok(frames > 0);
    assert.deepEqual((await readRows(held.page))[0], anchor);

    await held.page.waitForFunction(
      (count) =>
        document.querySelector('hm-calls')!.shadowRoot!.querySelector('.news')?.textContent.replace(/\D/g, '') ===
        count,
      {},
      String(written.length),
    );
    assert.equal(await readNews(held.page), written.length);
    await held.page.click('hm-calls >>> .news');
    const all = listIds();
    for (const { page } of [atTop, held]) {
      await page.waitForFunction(
        (id) =>
          document.querySelector('hm-calls')!.shadowRoot!.querySelector('.layer > [aria-rowindex="2"]')?.children[1]!
            .textContent === id,
        {},
        all[0]!,
      );
    }
    assert.deepEqual(await walkRows(held.page), all);
    for (const { faults } of [atTop, held, walking]) assert.deepEqual(faults, []);
    assert.doesNotMatch(server.output(), /fault|contract/i);
    await Promise.all([atTop, held, walking].map(({ page }) => page.browserContext().close()));
  });
});
