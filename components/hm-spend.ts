import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { defineElement } from '../src/controllers/define-element.js';
import { ScopeController } from '../src/controllers/scope.js';
import { WhenSeen } from '../src/controllers/when-seen.js';
import { base } from '../src/styles/base.js';
import { spendPlace } from '../src/styles/spend-place.js';
import { renderError, renderLoading } from '../src/view/states.js';

/**
 * What calls cost over time, in a stack of bars with its sums; and this month, today, the month's end and a call in
 * figures, which are always of now. A bar, a part of it and a stretch of time can be chosen: each asks for a filter.
 *
 * @summary Spend over time: figures, bars and their sums.
 * @event {FilterEvent} hm-filter - The user chose a time, or a part of the spend.
 * @event {LoadEvent} hm-load - An answer is drawn.
 * @event {LoadErrorEvent} hm-error - An answer could not be had.
 * @csspart loading - Before the first answer.
 * @csspart empty - When there are no calls, or none in the filter's time.
 * @csspart error - When the answer could not be had; what was drawn before stays below.
 * @csspart figures - The figures of the month, today, the month's end and a call.
 * @csspart plot - The picture with its key and its table.
 * @csspart key - The table of sums.
 * @csspart chart - The picture alone.
 * @csspart numbers - The table of the picture.
 * @csspart head - The heading and what stands beside it.
 * @csspart tools - The controls beside the heading.
 * @csspart button - Each button with an edge.
 */
export class HmSpend extends LitElement {
  static override properties = {
    daemon: {},
    filter: {},
    measure: {},
    by: {},
    bucket: {},
  };

  static override styles = [base, spendPlace];

  /** Base address of the API. Empty: the scope's, or the server this module came from. */
  daemon = '';

  /** The contract's filter as a query string: `provider=openai&last=7d`. Names here replace the scope's. */
  filter = '';

  /** What the bars measure. */
  measure: 'cost' | 'calls' | 'tokens' = 'cost';

  /** What they are split by. */
  by: 'provider' | 'model' | 'project' | 'status' | 'none' = 'provider';

  /** How long a bar's time is. Empty: as fits the window. A longer one is taken where it would make too many bars. */
  bucket: 'hour' | 'day' | 'week' | 'month' | '' = '';

  readonly #scope = new ScopeController(this, import.meta.url);

  readonly #part = new WhenSeen(this, async () => {
    const { SpendPart } = await import('../src/parts/spend-part.js');
    return new SpendPart(this, this.#scope);
  });

  protected override render(): TemplateResult {
    const { value: part, error } = this.#part;
    return html`<section
      class=${(part?.isWaiting ?? error === undefined) ? 'waiting' : ''}
      aria-labelledby="title"
      aria-busy=${part?.isBusy ?? false}
    >
      <div class="head" part="head">
        <h2 id="title">Spend</h2>
        ${part?.renderTools() ?? nothing}
      </div>
      <div class="place">
        ${
          error === undefined
            ? (part?.render() ?? renderLoading('spend'))
            : renderError('the script that draws spend', error, '', () => void this.#part.retry())
        }
      </div>
    </section>`;
  }
}

defineElement('hm-spend', HmSpend);

declare global {
  interface HTMLElementTagNameMap {
    'hm-spend': HmSpend;
  }
}
