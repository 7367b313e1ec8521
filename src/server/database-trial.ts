import type { DaemonConfigFile } from './daemon-config.js';
import { openDatabase, type OpenedSource } from './open-source.js';
import { SourceError, type SourceFault } from './source.js';

/** What passes by itself: such a database is one to show. */
const PASSING: readonly SourceFault[] = ['locked', 'broken'];

/** Reads a database once before it is shown, to know whether it can be. It is kept open for as long as it is asked for. */
export class DatabaseTrial {
  readonly #configFile: DaemonConfigFile;
  #tried: { readonly path: string; readonly opened: OpenedSource } | null = null;

  constructor(configFile: DaemonConfigFile) {
    this.#configFile = configFile;
  }

  /** Why it can not be read, in words; null where it can. */
  async findFault(path: string): Promise<string | null> {
    if (this.#tried?.path !== path) {
      await this.end();
      this.#tried = { path, opened: await openDatabase(path, this.#configFile) };
    }
    try {
      await this.#tried.opened.source.version();
      await this.#tried.opened.source.changes();
      return null;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      return PASSING.includes(error.fault) ? null : error.message;
    }
  }

  /** The database as it was tried, to go on with it; null where it was another one. */
  take(path: string): OpenedSource | null {
    if (this.#tried?.path !== path) return null;
    const { opened } = this.#tried;
    this.#tried = null;
    return opened;
  }

  async end(): Promise<void> {
    const tried = this.#tried;
    this.#tried = null;
    await tried?.opened.close();
  }
}
