import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Database from 'libsql';
import type { WireStatus } from '../../src/api/status.js';
import { createApp } from '../../src/server/app.js';
import { EventStreams } from '../../src/server/event-streams.js';
import { listenOnLoopback } from '../../src/server/listen.js';
import type { OwnPages } from '../../src/server/own-pages.js';
import { createRequestListener } from '../../src/server/request-listener.js';
import type { Source } from '../../src/server/source.js';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import { listPages, readStaticFiles } from '../../src/server/static-files.js';
import { makeFolder, removeFolder } from '../built-server.js';
import { insertRows, loadCaptured, readCaptured } from './fixture-database.js';

export interface AppServer {
  readonly port: number;
  /** Lines the server has logged. */
  readonly log: string[];
  readonly events: EventStreams;
  close(): Promise<void>;
}

const PAGES: Readonly<Record<string, string>> = {
  'demo/index.html': '<!doctype html><title>index</title>',
  'demo/hm-calls.html': '<!doctype html><title>calls</title>',
  'demo/page.css': 'body { margin: 0 }',
  'demo/favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'demo/notes.txt': 'not served',
  'elements/hm-calls.js': 'import "./chunks/lit-AAAA.js";',
  'elements/chunks/lit-AAAA.js': 'export {};',
};

/** The real listeners, guard, routes and static files over a source; `folder` takes the files, `now` is the clock. */
export async function startApp(
  source: Source,
  folder: string,
  { now, ownPages }: { readonly now?: () => number; readonly ownPages?: OwnPages } = {},
): Promise<AppServer> {
  for (const [name, content] of Object.entries(PAGES)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const files = await readStaticFiles(folder);
  const log: string[] = [];
  const readStatus = async (): Promise<WireStatus> => ({
    source: 'database',
    daemon: NO_DAEMON,
    ...(await source.status()),
  });
  const events = new EventStreams({ source, readDaemon: () => Promise.resolve(NO_DAEMON) });
  const app = createApp({
    source,
    readStatus,
    events,
    files,
    log: (line) => log.push(line),
    ...(ownPages && { ownPages }),
    ...(now && { now }),
  });
  const house = { port: 0, pages: listPages(files) };
  const listening = await listenOnLoopback(0, (request, response) => {
    createRequestListener(app, { ...house, port: listening.port })(request, response);
  });
  const close = async (): Promise<void> => {
    events.close();
    ownPages?.close();
    await listening.close();
    await source.close();
  };
  return { port: listening.port, log, events, close };
}

const NO_DAEMON: WireStatus['daemon'] = {
  url: 'http://127.0.0.1:8765',
  reachable: false,
  unreachable_since: null,
  version: null,
  active_requests: null,
};

/** The id of a call without a body, which no path can hold as it is. */
export const ODD_ID = 'odd/id ?#%2F\u00e9"<b>';

/** A captured call with both bodies. */
export const STORED = readCaptured().request_bodies.find(
  (row) => row.request_body !== null && row.response_body !== null,
)!;

export interface CapturedApp extends AppServer {
  /** The database that is served, open for writing as the daemon has it. */
  readonly db: Database.Database;
}

/** The real server on the captured rows and one call more, `ODD_ID`. */
export async function startCapturedApp(): Promise<CapturedApp> {
  const folder = await makeFolder();
  const path = join(folder, 'db.sqlite');
  const db = loadCaptured(path);
  const [first] = readCaptured().requests;
  insertRows(db, 'requests', [{ ...first!, id: ODD_ID }]);
  const server = await startApp(await openDatabaseSource(path), folder);
  const close = async (): Promise<void> => {
    await server.close();
    db.close();
    await removeFolder(folder);
  };
  return { ...server, db, close };
}
