import type { Filter } from '../api/filter.js';
import type { Sort } from '../api/query.js';
import { type Call, type CallsAnswer, listCalls } from '../daemon/calls.js';
import type { Totals } from '../daemon/sums.js';

export const PAGE_ROWS = 100;
/** Enough to scroll back without asking again, little enough to forget. */
const KEPT_PAGES = 40;

/** What is asked for: changing any of it is another list. */
export interface CallsQuestion {
  readonly origin: string;
  readonly filter: Filter;
  readonly sort: Sort;
  readonly order: 'asc' | 'desc';
}

export interface Rows {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

/** An answer with the rows of some pages. */
export interface RowsRead extends Pick<CallsAnswer, 'calls' | 'total' | 'totals'> {
  /** Calls of the server's list that are left out above the first row. */
  readonly above: number;
  /** Calls before those of the first page. */
  readonly skip: number;
}

/** A list of calls of which some pages are known. */
export interface CallsView {
  /** Rows of this list, without the new calls above it. */
  readonly total: number;
  /** How many of them came to stand between others, or below, while their places were held. */
  readonly late: number;
  readonly totals: Totals;
  /** Calls that arrived above the first row while the user was reading further down. */
  readonly newCalls: number;
  /** The call in a row, undefined where it isn't known yet. */
  readonly callAt: (row: number) => Call | undefined;
  /** The row of a call among the known ones. */
  readonly rowOf: (id: string) => number | undefined;
  /** What was asked, as a text to compare. */
  readonly key: string;
}

/**
 * Pages of one list, fetched by offset and kept. While `hold` is asked for, rows keep their places: calls that arrive
 * above them are counted and left out, so that a reader's rows don't slide away under the eyes. A call that took long
 * arrives further down, among those that were made before it: it stands there at once.
 */
export class CallsPages {
  #key = '';
  #pages = new Map<number, readonly Call[]>();
  #total = 0;
  #late = 0;
  /** Calls of the server's list that are left out above the first row. */
  #above = 0;
  #totals: Totals | undefined;

  /** First and last page of a span of rows. */
  static pagesOf(rows: Rows): readonly [first: number, last: number] {
    return [Math.floor(rows.first / PAGE_ROWS), Math.floor(Math.max(rows.first, rows.end - 1) / PAGE_ROWS)];
  }

  /**
   * Makes the pages of these rows known. `again`: ask even for what is known. Rejects as `listCalls` does, and then what
   * was known before stays.
   */
  async load(
    question: CallsQuestion,
    rows: Rows,
    options: { again: boolean; hold: boolean },
    signal: AbortSignal,
  ): Promise<CallsView> {
    const key = JSON.stringify(question);
    const isSame = key === this.#key;
    const hold = isSame && options.hold && question.sort === 'requested_at' && question.order === 'desc';
    const pages = new Map(isSame && !options.again ? this.#pages : []);
    const [firstPage, lastPage] = CallsPages.pagesOf(rows);
    let [from, to] = [firstPage, lastPage];
    const isKnown = (page: number): boolean =>
      (pages.get(page)?.length ?? -1) >= Math.max(0, Math.min(PAGE_ROWS, this.#total - page * PAGE_ROWS));
    while (from <= to && isKnown(from)) from++;
    while (from < to && isKnown(to)) to--;
    if (from > to) return this.#view();

    const above = hold ? this.#above : 0;
    const readPlain = async (): Promise<RowsRead> => {
      const answer = await listRows(question, from * PAGE_ROWS + above, (to - from + 1) * PAGE_ROWS, signal);
      return { ...answer, above, skip: 0 };
    };
    let read = hold && options.again ? undefined : await readPlain();
    if (read === undefined || (pages.size > 0 && Math.max(0, read.total - this.#total) !== above)) {
      // What came does not fit what is known: all rows in view anew, from one answer.
      [from, to] = [firstPage, lastPage];
      pages.clear();
      read = hold ? await this.#readHeld(question, rows, signal) : await readPlain();
    }
    for (let page = from; page <= to; page++) {
      const first = Math.max(0, read.skip + (page - from) * PAGE_ROWS);
      pages.set(page, read.calls.slice(first, first + PAGE_ROWS));
    }
    this.#late = hold ? this.#late + read.total - read.above - this.#total : isSame ? this.#late : 0;
    this.#key = key;
    this.#pages = pages;
    this.#total = read.total - read.above;
    this.#above = read.above;
    this.#totals = read.totals;
    this.#forget(firstPage, lastPage);
    return this.#view();
  }

  /** Loaded where calls have arrived above the rows of somebody who reads further down. */
  async #readHeld(question: CallsQuestion, rows: Rows, signal: AbortSignal): Promise<RowsRead> {
    const { readHeld } = await import('./held-rows.js');
    const known = { above: this.#above, total: this.#total, callAt: (row: number) => callAt(this.#pages, row) };
    return readHeld(question, rows, known, signal);
  }

  #forget(firstPage: number, lastPage: number): void {
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= KEPT_PAGES) return;
      if (page < firstPage || page > lastPage) this.#pages.delete(page);
    }
  }

  #view(): CallsView {
    const pages = this.#pages;
    return {
      total: this.#total,
      late: this.#late,
      totals: this.#totals!,
      newCalls: this.#above,
      callAt: (row) => callAt(pages, row),
      rowOf: (id) => {
        for (const [page, calls] of pages) {
          const place = calls.findIndex((call) => call.id === id);
          if (place >= 0) return page * PAGE_ROWS + place;
        }
        return undefined;
      },
      key: this.#key,
    };
  }
}

function callAt(pages: ReadonlyMap<number, readonly Call[]>, row: number): Call | undefined {
  return pages.get(Math.floor(row / PAGE_ROWS))?.[row % PAGE_ROWS];
}

/** Calls from one row of the server's list on. */
export function listRows(
  { origin, filter, sort, order }: CallsQuestion,
  offset: number,
  limit: number,
  signal: AbortSignal,
): Promise<CallsAnswer> {
  return listCalls(origin, filter, { sort, order, offset, limit }, signal);
}
