import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Arrangement } from '../view/call-arrangement.js';
import type { Comparison } from '../view/call-totals.js';
import { renderError } from '../view/states.js';
import type { CallsScope } from '../controllers/calls-scope.js';
import { AfterRows } from './after-rows.js';
import type { CallList } from './call-list.js';
import type { StripChart } from './strip-chart.js';

export type StripHost = ReactiveControllerHost & HTMLElement & { readonly renderRoot: HTMLElement | DocumentFragment };

export interface StripOptions {
  readonly scope: CallsScope;
  /** True while rows are drawn and no newer ones are waited for: they come first. */
  readonly isReady: () => boolean;
  /** What the table under it has, and in which order. */
  readonly list: CallList;
  readonly arrangement: () => Arrangement;
}

/**
 * The place of the cost strip and of what the totals are compared with. What draws and asks for them is loaded after the
 * first rows were drawn; until then its room is kept, so that nothing moves when it comes.
 */
export class CostStrip extends AfterRows<StripChart> {
  constructor(host: StripHost, options: StripOptions) {
    super(host, options.isReady, async () => {
      const { StripChart } = await import('./strip-chart.js');
      return new StripChart(host, options);
    });
  }

  /** The totals of the period before, in words; undefined where there is none or it isn't known yet. */
  get comparison(): Comparison | undefined {
    return this.value?.comparison;
  }

  render(): TemplateResult {
    return this.error === undefined
      ? html`<div class="strip" part="strip"></div>`
      : renderError('the script that draws the costs', this.error, '', () => void this.retry());
  }
}
