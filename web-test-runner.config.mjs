import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { tsImport } from 'tsx/esm/api';
import { countReporter } from './scripts/count-reporter.mjs';
import { findBrowser } from './scripts/find-browser.mjs';
import { forwardApi } from './test/api-forwarder.mjs';

const browser = await findBrowser();
const { TestServers } = await tsImport('./test/test-servers.ts', import.meta.url);
const servers = new TestServers();

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** The runner listens on every interface; its pages are for this machine only. */
function refuseOthers(context, next) {
  return LOOPBACK.has(context.req.socket.remoteAddress) ? next() : context.req.socket.destroy();
}

/** The built worker stands beside the elements, its source does not; and a page of another origin may start it. */
function findWorker(context, next) {
  context.set('Access-Control-Allow-Origin', '*');
  const [, name] = /^\/components\/([\w-]+-worker)\.js$/.exec(context.path) ?? [];
  if (name !== 'body-worker') return next();
  context.type = 'text/javascript';
  context.body = `import '/src/parts/${name}.ts';`;
}

export default {
  files: 'test/browser/**/*.test.ts',
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  nodeResolve: true,
  concurrency: 1,
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: browser.executablePath, args: browser.args, env: browser.env, headless: true },
    }),
  ],
  middleware: [refuseOthers, findWorker, forwardApi((kind) => servers.find(kind).then(({ port }) => port))],
  plugins: [
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)) }),
    { name: 'test-servers', serverStop: () => servers.stop() },
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  reporters: [defaultReporter(), countReporter()],
  // The first test that asks the demo's server waits until that has made its database; a machine may have much else to do.
  testFramework: { config: { ui: 'bdd', timeout: 60_000 } },
  testsFinishTimeout: 300_000,
};
