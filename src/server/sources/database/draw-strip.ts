import type { StripQuery } from '../../../api/query.js';
import type { WireStripAnswer } from '../../../api/strip.js';
import type { Chosen } from './columns/select-calls.js';
import type { CallTable } from './columns/call-table.js';
import { CostBand } from './cost-band.js';
import { findChanges } from './cost-changes.js';
import type { IndexContext } from './index-context.js';
import { findRange } from './list-series.js';
import { instantOfMicros } from './stored-time.js';

/** Up to so many calls are drawn one by one. */
const MAX_POINTS = 3000;

const USUAL_COLUMNS = 240;
const USUAL_ROWS = 44;

/** Where the picture's stretches of time lie, in microseconds; calls outside are on its border. */
interface Frame {
  readonly since: number;
  readonly span: number;
  readonly columns: number;
}

/** Calls counted by cell of the picture, with the newest of each. */
class Cells {
  readonly calls: Uint32Array;
  /** Place + 1. */
  readonly newest: Uint32Array;

  constructor(cells: number) {
    this.calls = new Uint32Array(cells);
    this.newest = new Uint32Array(cells);
  }

  add(cell: number, place: number, micros: Float64Array): void {
    this.calls[cell]!++;
    const known = this.newest[cell]!;
    if (known === 0 || micros[place]! >= micros[known - 1]!) this.newest[cell] = place + 1;
  }

  /** The cells that are not empty. */
  *filled(): Generator<{ readonly cell: number; readonly calls: number; readonly place: number }> {
    for (const [cell, calls] of this.calls.entries()) {
      if (calls > 0) yield { cell, calls, place: this.newest[cell]! - 1 };
    }
  }
}

/** The cost of every call of the filter over time, ready to be drawn; see the contract. */
export function drawStrip(query: StripQuery, context: IndexContext): WireStripAnswer {
  const { columns = USUAL_COLUMNS, rows = USUAL_ROWS, ...filter } = query;
  const { table } = context.index;
  const selection = context.selections.select(filter, context);
  const { mask, begin, end } = selection;
  const range = findRange(selection, table.micros, filter.last === undefined ? null : context.nowMs * 1000);
  const axis = measureCosts(table, selection);
  const shape = {
    columns,
    rows,
    min_millicents: axis.calls === 0 ? null : axis.least,
    max_millicents: axis.calls === 0 ? null : axis.most,
    priced_calls: axis.calls,
  };
  if (range === null) return { since: null, until: null, ...shape, ...EMPTY };
  const until = Number.isFinite(selection.before) ? selection.before : range.last;
  const frame = { since: range.first, span: Math.max(until - range.first, 1), columns };
  const height = Math.log(axis.most / axis.least);
  const isBinned = axis.calls > MAX_POINTS;
  const [zero, failed, unpriced] = [new Cells(columns), new Cells(columns), new Cells(columns)];
  const bins = new Cells(isBinned ? columns * rows : 0);
  const points: number[] = [];
  const band = new CostBand(columns, axis);
  const isFailed = markFailed(table);
  const { micros } = table;
  const cost = table.cost.data;
  const signature = table.signature.data;
  for (let place = begin; place < end; place++) {
    if (mask[place] === 0 || Number.isNaN(micros[place]!)) continue;
    const column = columnOf(micros[place]!, frame);
    const millicents = cost[place]!;
    if (isFailed[signature[place]!]) failed.add(column, place, micros);
    else if (Number.isNaN(millicents)) unpriced.add(column, place, micros);
    else if (millicents <= 0) zero.add(column, place, micros);
    if (!(millicents > 0)) continue;
    const level = height === 0 ? 0 : Math.log(millicents / axis.least) / height;
    band.add(column, level);
    if (isBinned) bins.add(column * rows + Math.min(Math.floor(level * rows), rows - 1), place, micros);
    else points.push(place);
  }
  const idOf = readIds(
    [...points, ...[zero, failed, unpriced, bins].flatMap((cells) => [...cells.filled()].map(({ place }) => place))],
    context,
  );
  const writeLane = (cells: Cells): WireStripAnswer['failed'] =>
    Array.from(cells.filled(), ({ cell, calls, place }) => ({ column: cell, calls, id: idOf(place) }));
  return {
    since: instantOfMicros(range.first),
    until: instantOfMicros(until),
    ...shape,
    points: isBinned
      ? null
      : points.map((place) => ({
          id: idOf(place),
          at: instantOfMicros(micros[place]!),
          cost_millicents: cost[place]!,
        })),
    bins: isBinned
      ? Array.from(bins.filled(), ({ cell, calls, place }) => ({
          column: Math.floor(cell / rows),
          row: cell % rows,
          calls,
          id: idOf(place),
        }))
      : null,
    zero: writeLane(zero),
    failed: writeLane(failed),
    unpriced: writeLane(unpriced),
    band: band.toWire(),
    changes: findChanges(filter, selection, range, context),
  };
}

const EMPTY = { points: [], bins: null, zero: [], failed: [], unpriced: [], band: [], changes: [] };

/** Least and greatest cost above 0, and how many have one. */
function measureCosts(
  { cost: { data: cost }, micros }: CallTable,
  { mask, begin, end }: Chosen,
): { readonly least: number; readonly most: number; readonly calls: number } {
  let [least, most, calls] = [Infinity, 0, 0];
  for (let place = begin; place < end; place++) {
    const millicents = cost[place]!;
    if (mask[place] === 0 || !(millicents > 0) || Number.isNaN(micros[place]!)) continue;
    calls++;
    if (millicents < least) least = millicents;
    if (millicents > most) most = millicents;
  }
  return { least, most, calls };
}

function columnOf(micros: number, { since, span, columns }: Frame): number {
  return Math.min(columns - 1, Math.max(0, Math.floor(((micros - since) / span) * columns)));
}

function markFailed({ signatures }: CallTable): Uint8Array {
  const isFailed = signatures.values('status').map((status) => Number(status !== 'success'));
  return Uint8Array.from(signatures.codes('status'), (code) => isFailed[code]!);
}

/** The ids of calls at these places. */
function readIds(places: readonly number[], { snapshot, index, columns }: IndexContext): (place: number) => string {
  const rowids = index.table.rowid.data;
  const [row] = snapshot.all(
    `select cast(json_group_array(json_array(r.rowid, cast(${columns.id} as text))) as blob) from requests r
     where r.rowid in (select value from json_each(?))`,
    [JSON.stringify([...new Set(places)].map((place) => rowids[place]!))],
  );
  const ids = new Map(JSON.parse((row![0] as Buffer).toString('utf8')) as [number, string | null][]);
  return (place) => ids.get(rowids[place]!) ?? '';
}
