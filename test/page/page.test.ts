import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { listModules, measurePage, PAGE_LIMIT } from '../../scripts/measure-size.mjs';
import type { BuiltServer } from '../built-server.js';
import { TestServers } from '../test-servers.js';
import { launchBrowser, openWatched, waitForLoad, waitForLoads, type Watched } from './browser.js';
import { weighRequests } from './weigh-modules.js';

const DIST = new URL('../../dist/', import.meta.url);
const PAGES = [
  '/',
  '/hm-scope',
  '/hm-status',
  '/hm-spend',
  '/hm-attention',
  '/hm-projects',
  '/hm-calls',
  '/hm-cost',
  '/hm-body-viewer',
  '/hm-pricing',
  '/hm-redaction',
];

const all = new TestServers();
let browser: Browser;
let axe: string;
let servers: Readonly<Record<'captured' | 'demo', BuiltServer>>;

before(async () => {
  const [captured, demo] = await Promise.all([all.find('captured'), all.find('demo')]);
  servers = { captured, demo };
  browser = await launchBrowser();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});

after(async () => {
  await browser.close();
  await all.stop();
});

/** Opens a page of a server, lets it be used, and closes it; fails on anything it did that it should not have. */
async function withPage(
  server: BuiltServer,
  path: string,
  colorScheme: 'light' | 'dark',
  use: (page: Page, requests: readonly string[]) => Promise<void>,
): Promise<void> {
  const watched = await openWatched(browser, colorScheme);
  const { page, faults, requests } = watched;
  try {
    await page.goto(server.url + path);
    await waitForLoads(page, await listLoading(page));
    await use(page, requests);
    assert.deepEqual(faults, []);
    assert.deepEqual(listForeign(watched, server), []);
    assert.doesNotMatch(server.output(), /fault|contract/i);
  } catch (error) {
    throw faults.length > 0 ? new Error(faults.join('\n'), { cause: error }) : error;
  } finally {
    await page.browserContext().close();
  }
}

/** The elements of the page that load something by themselves: beside others, some wait for a call to be chosen. */
async function listLoading(page: Page): Promise<string[]> {
  const names = await page.$$eval('*', (elements) => elements.map(({ localName }) => localName));
  const own = names.filter((name) => name.startsWith('hm-'));
  assert.ok(own.length > 0);
  const waiting = own.includes('hm-calls') ? ['hm-scope', 'hm-body-viewer', 'hm-cost'] : ['hm-scope', 'hm-body-viewer'];
  return own.filter((name) => !waiting.includes(name));
}

function listForeign({ requests }: Watched, server: BuiltServer): string[] {
  return requests.filter((address) => new URL(address).origin !== server.url);
}

/** What axe finds wrong, in words. It is put in by the debugger, which the page's policy does not bind. */
async function listViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResults;
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.flat().join(' ')}: ${failureSummary}`),
  );
}

for (const kind of ['captured', 'demo'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    describe(`on ${kind} data, in ${colorScheme}`, () => {
      for (const path of PAGES) {
        it(`${path} loads with no fault, no foreign request and nothing inaccessible`, async () => {
          await withPage(servers[kind], path, colorScheme, async (page) => {
            assert.deepEqual(await listViolations(page), []);
          });
        });
      }

      it('/ shows the bodies of a chosen call with no fault and nothing inaccessible', async () => {
        await withPage(servers[kind], '/', colorScheme, async (page) => {
          const grid = await page.waitForSelector('hm-calls >>> [role="grid"]');
          await grid!.focus();
          await page.keyboard.press('Enter');
          await waitForLoads(page, ['hm-body-viewer']);
          assert.deepEqual(await listViolations(page), []);
        });
      });
    });
  }
}

describe('the index page', () => {
  it('loads no more JavaScript before any click than it promises, the chart of spend apart', async () => {
    const { page, requests } = await openWatched(browser, 'light');
    await page.setViewport({ width: 1366, height: 900 });
    await page.goto(servers.demo.url);
    for (const name of ['hm-status', 'hm-spend', 'hm-attention', 'hm-projects']) await waitForLoad(page, name);
    await page.waitForSelector('hm-spend >>> canvas');
    await page.waitForSelector('hm-status >>> .live');
    await page.browserContext().close();
    const prefix = '/elements/';
    const loaded = [...new Set(requests.map((address) => new URL(address).pathname))]
      .filter((path) => path.endsWith('.js'))
      .map((path) => path.slice(prefix.length));
    const charts = loaded.filter((file) => /^chunks\/spend-(part|chart)-/.test(file));
    assert.equal(charts.length, 2, loaded.join(', '));
    const initial = (await measurePage(DIST)).parts.map(([part]) => part);
    const others = loaded.filter((file) => !charts.includes(file));
    const ofCharts = (await Promise.all(charts.map((file) => listModules(DIST, file)))).flat();
    // What the list of what needs care needs as well is not the chart's alone.
    const attention = others.find((file) => file.startsWith('chunks/attention-'))!;
    const kept = new Set([...initial, ...(await listModules(DIST, attention))]);
    const { bytes, words } = await weighRequests(
      DIST,
      requests,
      (file) => others.includes(file) && (kept.has(file) || !ofCharts.includes(file)),
    );
    assert.ok(bytes > 0 && bytes <= PAGE_LIMIT, words);
    assert.ok(!loaded.some((file) => file.startsWith('chunks/calls-section-')), 'Calls that nobody sees were loaded');
  });

  for (const width of [390, 1366, 1920]) {
    it(`fits a window ${width} pixels wide`, async () => {
      await withPage(servers.demo, '/', 'light', async (page) => {
        await page.setViewport({ width, height: 900 });
        // What is drawn by its width is drawn anew a frame later.
        await page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth);
      });
    });
  }

  it('opens at localhost when it is opened at 127.0.0.1', async () => {
    const { page, faults } = await openWatched(browser, 'light');
    await page.goto(`http://127.0.0.1:${servers.captured.port}/hm-pricing?tz=UTC`);
    assert.equal(page.url(), `${servers.captured.url}/hm-pricing?tz=UTC`);
    assert.deepEqual(faults, []);
    await page.browserContext().close();
  });

  it('says in plain sight that demo data are demo data', async () => {
    await withPage(servers.demo, '/', 'light', async (page) => {
      await page.waitForFunction(() =>
        /demo data/i.test(document.querySelector('hm-status')?.shadowRoot?.textContent ?? ''),
      );
    });
  });
});
