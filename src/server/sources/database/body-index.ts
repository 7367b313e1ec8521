import type { Snapshot } from './connection.js';
import { selectNumber, readCount, readText, selectText, type Cell } from './query.js';
import { parseRedactions } from './redactions.js';

/** Sums over all bodies. */
export interface BodySums {
  readonly bodies: number;
  readonly storedBytes: number;
  readonly truncated: number;
  readonly failed: number;
  readonly redacted: number;
  readonly categories: ReadonlyMap<string, number>;
}

/** What is kept of a body's row, without its texts. */
interface BodyFlags {
  readonly isStored: boolean;
  readonly isRedacted: boolean;
}

/** Rows in one statement: their marks stand behind the texts, so that each row is read through its whole length. */
const CHUNK_ROWS = 2000;

/**
 * What is known of the bodies without their texts. SQLite has to walk through a body to reach the marks behind it, so
 * each row is read once: after that only new ones. Rows that were deleted show in the count, and all is read again.
 */
export class BodyIndex {
  readonly #flags = new Map<number, BodyFlags>();
  readonly #categories = new Map<string, number>();
  #sums = { bodies: 0, storedBytes: 0, truncated: 0, failed: 0, redacted: 0 };
  #layout = '';
  #version = '';
  #rows = 0;
  #lastRowid = 0;

  /** Sums over every body in the database. */
  sums(snapshot: Snapshot): BodySums {
    this.#catchUp(snapshot);
    return { ...this.#sums, categories: this.#categories };
  }

  /** By the rowid of the call; calls without a row in `request_bodies` are not in it. */
  flags(snapshot: Snapshot): ReadonlyMap<number, BodyFlags> {
    this.#catchUp(snapshot);
    return this.#flags;
  }

  #catchUp(snapshot: Snapshot): void {
    if (snapshot.version === this.#version || !snapshot.schema.hasTable('request_bodies')) return;
    const [[rows, last]] = snapshot.all(
      'select (select count(*) from request_bodies), (select coalesce(max(rowid), 0) from request_bodies)',
    ) as [[number, number]];
    if (snapshot.layout !== this.#layout || last < this.#lastRowid) this.#clear();
    this.#readNew(snapshot);
    if (this.#rows !== rows) {
      this.#clear();
      this.#readNew(snapshot);
    }
    this.#layout = snapshot.layout;
    this.#version = snapshot.version;
  }

  #clear(): void {
    this.#flags.clear();
    this.#categories.clear();
    this.#sums = { bodies: 0, storedBytes: 0, truncated: 0, failed: 0, redacted: 0 };
    this.#rows = 0;
    this.#lastRowid = 0;
  }

  #readNew(snapshot: Snapshot): void {
    const column = (name: string, fallback?: string): string =>
      snapshot.schema.column('request_bodies', 'b', name, fallback);
    const sql = `select b.rowid, r.rowid,
        b.request_body is not null or b.response_body is not null,
        coalesce(octet_length(b.request_body), 0) + coalesce(octet_length(b.response_body), 0),
        ${column('request_truncated')} is 1 or ${column('response_truncated')} is 1,
        ${column('capture_error')} is not null,
        ${selectNumber(column('redaction_applied'))},
        ${selectText(column('redaction_summary'))}
      from request_bodies b left join requests r on r.id = b.request_id
      where b.rowid > ? order by b.rowid limit ${CHUNK_ROWS}`;
    for (;;) {
      const rows = snapshot.all(sql, [this.#lastRowid]);
      for (const row of rows) this.#add(row);
      this.#rows += rows.length;
      if (rows.length < CHUNK_ROWS) return;
    }
  }

  #add([rowid, callRowid, hasText, bytes, isTruncated, hasError, redacted, summary]: readonly Cell[]): void {
    this.#lastRowid = Number(rowid);
    const isStored = hasText === 1;
    const marks = parseRedactions(readText(summary ?? null));
    const isRedacted = readCount(redacted) > 0 || marks.some(([, count]) => count > 0);
    for (const [category, count] of marks) {
      this.#categories.set(category, (this.#categories.get(category) ?? 0) + count);
    }
    const sums = this.#sums;
    this.#sums = {
      bodies: sums.bodies + Number(isStored),
      storedBytes: sums.storedBytes + readCount(bytes),
      truncated: sums.truncated + Number(isStored && isTruncated === 1),
      failed: sums.failed + Number(!isStored && hasError === 1),
      redacted: sums.redacted + Number(isRedacted),
    };
    if (typeof callRowid === 'number') this.#flags.set(callRowid, { isStored, isRedacted });
  }
}
