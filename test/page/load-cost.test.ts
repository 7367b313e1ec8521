import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'puppeteer-core';
import { CALLS_LIMIT, CALLS_REST_LIMIT, ELEMENT_LIMIT, PRICES_LIMIT } from '../../scripts/measure-size.mjs';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../built-server.js';
import { loadCaptured } from '../server/fixture-database.js';
import { launchBrowser, openWatched, waitForLoad } from './browser.js';

const DIST = new URL('../../dist/', import.meta.url);
/** What a page loads a moment after it shows its data counts as well. */
const REST_MS = 500;

let folder: string;
let browser: Browser;
let servers: Readonly<Record<'captured' | 'demo', BuiltServer>>;

before(async () => {
  folder = await makeFolder();
  const path = join(folder, 'captured.sqlite');
  loadCaptured(path).close();
  const [captured, demo] = await Promise.all([startBuilt(['--db', path], folder), startBuilt(['--demo'], folder)]);
  servers = { captured, demo };
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await Promise.all(Object.values(servers).map((server) => server.stop()));
  await removeFolder(folder);
});

interface Loaded {
  /** Scripts that were asked for, below `/elements/`. */
  readonly scripts: readonly string[];
  /** Bytes of them, gzip. */
  readonly bytes: number;
  readonly words: string;
}

async function weigh(requests: readonly string[]): Promise<Loaded> {
  const paths = requests.map((address) => new URL(address).pathname);
  const scripts = [...new Set(paths)].filter((path) => path.endsWith('.js')).map((path) => path.slice(1));
  const sizes = await Promise.all(
    scripts.map(async (script) => gzipSync(await readFile(new URL(script, DIST)), { level: 9 }).length),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return { scripts, bytes, words: `${bytes}: ${scripts.map((script, at) => `${script} ${sizes[at]}`).join(', ')}` };
}

/** Opens the page that holds one element alone: what it loads until its data are drawn, and until it comes to rest. */
async function load(server: BuiltServer, name: string): Promise<Readonly<Record<'drawn' | 'rest', Loaded>>> {
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
  return { drawn: await weigh(JSON.parse(asked) as string[]), rest: await weigh(requests) };
}

for (const kind of ['captured', 'demo'] as const) {
  describe(`one element alone on a page, on ${kind} data, without any click, loads of JavaScript, gzip,`, () => {
    for (const name of ['hm-projects', 'hm-status']) {
      it(`at most ${ELEMENT_LIMIT} bytes for <${name}>, with all that comes by itself`, async () => {
        const { rest } = await load(servers[kind], name);
        assert.ok(rest.bytes <= ELEMENT_LIMIT, rest.words);
        assert.ok(rest.scripts.includes(`elements/${name}.js`), rest.words);
      });
    }

    it(`at most ${PRICES_LIMIT} bytes for <hm-pricing>, with all that comes by itself`, async () => {
      const { rest } = await load(servers[kind], 'hm-pricing');
      assert.ok(rest.bytes <= PRICES_LIMIT, rest.words);
      assert.ok(!rest.scripts.some((script) => /what-if|price-detail/.test(script)), rest.words);
    });

    it(`at most ${CALLS_LIMIT} bytes for <hm-calls> until its rows are drawn, the costs over time after them`, async () => {
      const { drawn, rest } = await load(servers[kind], 'hm-calls');
      assert.ok(drawn.bytes <= CALLS_LIMIT, drawn.words);
      assert.ok(!drawn.scripts.some((script) => script.includes('strip-chart')), drawn.words);
      assert.ok(rest.bytes <= CALLS_REST_LIMIT, rest.words);
      assert.ok(
        rest.scripts.some((script) => script.includes('strip-chart')),
        rest.words,
      );
    });

    it('Chart.js only where spend is drawn', async () => {
      for (const name of ['hm-projects', 'hm-status', 'hm-pricing', 'hm-calls', 'hm-cost', 'hm-attention']) {
        const { rest } = await load(servers[kind], name);
        assert.ok(!rest.scripts.some((script) => script.includes('spend-chart')), rest.words);
      }
      const { rest } = await load(servers[kind], 'hm-spend');
      assert.ok(
        rest.scripts.some((script) => script.includes('spend-chart')),
        rest.words,
      );
    });
  });
}
