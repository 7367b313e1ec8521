import { EventEmitter } from 'node:events';
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { openDashboard } from './dist/server/dashboard.js';
import { ELEMENT_HEADERS, PAGE_HEADERS } from './dist/server/headers.js';
import { listenOnLoopback } from './dist/server/listen.js';
import { parseOptions } from './dist/server/options.js';
import { onlyForOwnUser } from './dist/server/own-user.js';
import { createRequestListener, judge, turnAway } from './dist/server/request-listener.js';
import { makeManifest } from './scripts/make-manifest.mjs';

// The same app and API as `npm start`, with pages and modules straight from their sources. @web/dev-server would listen
// on every interface, so it only handles what our own two loopback listeners and the guard have let in.

const root = fileURLToPath(new URL('.', import.meta.url));
const RELOAD = '/__reload.js';

/** Folders whose files a module may import, and what the server of pages brings itself. */
const SERVED = /^\/(components|src(?!\/server\/)|demo|node_modules)\/|^\/__web-dev-server__|^\/__reload\.js$/;

/** Folders of pages; the others beside them are projects that are built by themselves. */
const PAGE_FOLDERS = ['', 'examples/'];

/** Modules beside the elements, each with where its source stands. */
const MODULES = new Map([
  ['body-worker', '/src/parts/body-worker.ts'],
  ['embed-frame', '/src/parts/embed-frame.ts'],
  ['follow-pages', '/src/controllers/follow-pages.ts'],
]);

const options = parseOptions(process.argv.slice(2));
if (options.token)
  throw new Error('The development server does not take --token: it reloads pages by addresses without it.');
const upgrades = new EventEmitter();
/** @type {import('node:http').RequestListener} */
let servePage;

const dashboard = await openDashboard({
  options,
  home: homedir(),
  version: 'dev',
  // Frames are made for elements that are there; what they are made of is served from its sources.
  files: new Map(
    readdirSync(new URL('components/', import.meta.url)).map((name) => [
      `/elements/${name.replace(/\.ts$/, '.js')}`,
      { bytes: new Uint8Array(), type: 'text/javascript', etag: '""', role: 'element', isImmutable: false },
    ]),
  ),
  log: console.error,
});
const { listener } = await onlyForOwnUser((request, response) => {
  const house = findHouse();
  const verdict = judge(request, house);
  if (verdict.kind !== 'pass') turnAway(request, response, verdict);
  else if (/^\/(api|embed|pages)(\/|$|\?)/.test(request.url))
    createRequestListener(dashboard.app, house)(request, response);
  else servePage(request, response);
});
const listening = await listenOnLoopback(options.port, listener);
for (const server of listening.servers) {
  server.on('upgrade', (request, socket, head) => {
    if (judge(request, findHouse()).kind === 'pass') upgrades.emit('upgrade', request, socket, head);
    else socket.destroy();
  });
}

function findHouse() {
  const pages = PAGE_FOLDERS.flatMap((folder) =>
    readdirSync(new URL(`demo/${folder}`, import.meta.url)).map((name) => folder + name),
  ).filter((name) => name.endsWith('.html'));
  const paths = pages.map((name) => (name === 'index.html' ? '/' : `/${name.slice(0, -'.html'.length)}`));
  return { port: listening.port, pages: new Set(paths) };
}

/** The source of what the built server has at this path. */
function findSource(path, pages) {
  if (path === '/') return '/demo/index.html';
  if (pages.has(path)) return `/demo${path}.html`;
  const [, name] = /^\/elements\/([\w-]+)\.(?:js|ts)$/.exec(path) ?? [];
  if (name === 'gallery') return '/src/gallery/gallery.ts';
  if (name !== undefined) return `/components/${name}.ts`;
  return /^\/(?:examples\/)?[\w-]+\.(css|svg|png|js)$/.test(path) && !path.startsWith('/__') ? `/demo${path}` : path;
}

function mapToSources() {
  return async (context, next) => {
    const [, module] = /^\/elements\/([\w-]+)\.js$/.exec(context.path) ?? [];
    const source = MODULES.get(module);
    if (source !== undefined) {
      // Its source stands elsewhere, and what it imports is found from there.
      context.set(ELEMENT_HEADERS);
      context.type = 'text/javascript';
      context.body = `import '${source}';`;
      return;
    }
    if (context.path === '/custom-elements.json') {
      context.set(ELEMENT_HEADERS);
      context.type = 'application/json';
      context.body = JSON.stringify(await makeManifest(root));
      return;
    }
    context.path = findSource(context.path, findHouse().pages);
    if (!SERVED.test(context.path)) return;
    await next();
    context.set(context.path.endsWith('.html') ? PAGE_HEADERS : ELEMENT_HEADERS);
  };
}

/** Live reload without what a page's strict policy forbids (@web/dev-server's own imports a data: address). */
function reloadPlugin() {
  return {
    name: 'reload',
    injectWebSocket: true,
    serve: (context) => (context.path === RELOAD ? 'export default () => location.reload();' : undefined),
    serverStart({ app, fileWatcher, webSockets }) {
      servePage = app.callback();
      for (const event of ['change', 'unlink']) fileWatcher.on(event, () => webSockets.sendImport(RELOAD));
    },
    async serverStop() {
      await dashboard.close();
      await listening.close();
    },
  };
}

/** One address for one element: a tag that imports another would otherwise load it a second time under its source's name. */
function oneAddressPlugin() {
  return {
    name: 'one-address',
    transformImport({ source, context }) {
      if (context.path.startsWith('/components/') && source.startsWith('./')) return source.replace(/\.ts$/, '.js');
    },
  };
}

export default {
  rootDir: root,
  port: listening.port,
  middlewareMode: { server: upgrades },
  nodeResolve: true,
  clearTerminalOnReload: false,
  middleware: [mapToSources()],
  plugins: [
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)) }),
    reloadPlugin(),
    oneAddressPlugin(),
  ],
  notes: [`hm-elements, sources, at http://localhost:${listening.port}`, ...dashboard.notes, ...dashboard.warnings],
};
