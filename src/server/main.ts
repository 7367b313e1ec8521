import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { openDashboard, type Dashboard } from './dashboard.js';
import { StartError } from './find-database.js';
import { keepHeapsSmall } from './heap.js';
import { KEY_MINUTES, KeyGate } from './key-gate.js';
import { listenOnLoopback, PortTakenError, type Listening } from './listen.js';
import { openPage } from './open-page.js';
import { writeOpeningPage, type OpeningPage } from './opening-page.js';
import { HELP, OptionError, parseOptions, type Options } from './options.js';
import { onlyForOwnUser } from './own-user.js';
import { createRequestListener } from './request-listener.js';
import { listPages, readStaticFiles, type StaticFiles } from './static-files.js';
import { complain, say } from './terminal.js';

/** The longest that ending may take before it is cut short. */
const CLOSE_TIMEOUT_MS = 900;

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

const OPEN_TO_OTHERS =
  'Other users of this machine, if there are any, can read this page too: with --token it answers only to who knows an address.';

const open: { listening?: Listening; dashboard?: Dashboard; page?: OpeningPage } = {};

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
  const { allowedOrigins } = options;
  const house = { port: listening.port, pages: listPages(files), allowedOrigins };
  const url = `http://localhost:${listening.port}`;
  let address = url;
  const offer = (offered: string): void => {
    address = offered;
    say(`Open ${offered} (once, within ${KEY_MINUTES} minutes)`);
  };
  const gate = options.token ? new KeyGate({ port: listening.port, offer, warn: complain }) : null;
  const listener = createRequestListener(dashboard.app, gate === null ? house : { ...house, base: gate.base });
  const guarded = await onlyForOwnUser(gate === null ? listener : gate.guard(listener));
  serve(guarded.listener);

  say(`hm-elements ${version} at ${url}`);
  dashboard.notes.forEach(say);
  if (options.pages !== null)
    say(`Pages of ${options.pages} at ${gate === null ? `${url}/pages/` : 'pages/ below the address that opens'}`);
  for (const origin of allowedOrigins) say(`Pages of ${origin} may hold elements, and read what they show.`);
  dashboard.warnings.forEach(complain);
  gate?.offer();
  if (!guarded.isGuarded && gate === null) complain(OPEN_TO_OTHERS);
  if (options.open) await openAddress(address, gate !== null && !guarded.isGuarded);
}

/** `isSecret`: other users are to see nothing of the address, which they do in the list of programs. */
async function openAddress(address: string, isSecret: boolean): Promise<void> {
  if (isSecret) open.page = await writeOpeningPage(address);
  if (await openPage(open.page?.url ?? address)) return;
  complain(`There is no program here to open ${address} with.`);
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
    await open.page?.remove();
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
