import type { Filter } from '../api/filter.js';
import type { Sort } from '../api/query.js';
import { type Call, listCalls } from '../daemon/calls.js';
import type { Totals } from '../daemon/sums.js';

const PAGE_ROWS = 100;
/** Enough to scroll back without asking again, little enough to forget. */
const KEPT_PAGES = 40;

/** What is asked for: changing any of it is another list. */
export interface CallsQuestion {
  readonly origin: string;
  readonly filter: Filter;
  readonly sort: Sort;
  readonly order: 'asc' | 'desc';
}

interface Rows {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

/** A row in view whose call is known, which is to stay where it is. */
interface Held {
  readonly row: number;
  readonly id: string;
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

/** Rows read below those in view where calls arrive, to find the rows in view again. */
const AHEAD_ROWS = 100;
/** As many as the server gives at once. */
const MOST_ROWS = 1000;

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

    const held = hold ? this.#findHeld(rows) : null;
    let above = hold ? this.#above : 0;
    let ahead = hold && options.again ? AHEAD_ROWS : 0;
    for (let attempt = 0; ; attempt++) {
      const start = from * PAGE_ROWS + above;
      const wanted = (to - from + 1) * PAGE_ROWS;
      const { calls, total, totals } = await listCalls(
        question.origin,
        question.filter,
        { sort: question.sort, order: question.order, offset: start, limit: Math.min(MOST_ROWS, wanted + ahead) },
        signal,
      );
      const arrived = Math.max(0, total - this.#total);
      const found = ahead === 0 ? above : held === null ? arrived : findAbove(calls, start, held);
      const isMoved = ahead === 0 && pages.size > 0 && arrived !== above;
      above = found ?? arrived;
      const skip = from * PAGE_ROWS + above - start;
      const isShort = calls.length < skip + wanted && start + calls.length < total;
      if ((isMoved || isShort || found === undefined) && attempt < 3) {
        // What came does not fit what is known: all rows in view anew, from one answer.
        [from, to] = [firstPage, lastPage];
        pages.clear();
        if (found === undefined) above = Math.max(this.#above, arrived - MOST_ROWS / 2);
        if (hold) ahead = isMoved ? AHEAD_ROWS : MOST_ROWS;
        continue;
      }
      for (let page = from; page <= to; page++) {
        const first = Math.max(0, skip + (page - from) * PAGE_ROWS);
        pages.set(page, calls.slice(first, first + PAGE_ROWS));
      }
      this.#late = hold ? this.#late + total - above - this.#total : isSame ? this.#late : 0;
      this.#key = key;
      this.#pages = pages;
      this.#total = total - above;
      this.#above = above;
      this.#totals = totals;
      this.#forget(firstPage, lastPage);
      return this.#view();
    }
  }

  #findHeld({ first, end }: Rows): Held | null {
    for (let row = first; row < end; row++) {
      const id = callAt(this.#pages, row)?.id;
      if (id !== undefined) return { row, id };
    }
    return null;
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

/** How many calls have arrived above a row that stays where it is; undefined where it isn't in the answer. */
function findAbove(calls: readonly Call[], start: number, { row, id }: Held): number | undefined {
  const place = calls.findIndex((call) => call.id === id);
  return place < 0 ? undefined : Math.max(0, start + place - row);
}
