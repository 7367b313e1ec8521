import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import { generateDemo } from '../src/server/sources/demo/generate.js';

const SEED = 1;
const DAYS = 365;

/** Calls end at the same moment in every run, so that what was made once serves again. */
export const ENDS = new Date('2026-11-24T12:00:00Z');

/**
 * A database of about so many calls over a year, without bodies, at `path`. It takes a minute to make a million, so it is
 * made once and kept below the system's folder for temporary files.
 */
export async function copyDatabase(path: string, calls: number): Promise<void> {
  const kept = join(tmpdir(), `hm-elements-bench-${process.getuid?.() ?? 'user'}`, `calls-${calls}-${DAYS}.sqlite`);
  if (!existsSync(kept)) {
    console.log(`Making ${calls.toLocaleString('en')} calls once, in ${kept} …`);
    await mkdir(dirname(kept), { recursive: true, mode: 0o700 });
    const db = new Database(`${kept}.part`);
    generateDemo(db, { seed: SEED, now: ENDS, calls, days: DAYS, bodies: false });
    db.pragma('wal_checkpoint(truncate)');
    db.close();
    await rename(`${kept}.part`, kept);
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await copyFile(kept, path);
}
