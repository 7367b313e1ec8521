import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { openDashboard, type Dashboard } from './dashboard.js';
import { StartError } from './find-database.js';
import { keepHeapsSmall } from './heap.js';
import { listenOnLoopback, PortTakenError, type Listening } from './listen.js';
import { openPage } from './open-page.js';
import { HELP, OptionError, parseOptions, type Options } from './options.js';
import { onlyForOwnUser } from './own-user.js';
import { createRequestListener } from './request-listener.js';
import { listPages, readStaticFiles, type StaticFiles } from './static-files.js';
import { complain, say } from './terminal.js';

/** The longest that ending may take before it is cut short. */
const CLOSE_TIMEOUT_MS = 900;

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

const open: { listening?: Listening; dashboard?: Dashboard } = {};

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

async function run(options: Options): Promise<void> {
  keepHeapsSmall();
  const { promise: ready, resolve: serve } = withResolvers<RequestListener>();
  const listening = await listenOnLoopback(options.port, (request, response) => {
    void ready.then((listener) => listener(request, response));
  });
  open.listening = listening;

  const files = await readBuiltFiles();
  const version = readVersion();
  const dashboard = await openDashboard({
    options,
    home: homedir(),
    version,
    files,
    log: complain,
    port: listening.port,
  });
  open.dashboard = dashboard;
  const guarded = await onlyForOwnUser(
    createRequestListener(dashboard.app, {
      port: listening.port,
      pages: listPages(files),
      allowedOrigins: options.allowedOrigins,
    }),
  );
  serve(guarded.listener);

  const url = `http://localhost:${listening.port}`;
  say(`hm-elements ${version} at ${url}`);
  dashboard.notes.forEach(say);
  if (options.pages !== null) say(`Pages of ${options.pages} at ${url}/pages/`);
  for (const origin of options.allowedOrigins) say(`Pages of ${origin} may hold elements, and read what they show.`);
  dashboard.warnings.forEach(complain);
  if (!guarded.isGuarded) complain('Other users of this machine, if there are any, can read this page too.');
  if (options.open && !(await openPage(url))) complain(`There is no program here to open ${url} with.`);
}

async function readBuiltFiles(): Promise<StaticFiles> {
  try {
    return await readStaticFiles(fileURLToPath(new URL('..', import.meta.url)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new StartError('The pages are not built yet: run npm run build.');
  }
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

async function close(): Promise<void> {
  const cut = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_TIMEOUT_MS).unref());
  // The source first: streams end as they should before their connections are cut.
  const end = async (): Promise<void> => {
    await open.dashboard?.close();
    await open.listening?.close();
  };
  await Promise.race([end().catch(() => undefined), cut]);
}

async function fail(error: unknown): Promise<void> {
  if (error instanceof PortTakenError || error instanceof StartError) complain(`hm-elements: ${error.message}`);
  else
    String(error instanceof Error ? error.stack : error)
      .split('\n')
      .forEach(complain);
  await close();
  process.exit(EXIT_FAILED);
}

function readOptions(): Options {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    complain(`hm-elements: ${error.message} See hm-elements --help.`);
    process.exit(EXIT_USAGE);
  }
}

const options = readOptions();
if (options.help) process.stdout.write(`${HELP}\n`);
else if (options.version) say(readVersion());
else {
  // Without a reader (`hm-elements | head -1`) there is nobody to tell, and no reason to stop serving.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void close().then(() => process.exit(0)));
  }
  run(options).catch(fail);
}
