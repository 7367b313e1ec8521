import type { ReactiveController } from 'lit';
import type { Comparison } from '../view/call-totals.js';
import { compareTotals } from '../view/compare-totals.js';
import type { Filter } from '../api/filter.js';
import type { StripHost, StripOptions } from './cost-strip.js';
import { PreviousTotals } from './previous-totals.js';

/** Draws the cost strip into its place, and compares the totals with those of the period before. */
export class StripChart implements ReactiveController {
  readonly #options: StripOptions;
  readonly #previous: PreviousTotals;

  constructor(host: StripHost, options: StripOptions) {
    this.#options = options;
    this.#previous = new PreviousTotals(host, {
      origin: () => options.scope.origin,
      filter: () => this.#filter,
      isReady: options.isReady,
    });
    host.addController(this);
  }

  get comparison(): Comparison | undefined {
    const previous = this.#previous.current;
    const totals = this.#options.totals();
    return previous && totals ? compareTotals(totals, previous.totals, previous.period) : undefined;
  }

  get #filter(): Filter {
    return { ...this.#options.scope.filter, tz: this.#options.scope.timeZone };
  }

  hostUpdated(): void {}
}
