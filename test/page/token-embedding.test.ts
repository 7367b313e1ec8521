import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'puppeteer-core';
import { startBuilt, type BuiltServer } from '../built-server.js';
import { startStandIn } from '../stand-in-daemon.js';
import { launchBrowser, openWatched, waitForLoads } from './browser.js';
import { addFile, OtherPages, waitForRows } from './other-pages.js';
import { OwnPages } from './own-pages.js';

// What --token goes together with.

const HEAD = '<!doctype html><html lang="en"><title>mine</title>';
const ICON = '<link rel="icon" href="data:,">';

let browser: Browser;
let other: OtherPages;
let own: OwnPages;
/** Where the server is, with its secret and no slash at the end. */
let base: string;

before(async () => {
  other = await OtherPages.start();
  own = await OwnPages.start(['--token', '--allow-origin', `http://localhost:${other.port}`]);
  base = await openWithKey(own.server);
  browser = await launchBrowser();
});

after(async () => {
  other.stop();
  await browser.close();
  await own.stop();
});

/** Uses the key that was printed. */
async function openWithKey({ output, printed }: BuiltServer): Promise<string> {
  await printed(/^Open .*\n/m);
  const [, address] = /^Open (\S+) /m.exec(output())!;
  const { headers } = await fetch(address!, { redirect: 'manual' });
  return headers.get('location')!.replace(/\/$/, '');
}

/** Opens a page that does nothing wrong. */
async function withPage(
  address: string,
  use: (page: Page, requests: readonly string[]) => Promise<void>,
): Promise<void> {
  const { page, faults, requests } = await openWatched(browser, 'light');
  try {
    await page.goto(address);
    await use(page, requests);
    assert.deepEqual(faults, []);
  } finally {
    await page.browserContext().close();
  }
}

describe('behind a secret', () => {
  it('an own page holds elements, stays below it, and loads anew when it changes', async () => {
    const element =
      '<script type="module" src="/elements/hm-projects.js"></script><hm-projects></hm-projects><a href="/">all</a>';
    await own.write('mine.html', `${HEAD}<link rel="icon" href="/favicon.svg"><h1>One</h1>${element}`);
    await withPage(`${base}/pages/`, async (page, requests) => {
      await Promise.all([page.waitForNavigation(), page.click('a[href*=mine]')]);
      assert.equal(page.url(), `${base}/pages/mine.html`);
      await waitForRows(page, 'hm-projects');
      assert.equal(await page.$eval('a', ({ href }) => href), `${base}/`);
      await page.waitForFunction(() => document.querySelector('script[data-version]') === null);
      await own.write('mine.html', `${HEAD}<link rel="icon" href="/favicon.svg"><h1>Two</h1>`);
      await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Two');
      assert.deepEqual(
        requests.filter((address) => !address.startsWith(`${base}/`) && !address.startsWith('blob:')),
        [],
      );
    });
  });

  it('a page of an allowed origin finds the server by the address of its module, secret and all', async () => {
    const html = `${HEAD}${ICON}<script type="module" src="${base}/elements/hm-projects.js"></script><hm-projects></hm-projects>`;
    await withPage(other.add('localhost', html), (page) => waitForRows(page, 'hm-projects'));
  });

  it('a frame shows its element in a page on disk', async () => {
    const html = `${HEAD}${ICON}<iframe src="${base}/embed/hm-projects"></iframe>`;
    await withPage(await addFile(own.folder, html), async (page) => {
      const frame = await page.waitForFrame((found) => found.url().startsWith(`${base}/embed/`));
      await waitForRows(frame, 'hm-projects');
    });
  });

  it('nothing of it is there without', async () => {
    for (const path of ['/pages/mine.html', '/embed/hm-projects', '/elements/hm-projects.js']) {
      assert.equal((await fetch(own.server.url + path)).status, 403, path);
    }
  });

  it('a daemon that serves /api is asked directly, and is not told the secret', async () => {
    const early = await startStandIn({ path: own.database, pageOrigin: 'http://localhost:1' });
    await early.stop();
    const direct = await startBuilt(['--token', '--source', 'api', '--daemon', early.url], own.folder);
    const daemon = await startStandIn({ path: own.database, pageOrigin: direct.url, port: early.port });
    try {
      const inside = await openWithKey(direct);
      while ((await fetch(`${inside}/api/pricing`, { redirect: 'manual' })).status === 503) await delay(100);
      await withPage(`${inside}/`, async (page) => {
        await page.waitForFunction(() =>
          document.querySelector('hm-status')?.shadowRoot?.textContent.includes('asked directly'),
        );
        await waitForLoads(page, ['hm-projects', 'hm-calls']);
      });
      assert.ok(daemon.asked.some(({ path, origin }) => path === '/api/calls' && origin === direct.url));
      assert.deepEqual(
        daemon.asked.filter(({ path }) => path.includes('/k/')),
        [],
      );
    } finally {
      await direct.stop();
      await daemon.stop();
    }
  });
});
