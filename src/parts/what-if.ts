import { html, nothing, type TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import type { ScopeController } from '../controllers/scope.js';
import type { Filter } from '../api/filter.js';
import type { Rate } from '../daemon/pricing.js';
import { repriceCalls, type RepriceAnswer, type Scenario } from '../daemon/reprice.js';
import { getStatus, type Status } from '../daemon/status.js';
import { whatIf } from '../styles/what-if.js';
import { RATE_KEYS, type RateKey } from '../view/pricing-rows.js';
import type { RateUnit } from '../view/rate-units.js';
import { renderStates } from '../view/states.js';
import { parseRate, printRate } from '../view/typed-rates.js';
import { renderForm, type Target } from '../view/what-if.js';
import { renderAnswer } from '../view/what-if-answer.js';
import type { PriceHost } from './price-list.js';

interface WhatIfContext {
  readonly scope: ScopeController;
  /** The rates in force now. */
  readonly rates: () => readonly Rate[];
  readonly unit: () => RateUnit;
  readonly isOpen: () => boolean;
}

/** A question and its answer: what stands on the page belongs to one of them, whatever is chosen meanwhile. */
interface Answered {
  readonly answer: RepriceAnswer;
  readonly target: Target;
  readonly hasCaching: boolean;
  readonly isFiltered: boolean;
}

/** What the calls of the filter would have cost otherwise. Asked of the server anew for each question, kept nowhere. */
export class WhatIf {
  readonly #host: PriceHost;
  readonly #context: WhatIfContext;
  readonly #status: DaemonTask<[], Status>;
  readonly #answer: DaemonTask<
    [isAsking: boolean, filter: Filter, target: Target, scenario: Scenario],
    Answered | undefined
  >;
  #target: Target = 'own';
  #hasCaching = false;
  /** Rates that were typed, in integers; those with a fault are what they were before it. */
  #rates: Record<RateKey, number> = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, thinking: 0 };
  #texts: Partial<Record<RateKey, string>> = {};
  #faults: Partial<Record<RateKey, string>> = {};
  /** The unit that the texts are in. */
  #unit: RateUnit;

  constructor(host: PriceHost, context: WhatIfContext) {
    this.#host = host;
    this.#context = context;
    this.#unit = context.unit();
    const { scope } = context;
    this.#status = new DaemonTask(host, {
      args: () => [scope.origin],
      run: ([origin], signal) => getStatus(origin, signal),
      when: context.isOpen,
      quiet: true,
    });
    this.#answer = new DaemonTask(host, {
      args: () => [scope.origin, this.#isAsking, this.#filter(), this.#target, this.#scenario()],
      run: async ([origin, isAsking, filter, target, scenario], signal) => {
        // Closed, or with a fault in what is typed, there is nothing to ask for, also not again when the data changed.
        if (!isAsking) return this.#answer.data;
        const { tz: _zone, ...own } = filter;
        return {
          answer: await repriceCalls(origin, filter, scenario, signal),
          target,
          hasCaching: scenario.hasCaching,
          isFiltered: Object.keys(own).length > 0,
        };
      },
      live: true,
      quiet: true,
    });
    adoptSheet(host.renderRoot, whatIf);
    this.#takeRates();
  }

  render(): TemplateResult {
    const { scope } = this.#context;
    if (!this.#isServed) {
      return html`<p>
        ${scope.origin} can not price calls anew: it is an older version of this server, or the daemon itself.
      </p>`;
    }
    this.#followUnit();
    const form = {
      target: this.#target,
      hasCaching: this.#hasCaching,
      texts: this.#printRates(),
      faults: this.#faults,
      unit: this.#unit,
      models: listModels(this.#context.rates()),
    };
    return html`${renderForm(form, { choose: this.#onChoose, cache: this.#onCache, type: this.#onType })}
    ${this.#isFaulty ? nothing : this.#renderAnswer()}`;
  }

  #renderAnswer(): TemplateResult {
    return html`<div aria-busy=${this.#answer.pending}>
      ${renderStates(this.#answer, {
        what: 'what the calls would have cost',
        timeZone: this.#context.scope.timeZone,
        renderEmpty: () => null,
        renderData: ({ answer, ...asked }) => renderAnswer(answer, asked),
      })}
    </div>`;
  }

  /** Beside rates that are none no answer stands: it would be one to others. */
  get #isFaulty(): boolean {
    return Object.keys(this.#faults).length > 0;
  }

  get #isAsking(): boolean {
    return this.#context.isOpen() && this.#isServed && !this.#isFaulty;
  }

  get #isServed(): boolean {
    return this.#status.data === undefined || this.#status.data.features.includes('reprice');
  }

  /** Days are those of the zone in which they are shown. */
  #filter(): Filter {
    const { scope } = this.#context;
    return { ...scope.filter, tz: scope.timeZone };
  }

  #scenario(): Scenario {
    const target = this.#target;
    return {
      model: typeof target === 'string' ? null : target,
      rates: target === 'rates' ? { ...this.#rates } : null,
      hasCaching: this.#hasCaching,
    };
  }

  /** Rates to begin typing with: those of the model that was chosen last, or of the one with the most calls. */
  #takeRates(): void {
    const target = this.#target;
    const rates = this.#context.rates();
    const most = rates.reduce<Rate | undefined>((a, b) => (a === undefined || b.calls > a.calls ? b : a), undefined);
    const taken =
      typeof target === 'string'
        ? most
        : (rates.find((rate) => isOf(rate, target) && rate.mode === 'standard') ??
          rates.find((rate) => isOf(rate, target)));
    if (taken === undefined) return;
    for (const key of RATE_KEYS) this.#rates[key] = taken[key];
    this.#texts = {};
    this.#faults = {};
  }

  /** What was typed stays as it was typed; in another unit it is written anew. */
  #followUnit(): void {
    const unit = this.#context.unit();
    if (unit === this.#unit) return;
    this.#unit = unit;
    this.#texts = {};
    this.#faults = {};
  }

  #printRates(): Record<RateKey, string> {
    const print = (key: RateKey): string => this.#texts[key] ?? printRate(this.#rates[key], this.#unit);
    const [input, output, thinking] = [print('input'), print('output'), print('thinking')];
    return { input, output, thinking, cacheRead: print('cacheRead'), cacheWrite: print('cacheWrite') };
  }

  readonly #onChoose = (target: Target): void => {
    if (target === 'rates') this.#takeRates();
    else this.#faults = {};
    this.#target = target;
    this.#host.requestUpdate();
  };

  readonly #onCache = (hasCaching: boolean): void => {
    this.#hasCaching = hasCaching;
    this.#host.requestUpdate();
  };

  readonly #onType = (key: RateKey, text: string): void => {
    const rate = parseRate(text, this.#unit);
    this.#texts = { ...this.#texts, [key]: text };
    const { [key]: _fault, ...others } = this.#faults;
    this.#faults = typeof rate === 'string' ? { ...others, [key]: rate } : others;
    if (typeof rate === 'number') this.#rates = { ...this.#rates, [key]: rate };
    this.#host.requestUpdate();
  };
}

const isOf = (rate: Rate, { provider, model }: { readonly provider: string; readonly model: string }): boolean =>
  rate.provider === provider && rate.model === model;

/** Models once each, by provider and name. */
function listModels(rates: readonly Rate[]): { readonly provider: string; readonly model: string }[] {
  const known = new Map(rates.map(({ provider, model }) => [JSON.stringify([provider, model]), { provider, model }]));
  return [...known.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, model]) => model);
}
