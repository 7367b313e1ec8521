import { html, LitElement, type TemplateResult } from 'lit';
import { defineElement } from '../src/controllers/define-element.js';
import { ScopeController } from '../src/controllers/scope.js';
import { WhenSeen } from '../src/controllers/when-seen.js';
import { base } from '../src/styles/base.js';
import { renderError, renderLoading } from '../src/view/states.js';

/**
 * What needs attention, most important first: a daemon that does not answer, calls that failed, the same prompt paid for
 * again within ten minutes and what that cost, calls without a price, spend that fell to a default project, cut streams
 * and bodies, stale rates, capture that is off. Each is a link to the element that explains it.
 *
 * It looks at the calls of the filter, those of the last seven days where that names no time. What its own links ask
 * for (`status`, `priced`, `repeated_within`, …) it does not heed in the scope's filter, only in its own.
 *
 * @summary What is wrong with calls, prices and capture, each with a link to what explains it.
 * @event {FilterEvent} hm-filter - The user chose an item: the filter of its calls.
 * @event {GoEvent} hm-go - The user chose an item: the element that explains it.
 * @event {LoadEvent} hm-load - An answer is drawn.
 * @event {LoadErrorEvent} hm-error - No answer could be had.
 * @csspart loading - Before the first answer.
 * @csspart empty - When nothing needs attention.
 * @csspart error - When no answer could be had; what was drawn before stays below.
 * @csspart list - The list.
 * @csspart item - One thing that needs attention.
 * @csspart unread - One thing that could not be looked at.
 * @csspart head - The heading and what stands beside it.
 * @csspart button - Each button with an edge.
 */
export class HmAttention extends LitElement {
  static override properties = {
    daemon: {},
    filter: {},
  };

  static override styles = base;

  /** Base address of the API. Empty: the scope's, or the server this module came from. */
  daemon = '';

  /** The contract's filter as a query string: `provider=openai&last=7d`. Names here replace the scope's. */
  filter = '';

  readonly #scope = new ScopeController(this, import.meta.url);

  readonly #attention = new WhenSeen(this, async () => {
    const { Attention } = await import('../src/parts/attention.js');
    return new Attention(this, this.#scope);
  });

  protected override render(): TemplateResult {
    const { value, error, retry } = this.#attention;
    return (
      value?.render() ??
      html`<section aria-labelledby="title" aria-busy=${error === undefined}>
        <div class="head" part="head"><h2 id="title">Needs attention</h2></div>
        ${
          error === undefined
            ? renderLoading('what needs attention')
            : renderError('the script that finds it', error, '', () => void retry())
        }
      </section>`
    );
  }
}

defineElement('hm-attention', HmAttention);

declare global {
  interface HTMLElementTagNameMap {
    'hm-attention': HmAttention;
  }
}
