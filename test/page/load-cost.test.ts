import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { CALLS_LIMIT, CALLS_REST_LIMIT, ELEMENT_LIMIT, PRICES_REST_LIMIT } from '../../scripts/measure-size.mjs';
import type { BuiltServer } from '../built-server.js';
import { TestServers } from '../test-servers.js';
import { launchBrowser, openWatched, waitForLoad } from './browser.js';
import { weighRequests, type Weighed } from './weigh-modules.js';

const DIST = new URL('../../dist/', import.meta.url);
/** What a page loads a moment after it shows its data counts as well. */
const REST_MS = 500;

const all = new TestServers();
let browser: Browser;
let servers: Readonly<Record<'captured' | 'demo', BuiltServer>>;

before(async () => {
  const [captured, demo] = await Promise.all([all.find('captured'), all.find('demo')]);
  servers = { captured, demo };
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await all.stop();
});

/** Opens the page that holds one element alone: what it loads until its data are drawn, and until it comes to rest. */
async function load(server: BuiltServer, name: string): Promise<Readonly<Record<'drawn' | 'rest', Weighed>>> {
  const { page, requests, faults } = await openWatched(browser, 'light');
  await page.setViewport({ width: 1366, height: 900 });
  // Noted in the page, as the element says that its data are drawn: what was loaded by then.
  await page.evaluateOnNewDocument(() => {
    addEventListener(
      'hm-load',
      () => {
        document.documentElement.dataset.asked ??= JSON.stringify(
          performance.getEntriesByType('resource').map((entry) => entry.name),
        );
      },
      true,
    );
  });
  await page.goto(`${server.url}/${name}`);
  await waitForLoad(page, name);
  // The stream of events stays open.
  await page.waitForNetworkIdle({ idleTime: REST_MS, concurrency: 1 });
  const asked = await page.evaluate(() => document.documentElement.dataset.asked!);
  await page.browserContext().close();
  assert.deepEqual(faults, []);
  return {
    // What puts the server's first rows into a page is the page's.
    drawn: await weighRequests(DIST, JSON.parse(asked) as string[], (module) => module !== 'first-frame.js'),
    rest: await weighRequests(DIST, requests),
  };
}

for (const kind of ['captured', 'demo'] as const) {
  describe(`one element alone on a page, on ${kind} data, without any click, loads of JavaScript, gzip,`, () => {
    for (const name of ['hm-projects', 'hm-status']) {
      it(`at most ${ELEMENT_LIMIT} bytes for <${name}>, with all that comes by itself`, async () => {
        const { rest } = await load(servers[kind], name);
        assert.ok(rest.bytes <= ELEMENT_LIMIT, rest.words);
        assert.ok(rest.modules.includes(`${name}.js`), rest.words);
      });
    }

    it(`at most ${ELEMENT_LIMIT} bytes for <hm-pricing> until its rates are drawn, what stands below after them`, async () => {
      const { drawn, rest } = await load(servers[kind], 'hm-pricing');
      assert.ok(drawn.bytes <= ELEMENT_LIMIT, drawn.words);
      assert.ok(!drawn.modules.some((script) => script.includes('price-extras')), drawn.words);
      assert.ok(rest.bytes <= PRICES_REST_LIMIT, rest.words);
      assert.ok(
        rest.modules.some((script) => script.includes('price-extras')),
        rest.words,
      );
      assert.ok(!rest.modules.some((script) => /what-if|price-detail/.test(script)), rest.words);
    });

    it(`at most ${CALLS_LIMIT} bytes for <hm-calls> until its rows are drawn, the costs over time after them`, async () => {
      const { drawn, rest } = await load(servers[kind], 'hm-calls');
      assert.ok(drawn.bytes <= CALLS_LIMIT, drawn.words);
      assert.ok(!drawn.modules.some((script) => /strip-chart|call-foot|live-/.test(script)), drawn.words);
      assert.ok(rest.bytes <= CALLS_REST_LIMIT, rest.words);
      assert.ok(
        rest.modules.some((script) => script.includes('strip-chart')),
        rest.words,
      );
    });

    it('Chart.js only where spend is drawn', async () => {
      for (const name of ['hm-projects', 'hm-status', 'hm-pricing', 'hm-calls', 'hm-cost', 'hm-attention']) {
        const { rest } = await load(servers[kind], name);
        assert.ok(!rest.modules.some((script) => script.includes('spend-chart')), rest.words);
      }
      const { rest } = await load(servers[kind], 'hm-spend');
      assert.ok(
        rest.modules.some((script) => script.includes('spend-chart')),
        rest.words,
      );
    });
  });
}
