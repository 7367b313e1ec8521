import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { openWatched } from './browser.js';
import { useDemo } from './demo.js';

const demo = useDemo();

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
    const { page } = await openWatched(demo.browser, 'light');
    await page.setViewport({ width: 1366, height: 900 });
    await page.goto(`${demo.url}/#calls`);
    const top = await readTop(page);
    assert.ok(top >= 0 && top < 100, `${top} px`);
    await page.browserContext().close();
  });

  it('stands where it was left after a reload and a step back', async () => {
    const { page } = await openWatched(demo.browser, 'light');
    await page.setViewport({ width: 1366, height: 900 });
    await page.goto(`${demo.url}/`);
    await readTop(page);
    await page.mouse.move(600, 400);
    await page.mouse.wheel({ deltaY: 900 });
    const left = await readTop(page);
    assert.ok(left < 300, `${left} px`);
    await page.reload();
    assert.ok(Math.abs((await readTop(page)) - left) <= 1);
    await page.goto(`${demo.url}/elements`);
    await page.goBack();
    assert.ok(Math.abs((await readTop(page)) - left) <= 1);
    await page.browserContext().close();
  });
});
