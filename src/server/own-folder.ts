import { constants, type BigIntStats } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';

/** What a path below a folder leads to. */
export interface FoundEntry {
  readonly kind: 'file' | 'folder';
  /** Without links. */
  readonly path: string;
  readonly stats: BigIntStats;
}

/** No end of a pipe is waited for, and nothing is followed that came in between. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** What Windows takes for another file than the one that is named, or for a device. */
const ODD_ON_WINDOWS = /[:*?"<>|~]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * The names in a path as it was sent, `/a%20b/c.html`, each decoded once; null where one is none of a file that is
 * served: hidden, empty, or such that it would lead elsewhere. A slash at the end is not a name.
 */
export function readNames(path: string): readonly string[] | null {
  const encoded = path.split('/').slice(1);
  if (encoded.at(-1) === '') encoded.pop();
  try {
    const names = encoded.map((name) => decodeURIComponent(name));
    return names.every(isServed) ? names : null;
  } catch {
    return null;
  }
}

/** Whether a file of this name is shown at all. A name that begins with a dot is hidden, `..` with it. */
export function isServed(name: string): boolean {
  if (name === '' || name.startsWith('.') || /[/\\\0]|\p{Cs}/u.test(name)) return false;
  return process.platform !== 'win32' || !ODD_ON_WINDOWS.test(name);
}

/**
 * What stands below a folder under these names, or null where nothing does that is served: a link that leads out of the
 * folder, or to something hidden in it, a device, a pipe and a socket are nothing.
 */
export async function findEntry(folder: string, names: readonly string[]): Promise<FoundEntry | null> {
  try {
    const root = await realpath(folder);
    const path = await realpath(join(root, ...names));
    if (!isInside(root, path)) return null;
    const stats = await stat(path, { bigint: true });
    if (stats.isDirectory()) return { kind: 'folder', path, stats };
    return stats.isFile() ? { kind: 'file', path, stats } : null;
  } catch (error) {
    return nullOfSystem(error);
  }
}

/** Opens a file that was found, or null where it may not be read, or is something else by now. */
export async function openFile({ path }: FoundEntry): Promise<OpenedFile | null> {
  try {
    const handle = await open(path, READ);
    const stats = await handle.stat();
    if (stats.isFile()) return { handle, bytes: stats.size };
    await handle.close();
    return null;
  } catch (error) {
    return nullOfSystem(error);
  }
}

export interface OpenedFile {
  readonly handle: FileHandle;
  readonly bytes: number;
}

/** Not there, not ours to read, a link to itself, a name too long: whatever the system says of a path. */
export function nullOfSystem(error: unknown): null {
  if (typeof (error as NodeJS.ErrnoException).code === 'string') return null;
  throw error;
}

/** Whether a path without links stands in a folder, and not below a hidden name. */
function isInside(root: string, path: string): boolean {
  const inner = relative(root, path);
  return !isAbsolute(inner) && !inner.split(sep).some((name) => name.startsWith('.'));
}
