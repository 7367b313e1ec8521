import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type Database from 'libsql';
import { DatabaseReader, type Circumstances } from '../../src/server/sources/database/database-reader.js';
import { createDatabase, insertRows, type Row } from './fixture-database.js';

/** When every test's question is asked, unless it says otherwise. */
export const NOW_MS = Date.parse('2026-11-24T12:00:00Z');

export const CIRCUMSTANCES: Circumstances = {
  nowMs: NOW_MS,
  config: { enabled: true, maxBodyBytes: 524_288, retentionDays: 90, uploadsBodies: false },
};

/** A folder that goes when the test ends. */
export function temporaryFolder(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'hm-database-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A call's row: one successful, priced call of project `p1`, with what the test says instead. */
export function requestRow(row: Row & { readonly id: string }): Row {
  return {
    project_id: 'p1',
    provider: 'anthropic',
    model: 'claude-sonnet-4-6',
    mode: 'standard',
    input_tokens: 100,
    output_tokens: 10,
    thinking_tokens: 0,
    cache_read_tokens: 0,
    cache_write_tokens: 0,
    cost_usd_minor_units: 45,
    latency_ms: 250.5,
    tokens_complete: 1,
    requested_at: '2026-11-24 08:00:00.000000',
    recorded_at: '2026-11-24 08:00:01.000000',
    status: 'success',
    ...row,
  };
}

export function projectRow(row: Row & { readonly id: string }): Row {
  return { name: row.id, slug: `slug-of-${row.id}`, created_at: '2026-11-01 00:00:00.000000', ...row };
}

export function bodyRow(row: Row & { readonly request_id: string }): Row {
  return { request_body: '{}', response_body: '{}', captured_at: '2026-11-24 08:00:01.000000', ...row };
}

/** Tables and the rows in them; `p1` is a project unless the test names its own. */
export interface Contents {
  readonly projects?: readonly Row[];
  readonly requests?: readonly Row[];
  readonly request_bodies?: readonly Row[];
  readonly project_settings?: readonly Row[];
  readonly pricing_rates?: readonly Row[];
  readonly cloud_state?: readonly Row[];
}

export interface OpenDatabase {
  readonly path: string;
  /** The connection that writes, as the daemon would. */
  readonly db: Database.Database;
  readonly reader: DatabaseReader;
}

/** A database on disk with these rows, a connection that writes to it and the reader under test, until the test ends. */
export function openContents(test: TestContext, contents: Contents): OpenDatabase {
  const path = join(temporaryFolder(test), 'db.sqlite');
  const db = createDatabase(path);
  db.exec('begin');
  insertRows(db, 'projects', contents.projects ?? [projectRow({ id: 'p1' })]);
  for (const table of ['requests', 'request_bodies', 'project_settings', 'pricing_rates', 'cloud_state'] as const) {
    insertRows(db, table, contents[table] ?? []);
  }
  db.exec('commit');
  const reader = new DatabaseReader(path);
  test.after(() => {
    reader.close();
    db.close();
  });
  return { path, db, reader };
}
