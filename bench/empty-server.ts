import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { readBytes } from './page-requests.js';
import { readResident } from './peak-memory.js';

export interface Floor {
  /** Megabytes. */
  readonly atRest: number;
  readonly afterLoads: number;
}

/** What a server of the same parts that has nothing to tell holds on the same file; null where nobody can say. */
export async function measureFloor(database: string, requests: number): Promise<Floor | null> {
  const program = fileURLToPath(new URL('empty-server.mjs', import.meta.url));
  const child = spawn(process.execPath, [program, database], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const atRest = await readResident(child.pid!);
    for (let asked = 0; asked < requests; asked++) await readBytes(`http://127.0.0.1:${line.toString().trim()}/`);
    const afterLoads = await readResident(child.pid!);
    return atRest === null || afterLoads === null ? null : { atRest: atRest.now, afterLoads: afterLoads.now };
  } finally {
    child.kill();
    await ended;
  }
}
