import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { listModules, VIEWER_LIMIT } from '../../scripts/measure-size.mjs';
import type { BuiltServer } from '../built-server.js';
import { TestServers } from '../test-servers.js';
import { launchBrowser, openWatched } from './browser.js';
import { weighRequests, type Weighed } from './weigh-modules.js';

const DIST = new URL('../../dist/', import.meta.url);
/** What a page loads a moment after it has drawn counts as well. */
const REST_MS = 500;
/** A plain call of test/fixtures/captured.json, with a conversation on both sides. */
const CAPTURED = '3c4fa084-db68-46f6-9126-efb05759b208';

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

/** The viewer's own page has a scope around it, which is not weighed: what it alone imports. */
const ofScope = new Set(await listModules(DIST, 'hm-scope.js'));
for (const module of await listModules(DIST, 'hm-body-viewer.js')) ofScope.delete(module);

/** The viewer's own page with one call chosen: all that it loads by itself until it rests. */
async function load(server: BuiltServer, call: string): Promise<Weighed> {
  const { page, requests, faults } = await openWatched(browser, 'light');
  await page.setViewport({ width: 1366, height: 900 });
  await page.goto(`${server.url}/hm-body-viewer`);
  await page.$eval('hm-body-viewer', (element, id) => (element.calls = [id]), call);
  await page.waitForFunction(
    () => {
      const root = document.querySelector('hm-body-viewer')?.shadowRoot;
      const turns = root?.querySelectorAll('.pane.request .turn, .pane.response .turn') ?? [];
      return turns.length >= 2 && root!.querySelector('.waiting, [part="loading"]') === null;
    },
    { polling: 'raf' },
  );
  // The stream of events stays open.
  await page.waitForNetworkIdle({ idleTime: REST_MS, concurrency: 1 });
  await page.browserContext().close();
  assert.deepEqual(faults, []);
  return weighRequests(DIST, requests, (module) => module !== 'body-worker.js' && !ofScope.has(module));
}

/** The newest call of the demo that has bodies and went well. */
async function findDemoCall(): Promise<string> {
  const params = new URLSearchParams({ body_state: 'stored', status: 'success', limit: '1' });
  const answer = await fetch(`${servers.demo.url}/api/calls?${params}`);
  const { calls } = (await answer.json()) as { calls: { id: string }[] };
  return calls[0]!.id;
}

describe('the bodies of one call alone on a page, without any click,', () => {
  for (const kind of ['captured', 'demo'] as const) {
    it(`load at most ${VIEWER_LIMIT} bytes of JavaScript, gzip, until the conversation of a call of ${kind} data is drawn and all rests`, async () => {
      const { bytes, modules, words } = await load(servers[kind], kind === 'demo' ? await findDemoCall() : CAPTURED);
      assert.ok(modules.includes('hm-body-viewer.js'), words);
      assert.ok(bytes <= VIEWER_LIMIT, words);
    });
  }
});
