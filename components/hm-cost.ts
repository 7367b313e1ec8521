import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { defineElement } from '../src/controllers/define-element.js';
import { LazyPart } from '../src/controllers/lazy-part.js';
import { ScopeController } from '../src/controllers/scope.js';
import { base } from '../src/styles/base.js';
import { table } from '../src/styles/table.js';
import { renderError, renderLoading } from '../src/view/states.js';

/**
 * Why a call cost what it did: its tokens times the rate that was in force, line by line, down to what was recorded. Of
 * two calls, why the second cost more or less than the first. Follows the calls that the scope's user chose, or shows
 * those that its attributes name; where neither is there, the newest call.
 *
 * @summary The arithmetic behind one call's cost, or behind the difference of two.
 * @event {SelectEvent} hm-select - The user chose calls here: the one before, or by their ids.
 * @event {LoadEvent} hm-load - An answer is drawn.
 * @event {LoadErrorEvent} hm-error - An answer could not be had.
 * @csspart loading - Before the first answer.
 * @csspart empty - While no call is chosen, or when there is none of that id.
 * @csspart error - When an answer could not be had, or `calls` does not name two; what was drawn before stays below.
 * @csspart table - The calculation.
 */
export class HmCost extends LitElement {
  static override properties = {
    daemon: {},
    filter: {},
    call: {},
    calls: {},
  };

  static override styles = [base, table];

  /** Base address of the API. Empty: the scope's, or the server this module came from. */
  daemon = '';

  /** The contract's filter as a query string; only its zone is of use here: `tz=Europe/London`. */
  filter = '';

  /** Id of the call to show, in place of the scope's chosen ones, until the user chooses others in this element. */
  call = '';

  /** Ids of two calls, separated by a comma, `a,b`: why b cost more or less than a. Comes before `call`. */
  calls = '';

  readonly #scope = new ScopeController(this, import.meta.url);

  readonly #view = new LazyPart(this, async () => {
    const { CostView } = await import('../src/parts/cost-view.js');
    return new CostView(this, {
      scope: this.#scope,
      given: () => ({ call: this.call ?? '', calls: this.calls ?? '' }),
      isAlone: () => this.#isAlone,
    });
  });

  get #isNamed(): boolean {
    return Boolean(this.call?.trim() || this.calls?.trim());
  }

  /** Neither a scope nor an attribute says which call. A scope whose script is still to come is one. */
  get #isAlone(): boolean {
    const hasScope = this.#scope.current.view !== undefined || this.closest('hm-scope') !== null;
    return !this.#isNamed && !hasScope;
  }

  get #isWanted(): boolean {
    return this.#isNamed || this.#isAlone || this.#scope.selection.length > 0;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.#isWanted) void this.#view.load();
  }

  protected override render(): TemplateResult {
    const isWanted = this.#isWanted;
    const { value, error } = this.#view;
    if (isWanted && value !== undefined) return value.render();
    return html`<section aria-labelledby="title" aria-busy=${isWanted && error === undefined}>
      <div class="head"><h2 id="title">Cost of a call</h2></div>
      ${
        !isWanted
          ? html`<div part="empty"><p class="muted">Choose a call to see what it cost.</p></div>`
          : error === undefined
            ? renderLoading('this call')
            : renderError('the script that draws costs', error, '', () => void this.#view.retry())
      }
    </section>`;
  }
}

defineElement('hm-cost', HmCost);

declare global {
  interface HTMLElementTagNameMap {
    'hm-cost': HmCost;
  }
}
