import { addCounts, BodyFacts, type Redactions } from './body-facts.js';
import { BodyUploads } from './body-uploads.js';
import { BODY_MARKS, MARK } from './columns/call-fields.js';
import type { CallTable } from './columns/call-table.js';
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
  /** When the oldest text was captured, as it is stored: the daemon removes bodies by it. Null where there is none. */
  readonly oldest: string | null;
}

/** What was read of one call's bodies. */
interface ReadBody {
  readonly marks: number;
  readonly storedBytes: number;
  readonly redactions: Redactions;
}

type Mark = (typeof BODY_MARKS)[number];

/** A step takes about so long: its rows are as many as their texts are short. */
const STEP_MS = 15;
const FIRST_STEP_ROWS = 50;
const MOST_STEP_ROWS = 5000;

/** New rows up to which they are taken in at once. */
const FEW_ROWS = 500;

/**
 * What is known of the bodies without their texts: marks beside the calls, and sums. SQLite has to walk through a body
 * to reach what stands behind it, so each row is read once, and after that only new ones.
 */
export class BodyIndex {
  readonly #categories = new Map<string, number>();
  #sums = { bodies: 0, storedBytes: 0, truncated: 0, failed: 0, redacted: 0, oldest: null as string | null };
  /** Of calls that came after the rows were read, by rowid. */
  readonly #early = new Map<number, ReadBody>();
  readonly facts = new BodyFacts();
  readonly uploads = new BodyUploads();
  #rows = 0;
  #lastRowid = 0;

  /** How many rows were read. */
  get rows(): number {
    return this.#rows;
  }

  /** Sums over every body that was read. */
  get sums(): BodySums {
    return { ...this.#sums, categories: this.#categories };
  }

  /** Reads all that is new, a step at a time. */
  *load(first: Snapshot, table: CallTable): Generator<void, void, Snapshot> {
    let snapshot = first;
    let rows = FIRST_STEP_ROWS;
    while (snapshot.schema.hasTable('request_bodies')) {
      const startMs = performance.now();
      if (this.#read(snapshot, table, rows) < rows) return;
      const tookMs = Math.max(performance.now() - startMs, 1);
      rows = Math.max(1, Math.min(Math.round((rows * STEP_MS) / tookMs), rows * 2, MOST_STEP_ROWS));
      snapshot = yield;
    }
  }

  /** Takes in a few new rows. False where there are many, or rows are gone: then all are to be loaded anew. */
  readNew(snapshot: Snapshot, table: CallTable): boolean {
    if (!snapshot.schema.hasTable('request_bodies')) return true;
    for (const [rowid, body] of this.#early) if (this.#keep(table, rowid, body)) this.#early.delete(rowid);
    const [[rows, last]] = snapshot.all(
      'select (select count(*) from request_bodies), (select coalesce(max(rowid), 0) from request_bodies)',
    ) as [[number, number]];
    if (last < this.#lastRowid || rows < this.#rows || rows - this.#rows > FEW_ROWS) return false;
    this.#read(snapshot, table, FEW_ROWS + 1);
    return this.#rows === rows;
  }

  /** Whether the texts are as long as they were. */
  isUnchanged(snapshot: Snapshot): boolean {
    if (!snapshot.schema.hasTable('request_bodies')) return true;
    const [[rows, bytes]] = snapshot.all(
      `select count(*), total(coalesce(octet_length(request_body), 0) + coalesce(octet_length(response_body), 0))
       from request_bodies where rowid <= ?`,
      [this.#lastRowid],
    ) as [[number, number]];
    return rows === this.#rows && bytes === this.#sums.storedBytes;
  }

  #read(snapshot: Snapshot, table: CallTable, limit: number): number {
    const column = (name: string, fallback?: string): string =>
      snapshot.schema.column('request_bodies', 'b', name, fallback);
    const rows = snapshot.all(
      `select b.rowid, r.rowid,
         b.request_body is not null or b.response_body is not null,
         coalesce(octet_length(b.request_body), 0) + coalesce(octet_length(b.response_body), 0),
         ${column('request_truncated')} is 1 or ${column('response_truncated')} is 1,
         ${column('capture_error')} is not null,
         ${selectNumber(column('redaction_applied'))},
         ${selectText(column('redaction_summary'))},
         ${selectText(column('uploaded_at'))},
         ${selectText(column('captured_at'))}
       from request_bodies b left join requests r on r.id = b.request_id
       where b.rowid > ? order by b.rowid limit ?`,
      [this.#lastRowid, limit],
    );
    for (const row of rows) this.#add(row, table);
    this.#rows += rows.length;
    return rows.length;
  }

  #add(row: readonly Cell[], table: CallTable): void {
    const [rowid, callRowid, hasText, bytes, isTruncated, hasError, redacted, summary, uploaded, captured] = row;
    this.#lastRowid = Number(rowid);
    const uploadedAt = readText(uploaded);
    this.uploads.add(uploadedAt);
    const redactions = parseRedactions(readText(summary));
    const isRedacted = readCount(redacted) > 0 || redactions.some(([, count]) => count > 0);
    for (const [category, count] of redactions) {
      this.#categories.set(category, addCounts(this.#categories.get(category) ?? 0, count));
    }
    const kept: Mark =
      hasText === 1 ? (isTruncated === 1 ? 'truncated' : 'stored') : hasError === 1 ? 'failed' : 'none';
    const sums = this.#sums;
    this.#sums = {
      bodies: sums.bodies + Number(hasText === 1),
      storedBytes: sums.storedBytes + readCount(bytes),
      truncated: sums.truncated + Number(kept === 'truncated'),
      failed: sums.failed + Number(kept === 'failed'),
      redacted: sums.redacted + Number(isRedacted),
      oldest: hasText === 1 ? findOlder(sums.oldest, readText(captured)) : sums.oldest,
    };
    if (typeof callRowid !== 'number') return;
    const marks =
      BODY_MARKS.indexOf(kept) |
      MARK.row |
      (isRedacted ? MARK.redacted : 0) |
      (uploadedAt === null ? 0 : MARK.uploaded);
    const body = { marks, storedBytes: readCount(bytes), redactions };
    if (!this.#keep(table, callRowid, body) && callRowid > table.lastRowid) this.#early.set(callRowid, body);
  }

  /** Keeps what is known of a call's bodies; false where there is no such call. */
  #keep(table: CallTable, rowid: number, { marks, storedBytes, redactions }: ReadBody): boolean {
    const place = table.findPlace(rowid);
    if (place < 0) return false;
    table.mark(place, MARK.body | MARK.redacted | MARK.row | MARK.uploaded, marks);
    this.facts.add(place, storedBytes, redactions);
    return true;
  }
}

/** Texts of times compare as the times do, to the day at least, whichever way they are written. */
const findOlder = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other < one) ? other : one;
