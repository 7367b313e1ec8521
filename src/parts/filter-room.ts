import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { isOnlyFixed } from '../api/only-fixed.js';
import type { CallsScope } from '../controllers/calls-scope.js';
import { renderFilterFrame } from '../view/filter-frame.js';
import { renderError } from '../view/states.js';
import { AfterRows } from './after-rows.js';
import type { CallsFilterBar } from './calls-filter-bar.js';

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: DocumentFragment | HTMLElement };

/**
 * The room of the filter's bar. A filter is in force before it is drawn: its bar is loaded after the first rows, or at once
 * where somebody comes near or a filter is to be shown; until then its frame stands there, so that nothing moves.
 */
export class FilterRoom extends AfterRows<CallsFilterBar> implements ReactiveController {
  readonly #scope: CallsScope;

  constructor(host: Host, scope: CallsScope, areDrawn: () => boolean) {
    super(host, areDrawn, async () => {
      const { CallsFilterBar } = await import('./calls-filter-bar.js');
      return new CallsFilterBar(host, scope);
    });
    this.#scope = scope;
  }

  hostUpdate(): void {
    if (!this.#isEmpty) void this.load();
  }

  render(): TemplateResult {
    if (this.value !== undefined) return this.value.render();
    const { filter, fixed } = this.#scope;
    const isEmpty = this.#isEmpty;
    return html`${renderFilterFrame(filter, fixed, isEmpty, this.#prepare)}
    ${
      this.error === undefined
        ? nothing
        : renderError('the script that draws the filter', this.error, '', () => void this.retry())
    }
    ${isEmpty ? nothing : html`<div class="chips"></div>`}`;
  }

  get #isEmpty(): boolean {
    return isOnlyFixed(this.#scope.filter, this.#scope.fixed);
  }

  readonly #prepare = (): void => void this.load();
}
