import { findColumns } from '../call-columns.js';
import type { Snapshot } from '../connection.js';
import { readText, selectText, type Cell } from '../query.js';
import { withSpare, type CallTable } from './call-table.js';
import type { KeyWords } from './key-words.js';
import { makeArray } from './large-arrays.js';
import { OrderedPlaces } from './ordered-places.js';
import type { ColumnReader } from './read-columns.js';

/** A step takes about so long, and what a chunk takes. */
const STEP_MS = 8;
/** Calls read at once: their texts lie in memory of a few hundred kilobytes. */
const CHUNK_CALLS = 2000;
const STEP_IDS = 20_000;

/** What a row takes at least: its id and its project's have 36 characters each. */
const LEAST_ROW_BYTES = 72;

/**
 * About how many calls there are: as many as there are rowids, which nobody takes from between others as a rule. Counting
 * them would walk through an index of all. In a file that has gaps, no more than it has room for.
 */
export function estimateCalls(snapshot: Snapshot): number {
  const [[first, last]] = snapshot.all(
    'select (select min(rowid) from requests), (select max(rowid) from requests)',
  ) as [[number | null, number | null]];
  if (first === null || last === null) return 0;
  const [[pages]] = snapshot.all('pragma page_count') as [[number]];
  const [[bytes]] = snapshot.all('pragma page_size') as [[number]];
  // The last one may be before the first in a damaged file.
  return Math.max(0, Math.min(last - first + 1, Math.ceil((pages * bytes) / LEAST_ROW_BYTES)));
}

/** Reads all rows a step at a time, each of which may see a later state, and returns the last state it saw. */
export function* loadRows(
  first: Snapshot,
  reader: ColumnReader,
  table: CallTable,
  words: KeyWords,
): Generator<void, Snapshot, Snapshot> {
  for (let snapshot = first; ; snapshot = yield) {
    const startMs = performance.now();
    const columns = findColumns(snapshot.schema);
    do {
      const end = reader.findEnd(snapshot, table.lastRowid, CHUNK_CALLS);
      if (end === null) return snapshot;
      table.length += reader.read(snapshot, columns, table, { after: table.lastRowid, end, at: table.length, words });
    } while (performance.now() - startMs < STEP_MS);
  }
}

/** All calls in the order of their ids. */
export function* readIds(first: Snapshot, table: CallTable): Generator<void, OrderedPlaces, Snapshot> {
  let snapshot = first;
  const places = makeArray(Uint32Array, withSpare(table.length));
  const isSeen = makeArray(Uint8Array, table.length);
  let count = 0;
  let last: Cell | null = null;
  for (;;) {
    const [row] = snapshot.all(
      `select cast(json_group_array(at) as blob), ${selectText('max(id)')} from (
           select r.rowid as at, r.id as id from requests r ${last === null ? '' : 'where r.id > cast(? as text)'}
           order by r.id limit ${STEP_IDS})`,
      last === null ? [] : [readText(last)],
    );
    const rowids = JSON.parse((row![0] as Buffer).toString('latin1')) as number[];
    for (const rowid of rowids) {
      // Rows that came since are taken in later.
      const place = table.findPlace(rowid);
      if (place < 0 || isSeen[place]) continue;
      isSeen[place] = 1;
      places[count++] = place;
    }
    if (rowids.length < STEP_IDS) break;
    last = row![1]!;
    snapshot = yield;
  }
  // A call without an id, which the daemon's own table does not allow.
  for (let place = 0; place < isSeen.length; place++) if (!isSeen[place]) places[count++] = place;
  return OrderedPlaces.of(places, count);
}

/** Reads calls again and tells what of them changed; null where they are no longer as many. */
export function rereadRows(
  snapshot: Snapshot,
  reader: ColumnReader,
  table: CallTable,
  from: number,
  before: number,
): { readonly isMoved: boolean; readonly isRepriced: boolean; readonly isRetimed: boolean } | null {
  const [after, end] = [table.rowid.data[from]! - 1, table.rowid.data[before - 1]!];
  const times = table.micros.slice(from, before);
  const [costs, projects] = [table.cost.data.slice(from, before), readProjects(table, from, before)];
  const columns = findColumns(snapshot.schema);
  const count = reader.read(snapshot, columns, table, { after, end, at: from, words: null });
  if (count !== before - from) return null;
  return {
    isMoved: readProjects(table, from, before).some((project, place) => project !== projects[place]),
    isRepriced: costs.some((cost, place) => !Object.is(cost, table.cost.data[from + place])),
    isRetimed: times.some((micros, place) => !Object.is(micros, table.micros[from + place])),
  };
}

function readProjects(table: CallTable, from: number, before: number): number[] {
  const codes = table.signatures.codes('projectId');
  return Array.from(table.signature.data.subarray(from, before), (signature) => codes[signature]!);
}
