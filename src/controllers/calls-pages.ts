import type { Filter } from '../api/filter.js';
import type { Sort } from '../api/query.js';
import { type Call, type CallsAnswer, listCalls } from '../daemon/calls.js';
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

/** A list of calls of which some pages are known. */
export interface CallsView {
  /** Rows of this list, as it was when it was first asked for. */
  readonly total: number;
  readonly totals: Totals;
  /** Calls that arrived above the first row since then, while the user was reading further down. */
  readonly newCalls: number;
  /** The call in a row, undefined where it isn't known yet. */
  readonly callAt: (row: number) => Call | undefined;
  /** The row of a call among the known ones. */
  readonly rowOf: (id: string) => number | undefined;
  /** What was asked, as a text to compare. */
  readonly key: string;
}

/**
 * Pages of one list, fetched by offset and kept. While `hold` is asked for, rows keep their places: what arrives at the
 * newest end is counted and offsets are moved by it, so that a reader's rows don't slide away under the eyes.
 */
export class CallsPages {
  #key = '';
  #pages = new Map<number, readonly Call[]>();
  #total = 0;
  /** What the server counts now; more than `#total` while rows are held. */
  #serverTotal = 0;
  #totals: Totals | undefined;

  /** First and last page of a span of rows. */
  static pagesOf(rows: { readonly first: number; readonly end: number }): readonly [first: number, last: number] {
    return [Math.floor(rows.first / PAGE_ROWS), Math.floor(Math.max(rows.first, rows.end - 1) / PAGE_ROWS)];
  }

  /**
   * Makes pages `firstPage` to `lastPage` known. `again`: ask even for what is known. Rejects as `listCalls` does, and then what
   * was known before stays.
   */
  async load(
    question: CallsQuestion,
    firstPage: number,
    lastPage: number,
    options: { again: boolean; hold: boolean },
    signal: AbortSignal,
  ): Promise<CallsView> {
    const key = JSON.stringify(question);
    const isSame = key === this.#key;
    const hold = isSame && options.hold && question.sort === 'requested_at' && question.order === 'desc';
    const afresh = !isSame || (options.again && !hold);
    const pages = afresh ? new Map<number, readonly Call[]>() : this.#pages;

    let shown = afresh ? undefined : this.#total;
    let counted = afresh ? undefined : this.#serverTotal;
    let newest: CallsAnswer | undefined;
    // A call that arrives between our counting and the answer moves the offsets once more; asking again settles it.
    for (let attempt = 0; attempt < 3; attempt++) {
      const shift: number = hold ? (counted ?? 0) - (shown ?? 0) : 0;
      const missing: number[] = [];
      for (let page = firstPage; page <= lastPage; page++) if (!pages.has(page)) missing.push(page);
      if (missing.length === 0 && options.again) missing.push(firstPage);
      const answers = await Promise.all(
        missing.map((page) => this.#ask(question, page * PAGE_ROWS + Math.max(0, shift), signal)),
      );
      if (answers.length === 0) break;
      newest = answers.at(-1)!;
      const moved = answers.some((answer) => answer.total !== (counted ?? answer.total));
      counted = newest.total;
      if (!hold) shown = newest.total;
      if (moved && hold) continue;
      if (moved && !afresh) for (const page of [...pages.keys()]) if (!missing.includes(page)) pages.delete(page);
      missing.forEach((page, index) => pages.set(page, answers[index]!.calls));
      break;
    }

    this.#key = key;
    this.#pages = pages;
    this.#total = shown ?? 0;
    this.#serverTotal = counted ?? 0;
    if (newest !== undefined) this.#totals = newest.totals;
    this.#forget(firstPage, lastPage);
    return this.#view();
  }

  #ask(question: CallsQuestion, offset: number, signal: AbortSignal): Promise<CallsAnswer> {
    const { origin, filter, sort, order } = question;
    return listCalls(origin, filter, { sort, order, offset, limit: PAGE_ROWS }, signal);
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
      totals: this.#totals!,
      newCalls: Math.max(0, this.#serverTotal - this.#total),
      callAt: (row) => pages.get(Math.floor(row / PAGE_ROWS))?.[row % PAGE_ROWS],
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
