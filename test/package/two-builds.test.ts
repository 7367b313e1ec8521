import assert from 'node:assert/strict';
import { appendFile, cp, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../built-server.js';
import { launchBrowser, openWatched, waitForLoads } from '../page/browser.js';
import { loadCaptured } from '../server/fixture-database.js';
import { openBodies } from './open-bodies.js';
import { ROOT } from './packed.js';

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Two builds</title>
    <link rel="icon" href="/favicon.svg" />
    <script type="module" src="/elements/hm-scope.js"></script>
    <script type="module" src="/elements/second/hm-projects.js"></script>
    <script type="module" src="/elements/second/hm-body-viewer.js"></script>
    <script type="module" src="/elements/hm-calls.js"></script>
    <script type="module" src="/elements/second/hm-calls.js"></script>
    <script type="module" src="/elements/hm-status.js"></script>
    <script type="module" src="/elements/second/hm-scope.js"></script>
  </head>
  <body>
    <hm-status></hm-status>
    <hm-scope>
      <hm-projects></hm-projects>
      <hm-calls></hm-calls>
      <hm-body-viewer></hm-body-viewer>
    </hm-scope>
  </body>
</html>
`;

const PROJECT = 'hm-projects >>> th[scope="row"] button[aria-pressed]';

let folder: string;
let browser: Browser;
let server: BuiltServer;

// A server of ours with a second build of the elements beside its own, so that its own strict policy holds for both.
before(async () => {
  folder = await makeFolder();
  const dist = join(folder, 'dist');
  await cp(join(ROOT, 'dist'), dist, { recursive: true });
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const second = join(dist, 'elements/second');
  await cp(join(ROOT, 'dist/elements'), second, { recursive: true });
  for (const name of await readdir(join(second, 'chunks'))) {
    await appendFile(join(second, 'chunks', name), '\nglobalThis.hasSecondBuild = true;\n');
  }
  await writeFile(join(dist, 'demo/two-builds.html'), PAGE);
  const path = join(folder, 'captured.sqlite');
  loadCaptured(path).close();
  server = await startBuilt(['--db', path], folder, {}, join(dist, 'server/main.js'));
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await removeFolder(folder);
});

/** The addresses of the scripts that the page has loaded from one build's folder. */
function listLoaded(requests: readonly string[], build: 'first' | 'second'): readonly string[] {
  const paths = requests.map((address) => new URL(address).pathname).filter((path) => path.startsWith('/elements/'));
  return paths.filter((path) => path.startsWith('/elements/second/') === (build === 'second'));
}

function readTexts(page: Page, selector: string): Promise<string[]> {
  return page.$$eval(selector, (found) => found.map(({ textContent }) => textContent?.trim() ?? ''));
}

describe('two builds on one page, under our own policy,', () => {
  it('draw their elements, share a scope and start a worker, with nothing refused', async () => {
    const { page, faults, requests } = await openWatched(browser, 'light');
    try {
      const response = await page.goto(`${server.url}/two-builds`);
      assert.match(response!.headers()['content-security-policy']!, /trusted-types lit-html hm-worker$/);
      await waitForLoads(page, ['hm-status', 'hm-projects', 'hm-calls']);
      assert.equal(await page.evaluate('globalThis.hasSecondBuild'), true);
      for (const build of ['first', 'second'] as const) {
        const cores = listLoaded(requests, build).filter((path) => path.includes('/core-'));
        assert.equal(cores.length, 1, build);
      }

      // What a build of another day may say to all tabs.
      const asked = page.waitForResponse((answer) => answer.url().endsWith('/api/status'));
      await page.evaluate(() => {
        const channel = new BroadcastChannel(`hm-elements events ${location.origin}`);
        for (const message of [{ kind: 'calls', event: { news: 1 } }, { kind: 'news' }]) channel.postMessage(message);
      });
      await asked;

      // The scope is the first build's, the projects in it are the second's, the calls again the first's.
      const [project] = await readTexts(page, PROJECT);
      const before = await page.$eval('hm-calls', (calls) => calls.shadowRoot!.textContent);
      await page.evaluate(() => document.documentElement.setAttribute('data-loaded', ''));
      await (await page.waitForSelector(PROJECT))!.click();
      await waitForLoads(page, ['hm-calls']);
      const filter = await page.$eval('hm-scope', (scope) => (scope as unknown as { filter: object }).filter);
      assert.deepEqual(filter, { project: [project] });
      assert.notEqual(await page.$eval('hm-calls', (calls) => calls.shadowRoot!.textContent), before);

      assert.equal((await openBodies(page)).pathname, '/elements/second/body-worker.js');
      assert.deepEqual(faults, []);
    } catch (error) {
      throw faults.length > 0 ? new Error(faults.join('\n'), { cause: error }) : error;
    } finally {
      await page.browserContext().close();
    }
  });
});
