import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import type { BuiltServer } from '../built-server.js';
import { TestServers } from '../test-servers.js';
import { launchBrowser, openWatched } from './browser.js';

const all = new TestServers();
let browser: Browser;
let server: BuiltServer;

before(async () => {
  server = await all.find('demo');
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await all.stop();
});

/** Where the calls' top stands in the window, once everything below and above has been drawn and stands still. */
async function readTop(page: Page): Promise<number> {
  await page.waitForNetworkIdle({ idleTime: 700, concurrency: 2 });
  return page.evaluate(async () => {
    for (let [known, since] = ['', 0]; ;) {
      await new Promise(requestAnimationFrame);
      const state = `${scrollY} ${document.documentElement.scrollHeight}`;
      if (state !== known) [known, since] = [state, performance.now()];
      else if (performance.now() - since > 500) break;
    }
    return Math.round(document.querySelector('hm-calls')!.getBoundingClientRect().top);
  });
}

describe('the page', () => {
  it('stands at what its address names, though all above it is drawn later and grows', async () => {
    const { page } = await openWatched(browser, 'light');
    await page.setViewport({ width: 1366, height: 900 });
    await page.goto(`${server.url}/#calls`);
    const top = await readTop(page);
    assert.ok(top >= 0 && top < 100, `${top} px`);
    await page.browserContext().close();
  });

  it('stands where it was left after a reload and a step back', async () => {
    const { page } = await openWatched(browser, 'light');
    await page.setViewport({ width: 1366, height: 900 });
    await page.goto(`${server.url}/`);
    await readTop(page);
    await page.mouse.move(600, 400);
    await page.mouse.wheel({ deltaY: 900 });
    const left = await readTop(page);
    assert.ok(left < 300, `${left} px`);
    await page.reload();
    assert.ok(Math.abs((await readTop(page)) - left) <= 1);
    await page.goto(`${server.url}/elements`);
    await page.goBack();
    assert.ok(Math.abs((await readTop(page)) - left) <= 1);
    await page.browserContext().close();
  });
});
