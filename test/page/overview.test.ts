import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../built-server.js';
import { launchBrowser, openWatched, waitForLoads } from './browser.js';

/** What a browser's makers call good is five times as much. */
const MOST_SHIFT = 0.02;

describe('the overview of the index page', () => {
  let folder: string;
  let server: BuiltServer;
  let browser: Browser;

  before(async () => {
    folder = await makeFolder();
    server = await startBuilt(['--demo'], folder);
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
    await server.stop();
    await removeFolder(folder);
  });

  for (const width of [390, 1366, 1920]) {
    for (const path of ['/', '/?tz=UTC']) {
      it(`comes without moving what stands there at ${width} pixels, at ${path}`, async () => {
        const { page, faults } = await openWatched(browser, 'light');
        await page.setViewport({ width, height: 900 });
        await page.evaluateOnNewDocument(() => {
          Object.assign(window, { moved: 0 });
          new PerformanceObserver((list) => {
            const counted = window as unknown as { moved: number };
            for (const entry of list.getEntries()) counted.moved += (entry as unknown as { value: number }).value;
          }).observe({ type: 'layout-shift', buffered: true });
        });
        await page.goto(server.url + path);
        // On a narrow page the others stand out of sight.
        await waitForLoads(page, ['hm-status', 'hm-spend', ...(width > 390 ? ['hm-attention', 'hm-projects'] : [])]);
        await page.waitForFunction(() => document.querySelector('hm-spend')!.shadowRoot!.querySelector('canvas'));
        const moved = (await page.evaluate('window.moved')) as number;
        assert.ok(moved <= MOST_SHIFT, `moved by ${moved}`);
        assert.deepEqual(faults, []);
        await page.browserContext().close();
      });
    }
  }
});
