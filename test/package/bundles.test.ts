import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { build, createServer as createVite, type ViteDevServer } from 'vite';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../built-server.js';
import { launchBrowser, openWatched, waitForLoads, type Watched } from '../page/browser.js';
import { loadCaptured } from '../server/fixture-database.js';
import { openBodies } from './open-bodies.js';
import { copyProject, makeProject, packPackage, ROOT, runNode } from './packed.js';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const VITE = join(ROOT, 'node_modules/vite/bin/vite.js');

const PROJECT = 'hm-projects >>> th[scope="row"] button[aria-pressed]';

/** What somebody else's page holds; `{daemon}` is our server's address. */
const EMBEDDER_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Somebody else's page</title>
    <link rel="icon" href="data:," />
    <script type="module" src="./main.js"></script>
  </head>
  <body>
    <hm-scope daemon="{daemon}">
      <hm-projects></hm-projects>
      <hm-calls></hm-calls>
      <hm-body-viewer></hm-body-viewer>
    </hm-scope>
  </body>
</html>
`;
const EMBEDDER_SCRIPT = `
import { FilterEvent } from 'hm-elements/events.js';
import 'hm-elements/hm-body-viewer.js';
import 'hm-elements/hm-calls.js';
import 'hm-elements/hm-projects.js';
// Last: those before it must wait for the daemon that it names.
import 'hm-elements/hm-scope.js';
document.addEventListener('hm-filter', (event) => {
  if (event instanceof FilterEvent) document.title = 'FilterEvent of ' + event.change.project;
});
`;

let folder: string;
let embedder: string;
let browser: Browser;
let server: BuiltServer;
let vite: ViteDevServer;
let pages: Readonly<Record<'built' | 'dev', Server>>;

async function listen(opened: Server): Promise<Server> {
  await once(opened.listen(0, 'localhost'), 'listening');
  return opened;
}

function addressOf(opened: Server): string {
  return `http://localhost:${(opened.address() as AddressInfo).port}`;
}

/** A server that knows nothing but files. */
function serveFiles(root: string): RequestListener {
  return (request, response) => {
    const path = request.url === '/' ? '/index.html' : request.url!;
    readFile(join(root, path)).then(
      (bytes) => response.setHeader('Content-Type', TYPES[extname(path)] ?? 'text/plain').end(bytes),
      () => response.writeHead(404).end(),
    );
  };
}

before(async () => {
  folder = await makeFolder();
  const tarball = join(folder, await packPackage(folder));
  const database = join(folder, 'captured.sqlite');
  const calls = loadCaptured(database);
  // Of this hour, for pages that show the newest days.
  calls.exec(
    "UPDATE requests SET requested_at = strftime('%Y-%m-%d %H:%M', 'now', '-1 hour') || substr(requested_at, 17)",
  );
  calls.close();

  embedder = join(folder, 'embedder');
  await mkdir(embedder);
  await makeProject(embedder, tarball, []);
  await writeFile(join(embedder, 'package.json'), '{ "name": "embedder", "private": true, "type": "module" }');
  await writeFile(join(embedder, 'main.js'), EMBEDDER_SCRIPT);

  await copyProject('demo/react', join(folder, 'react'), tarball, [
    'lit',
    'react',
    'react-dom',
    '@types/react',
    'vite',
  ]);
  await copyProject('demo/vue', join(folder, 'vue'), tarball, ['typescript', 'vite', 'vue']);
  const plugin = join(folder, 'vue/node_modules/@vitejs/plugin-vue');
  await mkdir(plugin, { recursive: true });
  await cp(new URL('plugin-vue.mjs', import.meta.url), join(plugin, 'index.js'));
  await writeFile(
    join(plugin, 'package.json'),
    '{ "name": "@vitejs/plugin-vue", "type": "module", "exports": "./index.js" }',
  );
  for (const name of ['react', 'vue']) {
    const outDir = join(folder, 'pages', name);
    await runNode([VITE, 'build', '--outDir', outDir, '--logLevel', 'warn'], join(folder, name));
  }

  const dev = createServer();
  vite = await createVite({
    root: embedder,
    configFile: false,
    logLevel: 'warn',
    server: { middlewareMode: true, hmr: { server: dev } },
  });
  dev.on('request', vite.middlewares);
  pages = { built: await listen(createServer(serveFiles(join(embedder, 'dist')))), dev: await listen(dev) };
  const allowed = Object.values(pages).flatMap((opened) => ['--allow-origin', addressOf(opened)]);
  server = await startBuilt(['--db', database, '--pages', join(folder, 'pages'), ...allowed], folder);
  await writeFile(join(embedder, 'index.html'), EMBEDDER_PAGE.replace('{daemon}', server.url));
  await build({ root: embedder, configFile: false, logLevel: 'warn' });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await vite?.close();
  for (const opened of Object.values(pages ?? {})) opened.close().closeAllConnections();
  await server?.stop();
  await removeFolder(folder);
});

async function withPage(address: string, use: (page: Page, watched: Watched) => Promise<void>): Promise<void> {
  const watched = await openWatched(browser, 'light');
  const { page, faults } = watched;
  try {
    await page.goto(address);
    await use(page, watched);
    assert.deepEqual(faults, []);
  } catch (error) {
    throw faults.length > 0 ? new Error(faults.join('\n'), { cause: error }) : error;
  } finally {
    await page.browserContext().close();
  }
}

describe('elements in a bundle of somebody else’s, at another origin,', () => {
  for (const kind of ['built', 'dev'] as const) {
    it(`show calls and, by a worker, bodies, where Vite has ${kind === 'dev' ? 'served' : 'built'} the page`, async () => {
      await withPage(`${addressOf(pages[kind])}/`, async (page, { requests }) => {
        await waitForLoads(page, ['hm-projects', 'hm-calls']);
        const worker = await openBodies(page);
        assert.equal(worker.origin, addressOf(pages[kind]));
        assert.match(worker.pathname, /body-worker[\w-]*\.js$/);
        const others = new Set(requests.map((address) => new URL(address).origin));
        assert.deepEqual([...others].sort(), [addressOf(pages[kind]), server.url].sort());
        await (await page.waitForSelector(PROJECT))!.click();
        await page.waitForFunction(() => document.title === 'FilterEvent of cap');
      });
    });
  }
});

for (const name of ['React', 'Vue']) {
  describe(`the example in ${name}`, () => {
    it('shows rows, gives the elements its filter, and hears what a user asks for', async () => {
      await withPage(`${server.url}/pages/${name.toLowerCase()}/`, async (page) => {
        await waitForLoads(page, ['hm-projects', 'hm-calls']);
        await page.select('select', '24h');
        await page.waitForFunction(
          () => (document.querySelector('hm-scope') as unknown as { filter: { last?: string } }).filter.last === '24h',
        );
        const button = (await page.waitForSelector(PROJECT))!;
        const project = await button.evaluate(({ textContent }) => textContent);
        await button.click();
        await page.waitForFunction((slug) => document.querySelector('output')!.textContent === slug, {}, project);
      });
    });
  });
}
