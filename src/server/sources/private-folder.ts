import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What such a folder holds: made-up calls, or a copy of what a daemon told over HTTP. */
export type PrivateKind = 'demo' | 'copy';

const NAME = /^hm-elements-(demo|copy)-[A-Za-z0-9]{6}$/;
const PID_FILE = 'pid';

/** Makes a folder that only this user can enter, under `parent`, and notes whose it is. */
export function makePrivateFolder(kind: PrivateKind, parent: string = tmpdir()): string {
  // mkdtemp makes it with mode 0700.
  const folder = mkdtempSync(join(parent, `hm-elements-${kind}-`));
  writeFileSync(join(folder, PID_FILE), String(process.pid), { mode: 0o600 });
  return folder;
}

export function removePrivateFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Removes what runs left that were killed before they could tidy up: folders with exactly such a name, this user's own,
 * whose process is gone. Anything in doubt stays. Returns the folders that it removed.
 */
export function removeStaleFolders(parent: string = tmpdir()): string[] {
  const stale = listFolders(parent).filter(isStale);
  for (const folder of stale) removePrivateFolder(folder);
  return stale;
}

function listFolders(parent: string): string[] {
  try {
    return readdirSync(parent)
      .filter((name) => NAME.test(name))
      .map((name) => join(parent, name));
  } catch {
    return [];
  }
}

function isStale(folder: string): boolean {
  try {
    const stats = lstatSync(folder);
    if (!stats.isDirectory() || stats.uid !== (process.getuid?.() ?? stats.uid)) return false;
    const written = readFileSync(join(folder, PID_FILE), 'utf8');
    return /^[1-9]\d{0,9}$/.test(written) && !isAlive(Number(written));
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
