import type { Hono } from 'hono';
import type { WireStatus } from '../api/status.js';
import { createApp } from './app.js';
import type { Choice } from './choose-source.js';
import { DaemonConfigFile } from './daemon-config.js';
import { EventStreams } from './event-streams.js';
import { findDatabase, StartError } from './find-database.js';
import type { Options } from './options.js';
import { OwnPages } from './own-pages.js';
import type { Direct } from './send-on.js';
import { SourceError, type Source } from './source.js';
import { SourceFollower } from './source-follower.js';
import type { StaticFiles } from './static-files.js';

export interface Dashboard {
  readonly app: Hono;
  /** What is shown and why, and what is wrong with the daemon's settings: lines for the terminal. */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  /** Ends the streams of events, lets go of the database, and removes the demo's. */
  close(): Promise<void>;
}

export interface DashboardParts {
  readonly options: Pick<Options, 'db' | 'source' | 'daemon' | 'pages'>;
  /** The user's home folder, where the daemon keeps its files. */
  readonly home: string;
  readonly version: string;
  readonly files: StaticFiles;
  readonly log: (line: string) => void;
  /** Where the pages are served from, which a daemon is asked to let in; without it none is asked by them. */
  readonly port?: number;
}

/**
 * Finds what to show and makes the app that shows it.
 * @throws StartError where the database or the folder of pages that was named is not there.
 */
export async function openDashboard(parts: DashboardParts): Promise<Dashboard> {
  const { home, version, files, log, port } = parts;
  const ownPages = parts.options.pages === null ? null : await OwnPages.open(parts.options.pages);
  const configFile = new DaemonConfigFile(home);
  const options = await readOptions(parts, configFile);
  const startedAt = new Date().toISOString();
  const pageOrigin = port === undefined ? undefined : new URL(`http://localhost:${port}`).origin;
  const follower = await SourceFollower.start({
    options,
    home,
    configFile,
    probing: {
      ...(pageOrigin !== undefined && { pageOrigin }),
      isOwn: ({ server }) => server?.started_at === startedAt,
    },
    isListened: () => events.size > 0,
    onSwitch: () => void describe(follower.choice, follower.source).then(log),
    log,
  });
  const { source } = follower;
  const events: EventStreams = new EventStreams({ source, readDaemon: () => follower.askDaemon() });

  async function readStatus(): Promise<WireStatus> {
    follower.attend();
    const { choice } = follower;
    const [known, daemon] = await Promise.all([source.status(), follower.askDaemon()]);
    const waiting = choice.kind === 'waiting' && { waiting: true };
    const kind = choice.kind === 'waiting' ? choice.for : choice.kind;
    return {
      source: kind,
      reason: choice.reason,
      ...waiting,
      server: { version, started_at: startedAt },
      daemon,
      ...known,
    };
  }

  function findDirect(): Direct | null {
    const { choice } = follower;
    if (choice.kind !== 'api') return null;
    return { url: choice.url, pageOrigin: choice.isDirect ? pageOrigin! : null, onLost: () => follower.look(true) };
  }

  const mayComeToAsk = options.source === 'auto' || options.source === 'api';
  return {
    app: createApp({
      source,
      readStatus,
      events,
      files,
      ownPages,
      log,
      findDirect,
      ...(mayComeToAsk && { findConnect: () => follower.findUrl() }),
    }),
    notes: [await describe(follower.choice, source)],
    warnings: (await configFile.read()).warnings,
    async close() {
      events.close();
      ownPages?.close();
      await follower.close();
    },
  };
}

/** A file that was named is meant, whatever else there is; one that is not there is waited for only where that was asked. */
async function readOptions(
  { options, home }: DashboardParts,
  configFile: DaemonConfigFile,
): Promise<DashboardParts['options']> {
  if (options.db === null || options.source !== 'auto') return options;
  const found = await findDatabase(options.db, await configFile.read(), home);
  if (found.kind === 'none') throw new StartError(`There is no file ${options.db} (given with --db).`);
  return { ...options, source: 'database' };
}

/** The reason, with what the database holds just now. */
async function describe({ kind, reason }: Choice, source: Source): Promise<string> {
  if (kind !== 'database') return reason;
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
