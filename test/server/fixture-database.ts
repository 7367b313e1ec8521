import { readFileSync } from 'node:fs';
import Database from 'libsql';
import { createTables } from '../../src/server/sources/demo/schema.js';

/** A row as it stands in a table: column names to values. */
export type Row = Readonly<Record<string, string | number | null>>;

/** What `test/fixtures/captured.json` holds: rows that the published daemon wrote for the vendors' own clients. */
export interface CapturedRows {
  readonly projects: readonly Row[];
  readonly requests: readonly Row[];
  readonly request_bodies: readonly Row[];
  readonly pricing_rates: readonly Row[];
}

// In this order every foreign key finds its row.
const CAPTURED_TABLES = ['projects', 'requests', 'request_bodies', 'pricing_rates'] as const;

/**
 * Makes an empty database with the daemon's tables at `path` (":memory:" works too) and returns the open connection,
 * for the test to add rows and to close.
 */
export function createDatabase(path: string): Database.Database {
  const db = new Database(path);
  createTables(db);
  return db;
}

/** Adds rows to a table; a column that a row leaves out gets its default. */
export function insertRows(db: Database.Database, table: string, rows: readonly Row[]): void {
  for (const row of rows) {
    const columns = Object.keys(row);
    const places = columns.map(() => '?').join(', ');
    db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`).run(...Object.values(row));
  }
}

export function readCaptured(): CapturedRows {
  return JSON.parse(readFileSync(new URL('../fixtures/captured.json', import.meta.url), 'utf8')) as CapturedRows;
}

/** Makes a database at `path` that holds the rows of `test/fixtures/captured.json`; the caller closes it. */
export function loadCaptured(path: string): Database.Database {
  const db = createDatabase(path);
  const captured = readCaptured();
  for (const table of CAPTURED_TABLES) insertRows(db, table, captured[table]);
  return db;
}
