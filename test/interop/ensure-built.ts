import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROLLUP = fileURLToPath(new URL('../../node_modules/rollup/dist/bin/rollup', import.meta.url));
const NEEDED = ['../../dist/server/main.js', '../../dist/demo/index.html'];

/** Builds server and pages where nothing is built yet; what is there is taken as it is. */
export async function ensureBuilt(): Promise<void> {
  const isThere = await Promise.all(
    NEEDED.map((path) =>
      access(new URL(path, import.meta.url)).then(
        () => true,
        () => false,
      ),
    ),
  );
  if (!isThere.every(Boolean)) await promisify(execFile)(process.execPath, [ROLLUP, '-c'], { cwd: ROOT });
}
