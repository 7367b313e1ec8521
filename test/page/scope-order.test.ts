import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchBrowser, openWatched, waitForLoads } from './browser.js';
import { OwnPages } from './own-pages.js';

const NAMES = ['hm-status', 'hm-projects', 'hm-calls'] as const;

let browser: Browser;
let own: OwnPages;

before(async () => {
  own = await OwnPages.start();
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await own.stop();
});

const writeScript = (name: string): string => `<script type="module" src="/elements/${name}.js"></script>`;

/** What a page that holds these elements in a scope asks the API for, until all are drawn. */
async function listAsked(scope: string, scripts: readonly string[]): Promise<readonly URL[]> {
  const head = '<!doctype html><title>scope</title><link rel="icon" href="/favicon.svg">';
  const elements = NAMES.map((name) => `<${name}></${name}>`).join('');
  const html = `${head}${scripts.map(writeScript).join('')}<hm-scope ${scope}>${elements}</hm-scope>`;
  await own.write('scope.html', html);
  const { page, faults, requests } = await openWatched(browser, 'light');
  await page.goto(`${own.server.url}/pages/scope.html?project=captured`);
  await waitForLoads(page, NAMES);
  await page.browserContext().close();
  assert.deepEqual(faults, []);
  return requests.map((address) => new URL(address)).filter(({ pathname }) => pathname.startsWith('/api/'));
}

describe('elements in a scope', () => {
  it('ask nothing before they know what it says, though its module comes last', async () => {
    const asked = await listAsked('url', [...NAMES, 'hm-scope']);
    const calls = asked.filter(({ pathname }) => pathname === '/api/calls');
    assert.ok(calls.length > 0);
    for (const { search } of calls) assert.match(search, /project=captured/);
  });

  it('ask by themselves where its module never comes', async () => {
    const asked = await listAsked('url', NAMES);
    assert.ok(asked.some(({ pathname, search }) => pathname === '/api/calls' && !search.includes('project=')));
  });
});
