import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Totals } from '../daemon/sums.js';
import type { Comparison } from '../view/call-totals.js';
import { renderError } from '../view/states.js';
import type { CallsScope } from '../controllers/calls-scope.js';
import type { StripChart } from './strip-chart.js';

export type StripHost = ReactiveControllerHost & HTMLElement & { readonly renderRoot: HTMLElement | DocumentFragment };

export interface StripOptions {
  readonly scope: CallsScope;
  /** True while rows are drawn and no newer ones are waited for: they come first. */
  readonly isReady: () => boolean;
  /** The sums that are drawn. */
  readonly totals: () => Totals | undefined;
}

/**
 * The place of the cost strip and of what the totals are compared with. What draws and asks for them is loaded after the
 * first rows were drawn; until then its room is kept, so that nothing moves when it comes.
 */
export class CostStrip implements ReactiveController {
  readonly #host: StripHost;
  readonly #options: StripOptions;
  #chart: StripChart | undefined;
  #isLoading = false;
  #failure: unknown;

  constructor(host: StripHost, options: StripOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** The totals of the period before, in words; undefined where there is none or it isn't known yet. */
  get comparison(): Comparison | undefined {
    return this.#chart?.comparison;
  }

  hostUpdated(): void {
    if (this.#chart === undefined && this.#failure === undefined && this.#options.isReady()) void this.#load();
  }

  render(): TemplateResult {
    if (this.#failure !== undefined) {
      return renderError('the script that draws the costs', this.#failure, '', () => void this.#load());
    }
    return html`<div class="strip" part="strip"></div>`;
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    // A frame, and what comes after it: the rows are on the screen.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    try {
      const { StripChart } = await import('./strip-chart.js');
      this.#failure = undefined;
      this.#chart = new StripChart(this.#host, this.#options);
    } catch (error) {
      this.#failure = error;
    }
    this.#isLoading = false;
    this.#host.requestUpdate();
  }
}
