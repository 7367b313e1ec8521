import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const LEAST_MINOR = 11;
const NAMES = ['python3.11', 'python3.12', 'python3.13', 'python3', 'python'];

export interface Python {
  readonly path: string;
  /** Such as 3.11.7 */
  readonly version: string;
}

/** The first Python 3.11 or newer on the PATH that can make virtual environments, or null. */
export async function findPython(): Promise<Python | null> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of NAMES) {
    for (const folder of folders) {
      const version = await askVersion(join(folder, name));
      if (version !== null) return { path: join(folder, name), version };
    }
  }
  return null;
}

async function askVersion(path: string): Promise<string | null> {
  const words = ['-I', '-c', 'import ensurepip, platform, venv; print(platform.python_version())'];
  try {
    const { stdout } = await run(path, words, { timeout: 20_000 });
    const [, version, minor] = /^(3\.(\d+)\.\S+)\s*$/.exec(stdout) ?? [];
    return version !== undefined && Number(minor) >= LEAST_MINOR ? version : null;
  } catch {
    // Not there, not a Python, or one without the two modules: the next one may do.
    return null;
  }
}
