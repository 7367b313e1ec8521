import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WireStatus } from '../../src/api/status.js';
import { createApp } from '../../src/server/app.js';
import { EventStreams } from '../../src/server/event-streams.js';
import { listenOnLoopback } from '../../src/server/listen.js';
import { createRequestListener } from '../../src/server/request-listener.js';
import type { Source } from '../../src/server/source.js';
import { listPages, readStaticFiles } from '../../src/server/static-files.js';

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

/** The real listeners, guard, routes and static files over a source; `folder` takes the files. */
export async function startApp(source: Source, folder: string): Promise<AppServer> {
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
  const app = createApp({ source, readStatus, events, files, log: (line) => log.push(line) });
  const house = { port: 0, pages: listPages(files) };
  const listening = await listenOnLoopback(0, (request, response) => {
    createRequestListener(app, { ...house, port: listening.port })(request, response);
  });
  const close = async (): Promise<void> => {
    events.close();
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
