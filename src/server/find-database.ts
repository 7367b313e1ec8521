import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { daemonFolder, type DaemonConfig } from './daemon-config.js';
import { shortenPath } from './terminal.js';

export type FoundDatabase =
  | { readonly kind: 'found'; readonly path: string; readonly described: string }
  /** `looked`: the place where it would be, for people. */
  | { readonly kind: 'none'; readonly looked: string };

/** What stops the command before it serves anything; the message is for the user. */
export class StartError extends Error {}

/**
 * The database to read: the one that was named, else where config.toml says, else the daemon's usual place.
 * @throws StartError where a named file is not there.
 */
export async function findDatabase(named: string | null, config: DaemonConfig, home: string): Promise<FoundDatabase> {
  if (named !== null) {
    const path = resolve(named);
    if (!(await isThere(path))) throw new StartError(`There is no file ${named} (given with --db).`);
    return { kind: 'found', path, described: `the database ${shortenPath(path, home)} (given with --db)` };
  }
  const path = config.databasePath ?? join(daemonFolder(home), 'db.sqlite');
  const shown = shortenPath(path, home);
  if (!(await isThere(path))) return { kind: 'none', looked: shown };
  return { kind: 'found', path, described: `the daemon's database ${shown}` };
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A folder we may not look into may well hold it: the source will say what is wrong.
    return code !== 'ENOENT' && code !== 'ENOTDIR';
  }
}
