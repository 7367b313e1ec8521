import type { WireStatus } from '../api/status.js';
import type { Choice } from './choose-source.js';
import { DEFAULT_CAPTURE, type DaemonConfigFile } from './daemon-config.js';
import type { Source } from './source.js';
import { openApiSource } from './sources/api/api-source.js';
import { openDatabaseSource } from './sources/database/database-source.js';
import { startDemo } from './sources/demo/demo.js';
import { openV1Source } from './sources/v1/v1-source.js';
import { makeWaitingSource } from './sources/waiting-source.js';

/** The demo is the same for everyone who starts it at the same time. */
const DEMO_SEED = 1;

export interface OpenedSource {
  readonly source: Source;
  /** The daemon as this source knows it anyway; without it, it has to be asked. */
  readonly askDaemon?: () => Promise<WireStatus['daemon']>;
  close(): Promise<void>;
}

export interface OpenParts {
  readonly configFile: DaemonConfigFile;
  /** A daemon that was asked directly does not answer any more. */
  readonly onLost: () => void;
}

/** Opens what was chosen. */
export async function openSource(choice: Choice, parts: OpenParts): Promise<OpenedSource> {
  switch (choice.kind) {
    case 'api': {
      const source = openApiSource({ url: choice.url, onLost: parts.onLost });
      return { source, askDaemon: () => source.askDaemon(), close: () => source.close() };
    }
    case 'database':
      return openDatabase(choice.path, parts.configFile);
    case 'daemon':
      return openV1Source({ url: choice.url });
    case 'demo':
      return openDemo();
    case 'waiting': {
      const source = makeWaitingSource(choice.reason);
      return { source, close: () => source.close() };
    }
  }
}

export async function openDatabase(path: string, configFile: DaemonConfigFile): Promise<OpenedSource> {
  const source = await openDatabaseSource(path, { config: async () => (await configFile.read()).capture });
  return { source, close: () => source.close() };
}

async function openDemo(): Promise<OpenedSource> {
  const demo = await startDemo({ seed: DEMO_SEED, now: new Date() });
  try {
    const source = await openDatabaseSource(demo.path, { config: () => Promise.resolve(DEFAULT_CAPTURE) });
    const close = async (): Promise<void> => {
      await source.close();
      await demo.stop();
    };
    return { source, close };
  } catch (error) {
    await demo.stop();
    throw error;
  }
}
