import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../built-server.js';
import { loadCaptured } from '../server/fixture-database.js';

/** A server of captured calls and of a folder of own pages, in a folder of a test's own. */
export class OwnPages {
  readonly folder: string;
  readonly database: string;
  readonly server: BuiltServer;

  private constructor(folder: string, database: string, server: BuiltServer) {
    this.folder = folder;
    this.database = database;
    this.server = server;
  }

  /** `words`: what the server is started with besides. */
  static async start(words: readonly string[] = []): Promise<OwnPages> {
    const folder = await makeFolder();
    const [database, pages] = [join(folder, 'captured.sqlite'), join(folder, 'pages')];
    await mkdir(pages);
    loadCaptured(database).close();
    return new OwnPages(folder, database, await startBuilt(['--db', database, '--pages', pages, ...words], folder));
  }

  /** Writes a file below `/pages/`. */
  write(name: string, text: string): Promise<void> {
    return writeFile(join(this.folder, 'pages', name), text);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await removeFolder(this.folder);
  }
}
