import type { HaltonMeter } from './find-halton-meter.js';
import { databasePath, runPython } from './halton-cli.js';

/** What SQLite and the file system say about the database. */
export interface DatabaseFacts {
  readonly integrity: string;
  readonly schema_hash: string;
  readonly schema_version: number;
  readonly calls: number;
  readonly inode: number;
  readonly mode: number;
}

export async function readDatabaseFacts(meter: HaltonMeter, home: string): Promise<DatabaseFacts> {
  return JSON.parse(await runPython(meter, home, 'database_facts.py', [databasePath(home)])) as DatabaseFacts;
}
