import { MARK } from './columns/call-fields.js';
import type { CallTable } from './columns/call-table.js';
import type { Snapshot } from './connection.js';
import { readText, selectText } from './query.js';

/**
 * Which calls' bodies the daemon sent to its vendor's cloud: the one thing of a body that changes after it was stored.
 * Asked for only with the question that shows it, and answered by the daemon's own index over the time of sending.
 */
export class BodyUploads {
  #rows = 0;
  /** The latest time of sending that was read, as it is stored. */
  #last = '';

  /** A row was read that has this time; null where it was not sent. */
  add(uploadedAt: string | null): void {
    if (uploadedAt === null) return;
    this.#rows++;
    if (uploadedAt > this.#last) this.#last = uploadedAt;
  }

  /** Marks the calls whose bodies were sent since. */
  update(snapshot: Snapshot, table: CallTable): void {
    if (!snapshot.schema.hasColumn('request_bodies', 'uploaded_at')) return;
    const [[rows]] = snapshot.all('select count(*) from request_bodies where uploaded_at is not null') as [[number]];
    if (rows === this.#rows) return;
    const [[later]] = snapshot.all('select count(*) from request_bodies where uploaded_at > ?', [this.#last]) as [
      [number],
    ];
    // Fewer than before, or times before the last one: then nothing that was read holds.
    const isAdded = later === rows - this.#rows;
    if (!isAdded) for (let place = 0; place < table.length; place++) table.marks[place]! &= ~MARK.uploaded;
    this.#mark(snapshot, table, isAdded ? this.#last : '');
    this.#rows = rows;
  }

  #mark(snapshot: Snapshot, table: CallTable, after: string): void {
    const [row] = snapshot.all(
      `select cast(json_group_array(r.rowid) as blob), ${selectText('max(b.uploaded_at)')}
       from request_bodies b join requests r on r.id = b.request_id where b.uploaded_at > ?`,
      [after],
    );
    for (const rowid of JSON.parse(readText(row![0]) ?? '[]') as number[]) {
      const place = table.findPlace(rowid);
      // Filters and sums do not look at it, so they need not be told.
      if (place >= 0) table.marks[place]! |= MARK.uploaded;
    }
    this.#last = readText(row![1]) ?? this.#last;
  }
}
