import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { makeFolder, removeFolder } from '../built-server.js';
import { ask } from '../server/ask.js';
import { launchBrowser, openWatched, waitForLoads, type Watched } from './browser.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
let browser: Browser;
let server: ChildProcess;
let port: number;

before(async () => {
  folder = await makeFolder();
  browser = await launchBrowser();
  server = spawn(process.execPath, ['scripts/dev.mjs', '--port', '0', '--demo', '--pages', folder], {
    cwd: ROOT,
    env: { ...process.env, HOME: folder, USERPROFILE: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  server.stdout!.setEncoding('utf8');
  while (!/:\d+\n/.test(output)) output += String((await once(server.stdout!, 'data'))[0]);
  port = Number(/http:\/\/localhost:(\d+)\n/.exec(output)![1]);
});

after(async () => {
  const ended = once(server, 'exit');
  server.kill();
  await Promise.all([ended, browser.close()]);
  await removeFolder(folder);
});

async function openIndex(): Promise<Watched> {
  const watched = await openWatched(browser, 'light');
  await watched.page.goto(`http://localhost:${port}/`);
  await waitForLoads(watched.page, ['hm-calls']);
  return watched;
}

/** A page that keeps its place in its history navigates too, by the browser's word: only a load is a load. */
const nextLoad = (page: Page): Promise<void> => new Promise((resolve) => page.once('load', () => resolve()));

describe('npm run dev', () => {
  it('shows the pages from their sources, with the same API, under the same policy', async () => {
    const { page, faults, requests } = await openIndex();
    assert.ok(requests.some((address) => address.endsWith('/src/controllers/scope.ts')));
    assert.deepEqual(
      faults.filter((fault) => !/Lit is in dev mode|change-in-update/.test(fault)),
      [],
    );
    await page.browserContext().close();
  });

  for (const file of ['src/controllers/scope.ts', 'components/hm-calls.ts', 'demo/page.css', 'demo/index.html']) {
    it(`loads the page again when ${file} is saved`, async () => {
      const { page } = await openIndex();
      await page.evaluate('window.__WDS_WEB_SOCKET__.webSocketOpened');
      const again = nextLoad(page);
      const now = new Date();
      await utimes(new URL(`../../${file}`, import.meta.url), now, now);
      await again;
      await waitForLoads(page, ['hm-calls']);
      await page.browserContext().close();
    });
  }

  it('has the frames of elements, and the pages of a folder, which load anew when they are saved', async () => {
    const frame = await openWatched(browser, 'light');
    await frame.page.goto(`http://localhost:${port}/embed/hm-status`);
    await waitForLoads(frame.page, ['hm-status']);
    await frame.page.waitForSelector('.embed pre');
    assert.equal((await ask(port, '/embed/hm-none')).status, 404);
    await frame.page.browserContext().close();

    const path = join(folder, 'mine.html');
    const html = '<!doctype html><script type="module" src="/elements/hm-status.js"></script><hm-status></hm-status>';
    await writeFile(path, html);
    const own = await openWatched(browser, 'light');
    await own.page.goto(`http://localhost:${port}/pages/mine.html`);
    await waitForLoads(own.page, ['hm-status']);
    const again = nextLoad(own.page);
    await writeFile(path, `${html}<p>saved`);
    await again;
    await own.page.waitForSelector('p');
    await own.page.browserContext().close();
  });

  it('keeps the same guard, and serves nothing else of the project', async () => {
    assert.equal((await ask(port, '/', { host: 'evil.example' })).status, 421);
    assert.equal((await ask(port, '/api/calls', { headers: { Origin: 'http://evil.example' } })).status, 403);
    for (const path of [
      '/package.json',
      '/.git/config',
      '/src/server/main.ts',
      '/test/page/dev.test.ts',
      '/__wds-outside-root__/1/etc/passwd',
    ]) {
      assert.equal((await ask(port, path)).status, 404, path);
    }
  });

  it('lets no page of another origin listen for changes', async () => {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    };
    await assert.rejects(ask(port, '/wds', { headers: { ...headers, Origin: 'http://evil.example' } }), {
      code: 'ECONNRESET',
    });
  });
});
