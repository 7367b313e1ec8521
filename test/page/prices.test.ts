import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HTTPRequest, Page } from 'puppeteer-core';
import { openWatched, waitForLoad } from './browser.js';
import { useDemo } from './demo.js';

const demo = useDemo();

/** Opens the prices and waits for the rates, with another fate for the script of what stands below them. */
async function openRates(page: Page, width: number, meet: (request: HTTPRequest) => Promise<void>): Promise<void> {
  await page.setViewport({ width, height: 900 });
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    void (/\/price-extras-/.test(request.url()) ? meet(request) : request.continue());
  });
  await page.goto(`${demo.url}/hm-pricing`);
  await waitForLoad(page, 'hm-pricing');
}

/** A wait that ends when it is told to. */
function makeGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Notes in the page what moves from its next frame on. */
const watchShifts = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push(JSON.stringify(entry));
    }).observe({ type: 'layout-shift' });
  });

/** Where everything stands that is drawn of the prices so far. */
const readPlaces = (page: Page): Promise<string[]> =>
  page.$$eval('hm-pricing >>> :is(.head, .head *, [part="table"] *)', (elements) =>
    elements.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return `${element.localName} ${[x, y, width, height].join(' ')}`;
    }),
  );

describe('what stands below the rates', () => {
  for (const width of [390, 1366]) {
    it(`comes after them without moving anything at ${width} pixels`, async () => {
      const { page, faults } = await openWatched(demo.browser, 'light');
      const gate = makeGate();
      await openRates(page, width, (request) => gate.opened.then(() => request.continue()));
      await watchShifts(page);
      const before = await readPlaces(page);
      assert.ok(before.some((place) => place.startsWith('tr')));
      assert.equal(await page.$('hm-pricing >>> h3'), null);
      gate.open();
      await page.waitForSelector('hm-pricing >>> [part="what-if"]');
      assert.ok((await page.$$('hm-pricing >>> [part="unlisted"] tbody tr')).length > 0);
      assert.deepEqual(await readPlaces(page), before);
      assert.deepEqual(await page.evaluate('window.shifts'), []);
      assert.deepEqual(faults, []);
      await page.browserContext().close();
    });
  }

  it('opens a row then that was pressed before', async () => {
    const { page, faults } = await openWatched(demo.browser, 'light');
    const gate = makeGate();
    await openRates(page, 1366, (request) => gate.opened.then(() => request.continue()));
    await page.click('hm-pricing >>> .opens');
    assert.equal(await page.$('hm-pricing >>> [part="opened"]'), null);
    gate.open();
    await page.waitForSelector('hm-pricing >>> [part="opened"] .periods');
    assert.deepEqual(faults, []);
    await page.browserContext().close();
  });

  it('leaves the rates where its script can not be had, says so, and tries again', async () => {
    const { page } = await openWatched(demo.browser, 'light');
    let isThere = false;
    await openRates(page, 1366, (request) => (isThere ? request.continue() : request.abort()));
    const error = await page.waitForSelector('hm-pricing >>> [part="error"]');
    assert.match(
      await error!.evaluate(({ textContent }) => textContent),
      /Could not read the script that draws more\./,
    );
    assert.ok((await page.$$('hm-pricing >>> [part="row"]')).length > 0);
    isThere = true;
    await page.click('hm-pricing >>> [part="error"] button');
    await page.waitForSelector('hm-pricing >>> [part="what-if"]');
    assert.equal(await page.$('hm-pricing >>> [part="error"]'), null);
    await page.browserContext().close();
  });
});
