import type { WireSearchHit } from '../../../api/body-search.js';
import type { FilterQuery } from '../../../api/query.js';
import { SourceError } from '../../source.js';
import type { CallColumns } from './call-columns.js';
import { readCalls } from './call-row.js';
import { BODY_MARKS, MARK } from './columns/call-fields.js';
import type { Snapshot } from './connection.js';
import type { IndexContext } from './index-context.js';
import { selectText, type Cell } from './query.js';
import { TextMatcher, type TextMatch } from './text-match.js';

/** Calls whose bodies are to be looked through. */
export interface SearchedCalls {
  /** Newest first. */
  readonly rowids: Float64Array;
  /** Calls of the filter, with or without bodies. */
  readonly calls: number;
  /** Rowids mean the same as long as this is equal. */
  readonly layout: string;
}

export interface SearchStep {
  /** How many of the calls were looked through. */
  readonly scanned: number;
  readonly hits: readonly WireSearchHit[];
}

/** A step takes about so long: others are answered between two of them. */
const STEP_MS = 10;

/** Calls whose bodies are in memory at once: some kilobytes each as a rule, half a megabyte a side at most. */
const BATCH_CALLS = 8;

const SIDES = ['request', 'response'] as const;

/** The calls of a filter that have a stored body, null in a database that has no table for them. */
export function listSearched(query: FilterQuery, context: IndexContext): SearchedCalls | null {
  const { snapshot, index, selections } = context;
  if (!snapshot.schema.hasTable('request_bodies')) return null;
  const { mask } = selections.select(query, context);
  const { marks, rowid } = index.table;
  const hasText = BODY_MARKS.map((mark) => mark === 'stored' || mark === 'truncated');
  const rowids: number[] = [];
  let calls = 0;
  for (const place of index.order('requested_at', 'desc', snapshot).places) {
    calls += mask[place]!;
    if (mask[place] === 1 && hasText[marks[place]! & MARK.body]) rowids.push(rowid.data[place]!);
  }
  return { rowids: Float64Array.from(rowids), calls, layout: snapshot.layout };
}

/** Looks through some of the calls, in their order. What was deleted meanwhile holds nothing. */
export function searchBodies(
  snapshot: Snapshot,
  columns: CallColumns,
  { rowids, layout }: Pick<SearchedCalls, 'rowids' | 'layout'>,
  text: string,
): SearchStep {
  if (snapshot.layout !== layout || !snapshot.schema.hasTable('request_bodies')) {
    throw new SourceError('broken', 'The database was replaced while it was being searched; search again.');
  }
  const matcher = new TextMatcher(text);
  const found: Found[] = [];
  const endMs = performance.now() + STEP_MS;
  let scanned = 0;
  const isTime = (): boolean => scanned === 0 || performance.now() < endMs;
  while (scanned < rowids.length && isTime()) {
    const batch = rowids.subarray(scanned, scanned + BATCH_CALLS);
    const bodies = readBatch(snapshot, columns, batch);
    for (const rowid of batch) {
      // Folding long bodies that hold a hit takes longer than reading them: the rest of the batch is read again.
      if (!isTime()) break;
      for (const [place, body] of (bodies.get(rowid) ?? []).entries()) {
        const match = Buffer.isBuffer(body) ? matcher.find(body) : null;
        if (match !== null) found.push({ rowid, side: SIDES[place]!, match });
      }
      scanned++;
    }
  }
  return { scanned, hits: describeHits(snapshot, columns, found) };
}

interface Found {
  readonly rowid: number;
  readonly side: (typeof SIDES)[number];
  readonly match: TextMatch;
}

/** Both bodies of each call by its rowid. */
function readBatch(snapshot: Snapshot, columns: CallColumns, batch: Float64Array): Map<number, Cell[]> {
  const rows = snapshot.all(
    `select r.rowid, ${SIDES.map((side) => selectText(`b.${side}_body`)).join(', ')}
     from requests r join request_bodies b on b.request_id = ${columns.id} where r.rowid in (${PLACES})`,
    Array.from({ length: BATCH_CALLS }, (_, place) => batch[place] ?? null),
  );
  return new Map(rows.map(([rowid, ...bodies]) => [Number(rowid), bodies]));
}

const PLACES = Array.from({ length: BATCH_CALLS }, () => '?').join(', ');

function describeHits(snapshot: Snapshot, columns: CallColumns, found: readonly Found[]): WireSearchHit[] {
  const rowids = [...new Set(found.map(({ rowid }) => rowid))];
  const calls = new Map(readCalls(snapshot, columns, rowids).map((call, place) => [rowids[place]!, call]));
  return found.flatMap(({ rowid, side, match }) => {
    const call = calls.get(rowid);
    if (call === undefined) return [];
    const { id, project, provider, model, requested_at } = call;
    return [{ call_id: id, side, ...match, project, provider, model, requested_at }];
  });
}
