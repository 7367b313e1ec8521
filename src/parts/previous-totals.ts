import { changeFilter, type Filter } from '../api/filter.js';
import { listCalls } from '../daemon/calls.js';
import { findOldestCall } from '../daemon/oldest-call.js';
import type { Totals } from '../daemon/sums.js';
import { type ComparisonWords, compareTotals, tellUnrecorded } from '../view/compare-totals.js';
import { findPreviousPeriod } from '../view/previous-period.js';
import { DAY_MS } from '../filter/zone-time.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import type { StripHost } from './cost-strip.js';

interface Options {
  readonly origin: () => string;
  readonly filter: () => Filter;
  /** True while the filter's own totals are drawn and no newer ones are waited for. */
  readonly isReady: () => boolean;
}

interface Previous {
  readonly question: string;
  /** Sets the filter's own totals against it. */
  readonly compare: (totals: Totals) => ComparisonWords;
}

/** How long totals of the period before stay good while the period moves with the clock. */
const MOVES_EVERY_MS = 60_000;

/** Asks, after the filter's own totals are there, for those of the period before. */
export class PreviousTotals {
  readonly #options: Options;
  readonly #task: DaemonTask<[question: string, minute: number], Previous | null>;

  constructor(host: StripHost, options: Options) {
    this.#options = options;
    this.#task = new DaemonTask(host, {
      args: () => [options.origin(), this.#question, this.#minute],
      run: async ([origin, question], signal) => {
        const filter = options.filter();
        const zone = filter.tz ?? 'UTC';
        const period = findPreviousPeriod(filter, Date.now(), zone);
        if (period === null) return null;
        const unrecorded = tellUnrecorded(period, await findOldestCall(origin, signal), zone);
        if (unrecorded !== null) return { question, compare: () => unrecorded };
        const before = changeFilter(filter, { since: period.since, until: period.until, last: '' });
        const page = { sort: 'requested_at', order: 'desc', offset: 0, limit: 1 } as const;
        const { totals } = await listCalls(origin, before, page, signal);
        return { question, compare: (now) => compareTotals(now, totals, period) };
      },
      when: options.isReady,
      quiet: true,
    });
  }

  /** What there is to compare with; null without, or while it isn't known for the filter that is drawn. */
  get current(): Previous | null {
    const { data } = this.#task;
    // While newer totals are waited for, what is drawn belongs to the older question, as our answer does.
    return data && (data.question === this.#question || !this.#options.isReady()) ? data : null;
  }

  /** Stands still where the filter ends before today: then nothing moves. */
  get #minute(): number {
    const endMs = Date.parse(this.#options.filter().until ?? '');
    const isOver = endMs + 2 * DAY_MS < Date.now();
    return isOver ? 0 : Math.floor(Date.now() / MOVES_EVERY_MS);
  }

  get #question(): string {
    return JSON.stringify([this.#options.origin(), this.#options.filter()]);
  }
}
