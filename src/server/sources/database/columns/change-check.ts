import type { BodyIndex } from '../body-index.js';
import { findColumns } from '../call-columns.js';
import type { Snapshot } from '../connection.js';
import { selectNumber, readText, selectText } from '../query.js';
import type { CallTable } from './call-table.js';

/** Calls compared in one step. */
const STEP_CALLS = 10_000;

/** Up to so many calls all is compared at every change: it takes a few milliseconds. */
const CHEAP_CALLS = 20_000;

/** Least time between two beginnings. A change is found at most this long after it was made, and one comparison. */
const EVERY_MS = 30_000;

/** Spreads costs over rowids, so that two that changed places show. */
const WEIGHTS = 8191;

export type Found =
  | { readonly kind: 'same' | 'done' | 'reload' | 'reload-bodies' }
  | { readonly kind: 'reread'; readonly from: number; readonly before: number };

interface Sums {
  calls: number;
  cost: number;
  weighted: number;
  complete: number;
}

/**
 * Finds calls that were changed after they were read: `halton-meter retag` moves them to another project,
 * `recompute-costs` gives them another cost. Compares sums for each project, a stretch of rows at a time.
 */
export class ChangeCheck {
  #isExpected = false;
  #isOverdue = false;
  #lookedAtMs = NaN;
  #startedAtMs = -Infinity;
  /** The next place to compare; null between two comparisons. */
  #next: number | null = null;

  /** Somebody asks. True where nobody has for so long that what changed meanwhile may have changed long ago. */
  look(nowMs: number): boolean {
    const isLate = nowMs - this.#lookedAtMs >= EVERY_MS;
    this.#lookedAtMs = nowMs;
    return isLate;
  }

  /** The database has changed since the columns were last compared, `isLate` of them perhaps long ago. */
  expect(isLate: boolean): void {
    this.#isExpected = true;
    if (isLate) this.#isOverdue = true;
  }

  /** Whether an answer from the columns might be older than it may be. */
  get isOverdue(): boolean {
    return this.#isOverdue;
  }

  reset(): void {
    this.#isExpected = false;
    this.#isOverdue = false;
    this.#next = null;
  }

  isCheap(table: CallTable): boolean {
    return table.length <= CHEAP_CALLS;
  }

  /** Whether a comparison is under way, or may begin. */
  isDue(nowMs: number): boolean {
    return this.#next !== null || this.#isOverdue || (this.#isExpected && nowMs - this.#startedAtMs >= EVERY_MS);
  }

  /** Compares the next stretch. `done`: there is nothing to compare, or not yet. */
  step(snapshot: Snapshot, table: CallTable, bodies: BodyIndex, nowMs: number, atOnce: boolean): Found {
    if (this.#next === null) {
      if (!this.#isExpected || (!atOnce && !this.isDue(nowMs))) return { kind: 'done' };
      this.#isExpected = false;
      this.#startedAtMs = nowMs;
      this.#next = 0;
    }
    if (this.#next >= table.length) {
      this.#next = null;
      this.#isOverdue = false;
      return { kind: bodies.isUnchanged(snapshot) ? 'done' : 'reload-bodies' };
    }
    const from = this.#next;
    const before = Math.min(from + STEP_CALLS, table.length);
    this.#next = before;
    const found = compareStretch(snapshot, table, from, before);
    if (found === 'reread') return { kind: 'reread', from, before };
    if (found === 'reload') this.#next = null;
    return { kind: found };
  }
}

function compareStretch(
  snapshot: Snapshot,
  table: CallTable,
  from: number,
  before: number,
): 'same' | 'reread' | 'reload' {
  const known = sumColumns(table, from, before);
  const columns = findColumns(snapshot.schema);
  const cost = `round(${selectNumber(columns.cost)})`;
  const rows = snapshot.all(
    `select ${selectText(columns.projectId)}, count(*), total(${cost}), total(${cost} * (r.rowid % ${WEIGHTS})
       + ${columns.isImputed}), total(${columns.isComplete}) + total(${cost} is null) * ${WEIGHTS}
     from requests r where r.rowid >= ? and r.rowid <= ? group by ${columns.projectId}`,
    [table.rowid.data[from]!, table.rowid.data[before - 1]!],
  );
  const calls = rows.reduce((sum, row) => sum + Number(row[1]), 0);
  if (calls !== before - from) return 'reload';
  const isSame =
    rows.length === known.size &&
    rows.every(([project, count, sum, weighted, complete]) => {
      const sums = known.get(readText(project));
      return (
        sums !== undefined &&
        sums.calls === count &&
        sums.cost === sum &&
        sums.weighted === weighted &&
        sums.complete === complete
      );
    });
  return isSame ? 'same' : 'reread';
}

function sumColumns(table: CallTable, from: number, before: number): ReadonlyMap<string | null, Sums> {
  const { signatures } = table;
  const cost = table.cost.data;
  const [signature, rowid] = [table.signature.data, table.rowid.data];
  const projects = signatures.codes('projectId');
  const complete = signatures.codes('isComplete').map((code) => Number(signatures.values('isComplete')[code]));
  const imputed = signatures
    .codes('billing')
    .map((code) => Number(signatures.values('billing')[code] === 'subscription_imputed'));
  const byProject: Sums[] = [];
  for (let place = from; place < before; place++) {
    const own = signature[place]!;
    const sums = (byProject[projects[own]!] ??= { calls: 0, cost: 0, weighted: 0, complete: 0 });
    const millicents = cost[place]!;
    sums.calls++;
    sums.complete += complete[own]!;
    if (Number.isNaN(millicents)) {
      sums.complete += WEIGHTS;
      continue;
    }
    sums.cost += millicents;
    sums.weighted += millicents * (rowid[place]! % WEIGHTS) + imputed[own]!;
  }
  const named = new Map<string | null, Sums>();
  for (const [code, sums] of byProject.entries()) {
    if (sums !== undefined) named.set(signatures.values('projectId')[code]!, sums);
  }
  return named;
}
