import { join } from 'node:path';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from './built-server.js';
import { createDatabase, loadCaptured } from './server/fixture-database.js';

export type DatabaseKind = 'demo' | 'captured' | 'empty';

/** The built server on small real databases, one process for each that is asked for. */
export class TestServers {
  readonly #started = new Map<DatabaseKind, Promise<BuiltServer>>();
  readonly #folder = makeFolder();

  find(kind: DatabaseKind): Promise<BuiltServer> {
    let server = this.#started.get(kind);
    if (server === undefined) {
      server = this.#start(kind);
      this.#started.set(kind, server);
    }
    return server;
  }

  async stop(): Promise<void> {
    const servers = await Promise.allSettled(this.#started.values());
    for (const server of servers) if (server.status === 'fulfilled') await server.value.stop();
    await removeFolder(await this.#folder);
  }

  async #start(kind: DatabaseKind): Promise<BuiltServer> {
    const folder = await this.#folder;
    if (kind === 'demo') return startBuilt(['--demo'], folder);
    const path = join(folder, `${kind}.sqlite`);
    const db = kind === 'empty' ? createDatabase(path) : loadCaptured(path);
    db.close();
    return startBuilt(['--db', path], folder);
  }
}
