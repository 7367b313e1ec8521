import { access, constants, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { daemonFolder, type DaemonConfig } from './daemon-config.js';
import { shortenPath } from './terminal.js';

export type FoundDatabase =
  /** `shown`: its path for people; `described`: what it is. `isReadable`: as far as the rights of the file tell. */
  | {
      readonly kind: 'found';
      readonly path: string;
      readonly shown: string;
      readonly described: string;
      readonly isReadable: boolean;
    }
  /** `looked`: the place where it would be, for people. */
  | { readonly kind: 'none'; readonly looked: string };

/** What stops the command before it serves anything; the message is for the user. */
export class StartError extends Error {}

/** The database to read: the one that was named, else where config.toml says, else the daemon's usual place. */
export async function findDatabase(named: string | null, config: DaemonConfig, home: string): Promise<FoundDatabase> {
  const path = named === null ? (config.databasePath ?? join(daemonFolder(home), 'db.sqlite')) : resolve(named);
  const shown = shortenPath(path, home);
  if (!(await isThere(path))) return { kind: 'none', looked: shown };
  const described = named === null ? `the daemon's database ${shown}` : `the database ${shown} (given with --db)`;
  return { kind: 'found', path, shown, described, isReadable: await mayRead(path) };
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

async function mayRead(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}
