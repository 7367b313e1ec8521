import type { WireTotals } from '../../../api/call.js';
import type { FilterQuery } from '../../../api/query.js';
import type { CallColumns } from './call-columns.js';
import type { CallIndex } from './columns/call-index.js';
import type { Slugs } from './columns/pass-signatures.js';
import { selectCalls, type Selection } from './columns/select-calls.js';
import { SumTable } from './columns/sum-table.js';
import type { Snapshot } from './connection.js';
import type { LocalDays } from './local-days.js';
import { readText, selectText, type Query } from './query.js';

/** What an answer is made from: one state of the database, and an index that is up to date with it. */
export interface IndexContext {
  readonly snapshot: Snapshot;
  readonly columns: CallColumns;
  readonly index: CallIndex;
  readonly slugs: Slugs;
  readonly nowMs: number;
  readonly selections: Selections;
  /** Days of a zone, `UTC` where a query names none. */
  readonly findDays: (timeZone: string | undefined) => LocalDays;
}

interface Kept extends Selection {
  readonly key: string;
  totals: WireTotals | null;
  bySignature: SumTable | null;
  /** All the memory that its mask lies in. */
  readonly room: Uint8Array<ArrayBuffer>;
}

/** A mask takes a byte a call. No answer needs more than two at once. */
const MAX_KEPT = 2;

/** What the last filters selected, which hold as long as nothing changes: pages of one list ask for the same again. */
export class Selections {
  readonly #kept: Kept[] = [];

  /** The calls of a filter. @throws QueryError for an impossible time. */
  select(query: FilterQuery, context: IndexContext): Selection {
    return this.#recall(query, context);
  }

  /** The sums over the calls of a filter. */
  sum(query: FilterQuery, context: IndexContext): WireTotals {
    const kept = this.#recall(query, context);
    return (kept.totals ??= SumTable.total(context.index.table, kept).toWire(0));
  }

  /** The same for each signature by itself. */
  sumSignatures(query: FilterQuery, context: IndexContext): SumTable {
    const kept = this.#recall(query, context);
    return (kept.bySignature ??= SumTable.bySignature(context.index.table, kept));
  }

  #recall(query: FilterQuery, context: IndexContext): Kept {
    const { index, snapshot, slugs, nowMs } = context;
    const key = `${snapshot.version} ${index.revision} ${query.last === undefined ? '' : nowMs} ${keyOf(query)}`;
    let kept = this.#kept.find((known) => known.key === key);
    if (kept === undefined) {
      index.prepare(query, snapshot);
      // The mask of the oldest is written over: a million bytes for each new filter would pile up as garbage.
      const room = this.#kept.length < MAX_KEPT ? null : this.#kept.pop()!.room;
      const selection = selectCalls(query, index, slugs, nowMs, room);
      kept = { ...selection, key, totals: null, bySignature: null, room: roomOf(selection.mask) };
      this.#kept.unshift(kept);
    }
    return kept;
  }
}

function roomOf(mask: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(mask.buffer as ArrayBuffer);
}

/** The filter alone: pages of one list differ in what is not part of it. */
function keyOf(query: FilterQuery & { readonly [name: string]: unknown }): string {
  const { sort: _sort, order: _order, limit: _limit, cursor: _cursor, offset: _offset, ...filter } = query;
  return JSON.stringify(filter);
}

export function readSlugs(db: Query): Slugs {
  const rows = db.all(`select ${selectText('id')}, ${selectText('slug')} from projects`);
  return new Map(rows.map(([id, slug]) => [readText(id) ?? '', readText(slug) ?? '']));
}
