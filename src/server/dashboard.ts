import type { Hono } from 'hono';
import type { WireStatus } from '../api/status.js';
import { createApp } from './app.js';
import { DaemonConfigFile, DEFAULT_CAPTURE, findApiPort } from './daemon-config.js';
import { DaemonProbe } from './daemon-probe.js';
import { EventStreams } from './event-streams.js';
import { findDatabase } from './find-database.js';
import type { Options } from './options.js';
import { OwnPages } from './own-pages.js';
import { openDatabaseSource } from './sources/database/database-source.js';
import { startDemo } from './sources/demo/demo.js';
import { SourceError, type Source } from './source.js';
import type { StaticFiles } from './static-files.js';

/** The demo is the same for everyone who starts it at the same time. */
const DEMO_SEED = 1;

export interface Dashboard {
  readonly app: Hono;
  /** What is shown and why, and what is wrong with the daemon's settings: lines for the terminal. */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  /** Ends the streams of events, lets go of the database, and removes the demo's. */
  close(): Promise<void>;
}

export interface DashboardParts {
  readonly options: Pick<Options, 'db' | 'source' | 'pages'>;
  /** The user's home folder, where the daemon keeps its files. */
  readonly home: string;
  readonly version: string;
  readonly files: StaticFiles;
  readonly log: (line: string) => void;
}

interface OpenedSource {
  readonly kind: 'database' | 'demo';
  readonly source: Source;
  /** One sentence: why this source. */
  readonly reason: string;
  close(): Promise<void>;
}

/**
 * Finds what to show and makes the app that shows it.
 * @throws StartError where the database or the folder of pages that was named is not there.
 */
export async function openDashboard({ options, home, version, files, log }: DashboardParts): Promise<Dashboard> {
  const ownPages = options.pages === null ? null : await OwnPages.open(options.pages);
  const configFile = new DaemonConfigFile(home);
  const probe = new DaemonProbe(async () => findApiPort(home, await configFile.read()));
  const opened = await chooseSource(options, home, configFile, probe);
  const { source, kind, reason } = opened;
  const startedAt = new Date().toISOString();
  const events = new EventStreams({ source, readDaemon: () => probe.ask() });

  async function readStatus(): Promise<WireStatus> {
    const [known, daemon] = await Promise.all([source.status(), probe.ask()]);
    return { source: kind, reason, server: { version, started_at: startedAt }, daemon, ...known };
  }

  return {
    app: createApp({ source, readStatus, events, files, ownPages, log }),
    notes: [await describe(opened)],
    warnings: (await configFile.read()).warnings,
    async close() {
      events.close();
      ownPages?.close();
      await opened.close();
    },
  };
}

async function chooseSource(
  options: DashboardParts['options'],
  home: string,
  configFile: DaemonConfigFile,
  probe: DaemonProbe,
): Promise<OpenedSource> {
  if (options.source === 'demo') return openDemo('Showing demo data, as asked: made-up calls.');
  const found = await findDatabase(options.db, await configFile.read(), home);
  if (found.kind === 'found') {
    const source = await openDatabaseSource(found.path, { config: async () => (await configFile.read()).capture });
    return { kind: 'database', source, reason: `Showing ${found.described}, read only.`, close: () => source.close() };
  }
  const daemon = await probe.ask();
  const reason = daemon.reachable
    ? `A Halton Meter daemon answers at ${daemon.url}, but its database is not at ${found.looked}: showing demo data. Pass its file with --db FILE.`
    : `No Halton Meter found here (looked for ${found.looked} and ${daemon.url}): showing demo data.`;
  return openDemo(reason);
}

async function openDemo(reason: string): Promise<OpenedSource> {
  const demo = await startDemo({ seed: DEMO_SEED, now: new Date() });
  try {
    const source = await openDatabaseSource(demo.path, { config: () => Promise.resolve(DEFAULT_CAPTURE) });
    const close = async (): Promise<void> => {
      await source.close();
      await demo.stop();
    };
    return { kind: 'demo', source, reason, close };
  } catch (error) {
    await demo.stop();
    throw error;
  }
}

/** The reason, with what the database holds just now. */
async function describe({ kind, source, reason }: OpenedSource): Promise<string> {
  if (kind === 'demo') return reason;
  try {
    const { database } = await source.status();
    if (database === null) return reason;
    const calls = `${groupDigits(database.calls)} ${database.calls === 1 ? 'call' : 'calls'}`;
    return reason.replace(/, read only\.$/, ` (schema ${database.schema_version}, ${calls}), read only.`);
  } catch (error) {
    if (error instanceof SourceError) return `${reason} It can not be read just now: ${error.message}`;
    throw error;
  }
}

/** `1,234,567`. Intl would do it too, and take five megabytes of this process to load its tables. */
function groupDigits(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}
