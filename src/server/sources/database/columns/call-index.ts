import type { FilterQuery, Sort } from '../../../../api/query.js';
import { BodyIndex } from '../body-index.js';
import { findColumns, type CallColumns } from '../call-columns.js';
import type { Snapshot } from '../connection.js';
import { CallOrders, compareIds } from './call-orders.js';
import { CallTable } from './call-table.js';
import { ChangeCheck } from './change-check.js';
import { KeyWords } from './key-words.js';
import { MOST_INSERTS } from './kept-orders.js';
import { estimateCalls, loadRows, rereadRows } from './load-rows.js';
import type { Direction, OrderedPlaces } from './ordered-places.js';
import { ColumnReader } from './read-columns.js';
import { RepeatGaps } from './repeat-gaps.js';
import { RepeatedPrompts } from './repeated-prompts.js';

/** What the index has seen change, each a number that grows. */
export interface IndexMarks {
  /** The columns were read anew: another file, other tables, rows taken away. */
  readonly file: number;
  readonly cost: number;
  readonly project: number;
}

/**
 * All calls as columns in memory, loaded in steps and kept up to date: new rows by their rowids, and those that were
 * changed by comparing sums now and then, since SQLite does not tell.
 */
export class CallIndex {
  #table = new CallTable();
  #words = new KeyWords();
  #bodies = new BodyIndex();
  #repeated = new RepeatedPrompts();
  #orders = new CallOrders(this.#table);
  readonly gaps = new RepeatGaps();
  readonly #reader = new ColumnReader();
  readonly #check = new ChangeCheck();
  #loading: Generator<void, void, Snapshot> | null = null;
  #layout = '';
  #version = '';
  /** The version that the last loading began at. */
  #loadedSince = '';
  #revision = 0;
  #marks = { file: 0, cost: 0, project: 0 };
  #estimate = 0;
  #loads = 0;

  /** Complete only after `catchUp`. */
  get table(): CallTable {
    return this.#table;
  }

  get words(): KeyWords {
    return this.#words;
  }

  get bodies(): BodyIndex {
    return this.#bodies;
  }

  get marks(): IndexMarks {
    return this.#marks;
  }

  /** Grows with every change of the columns that new rows are not. */
  get revision(): number {
    return this.#revision;
  }

  /** How many rows of calls are in the columns, and of about how many. Equal once all are loaded. */
  get progress(): { readonly loaded: number; readonly of: number } {
    const loaded = this.#table.length;
    return { loaded, of: this.#loading === null ? loaded : Math.max(this.#estimate, loaded) };
  }

  /** How often loading came to its end. */
  get loads(): number {
    return this.#loads;
  }

  /** Whether all calls are in the columns. */
  isLoaded(snapshot: Snapshot, nowMs: number): boolean {
    this.#begin(snapshot, nowMs);
    return this.#loading === null;
  }

  /** Whether `catchUp` would have little or nothing to do. */
  isReady(snapshot: Snapshot, nowMs: number): boolean {
    return this.isLoaded(snapshot, nowMs) && !this.#check.isOverdue;
  }

  /** Does one step of what is to be done, about 10 ms. False where nothing is left. */
  advance(snapshot: Snapshot, nowMs: number): boolean {
    this.#begin(snapshot, nowMs);
    if (this.#loading === null) return false;
    if (this.#step(this.#loading, snapshot)) {
      this.#loading = null;
      this.#loads++;
      this.#version = '';
      this.#begin(snapshot, nowMs);
    }
    return this.#loading !== null;
  }

  /** Brings everything up to this state of the database, whatever it takes. */
  catchUp(snapshot: Snapshot, nowMs: number): void {
    this.#begin(snapshot, nowMs);
    while (this.#loading !== null) this.advance(snapshot, nowMs);
    if (this.#check.isCheap(this.#table) || this.#check.isOverdue) this.check(snapshot, nowMs, true);
  }

  /**
   * Compares a stretch of the columns with the database, where it is time for that; true where more is to be compared.
   * With `all`, every stretch at once.
   */
  check(snapshot: Snapshot, nowMs: number, all: boolean): boolean {
    if (this.#loading !== null || this.#layout !== snapshot.layout) return false;
    for (;;) {
      const found = this.#check.step(snapshot, this.#table, this.#bodies, nowMs, all);
      if (found.kind === 'done') return false;
      if (found.kind === 'reload') {
        this.#restart(snapshot);
        if (!all) return false;
        while (this.#loading !== null) this.advance(snapshot, nowMs);
        return false;
      }
      if (found.kind === 'reload-bodies') {
        this.#start(this.#reloadBodies(), snapshot);
        if (!all) return false;
        while (this.#loading !== null) this.advance(snapshot, nowMs);
      }
      if (found.kind === 'reread') this.#reread(snapshot, found.from, found.before);
      if (!all) return true;
    }
  }

  /** Whether there is work that `advance` or `check` would do a step of. */
  isBusy(nowMs: number): boolean {
    return this.#loading !== null || this.#check.isDue(nowMs);
  }

  /** True at its end. A loading that failed can't go on, so all begins anew. */
  #step(loading: Generator<void, void, Snapshot>, snapshot: Snapshot): boolean {
    try {
      return loading.next(snapshot).done === true;
    } catch (error) {
      this.#loading = null;
      this.#layout = '';
      throw error;
    }
  }

  /** The calls in this order, all of them. */
  order(sort: Sort, direction: Direction, snapshot: Snapshot): OrderedPlaces {
    return this.#orders.find(sort, direction, snapshot);
  }

  /** Brings up to date what is kept only once a filter asks for it. */
  prepare({ repeated, repeated_within }: FilterQuery, snapshot: Snapshot): void {
    const isIdBefore = compareIds(snapshot, this.#table);
    if (repeated !== undefined) this.#repeated.update(this.#table, isIdBefore);
    if (repeated_within === undefined) return;
    this.gaps.update(this.#table, this.order('requested_at', 'desc', snapshot).places, isIdBefore);
  }

  /** Looks at what changed, takes in a few new rows at once and sets up the loading of many. */
  #begin(snapshot: Snapshot, nowMs: number): void {
    const isLate = this.#check.look(nowMs);
    if (snapshot.layout !== this.#layout) return this.#restart(snapshot);
    if (this.#loading !== null || snapshot.version === this.#version) return;
    const [[last]] = snapshot.all('select coalesce(max(rowid), 0) from requests') as [[number]];
    if (last < this.#table.lastRowid) return this.#restart(snapshot);
    const columns = findColumns(snapshot.schema);
    const end = this.#reader.findEnd(snapshot, this.#table.lastRowid, MOST_INSERTS);
    if (end !== null && end < last) {
      this.#estimate = estimateCalls(snapshot);
      this.#start(this.#load(), snapshot);
      return;
    }
    if (end !== null) this.#insert(snapshot, columns, end);
    if (!this.#bodies.readNew(snapshot, this.#table)) {
      this.#start(this.#reloadBodies(), snapshot);
      return;
    }
    if (this.#version !== '' || this.#loadedSince !== snapshot.version) this.#check.expect(isLate);
    this.#version = snapshot.version;
  }

  #insert(snapshot: Snapshot, columns: CallColumns, end: number): void {
    const table = this.#table;
    table.length += this.#reader.read(snapshot, columns, table, {
      after: table.lastRowid,
      end,
      at: table.length,
      words: this.#words,
    });
    this.#orders.insert(snapshot);
  }

  #restart(snapshot: Snapshot): void {
    this.#estimate = estimateCalls(snapshot);
    this.#table = new CallTable(this.#estimate);
    this.#words = new KeyWords();
    this.#bodies = new BodyIndex();
    this.#repeated = new RepeatedPrompts();
    this.gaps.reset();
    this.#orders = new CallOrders(this.#table);
    this.#check.reset();
    if (this.#layout !== '') this.#marks = { ...this.#marks, file: this.#marks.file + 1 };
    if (this.#layout === snapshot.layout) this.#revision++;
    this.#layout = snapshot.layout;
    this.#version = '';
    this.#start(this.#load(), snapshot);
  }

  #start(loading: Generator<void, void, Snapshot>, snapshot: Snapshot): void {
    this.#loading = loading;
    this.#loadedSince = snapshot.version;
    // Runs up to where it waits for its first snapshot.
    loading.next(snapshot);
  }

  /** Rows, then their orders, then their bodies. Each yield is the end of a step; the next one may see a later state. */
  *#load(): Generator<void, void, Snapshot> {
    const table = this.#table;
    const snapshot = yield* loadRows(yield, this.#reader, table, this.#words);
    yield* this.#orders.load(snapshot);
    yield* this.#bodies.load(yield, table);
  }

  *#reloadBodies(): Generator<void, void, Snapshot> {
    this.#bodies = new BodyIndex();
    this.#table.clearMarks();
    this.#repeated.reset();
    this.#revision++;
    yield* this.#bodies.load(yield, this.#table);
  }

  /** Reads calls again that were changed. */
  #reread(snapshot: Snapshot, from: number, before: number): void {
    const table = this.#table;
    const changed = rereadRows(snapshot, this.#reader, table, from, before);
    if (changed === null) return this.#restart(snapshot);
    table.blocks.forget(from, before);
    this.#orders.forget(changed);
    this.#repeated.reset();
    this.gaps.reset();
    this.#revision++;
    this.#marks = {
      file: this.#marks.file,
      cost: this.#marks.cost + Number(changed.isRepriced),
      project: this.#marks.project + Number(changed.isMoved),
    };
  }
}
