import { html, nothing, type TemplateResult } from 'lit';
import { LazyPart } from '../controllers/lazy-part.js';
import type { PriceHost, PriceList } from './price-list.js';
import { renderLazy } from './render-lazy.js';
import type { WhatIf } from './what-if.js';

/** The question What if as a heading. What asks and answers it is loaded when it is first opened. */
export class WhatIfPlace {
  readonly #host: PriceHost;
  readonly #calculator: LazyPart<WhatIf>;
  #isOpen = false;

  constructor(host: PriceHost, list: PriceList) {
    this.#host = host;
    this.#calculator = new LazyPart(host, async () => {
      const part = await import('./what-if.js');
      return new part.WhatIf(host, {
        scope: list.scope,
        rates: () => list.pricing.data?.rates ?? [],
        unit: () => list.unit,
        isOpen: () => this.#isOpen,
      });
    });
  }

  render(): TemplateResult {
    return html`<h3 class="what-if">
        <button type="button" aria-expanded=${this.#isOpen} aria-controls="what-if" @click=${this.#onToggle}>
          What if
        </button>
      </h3>
      <p class="note muted">
        What the calls of the current filter would have cost on another model, without caching, or at other rates.
      </p>
      <div id="what-if" part="what-if" ?hidden=${!this.#isOpen}>
        ${this.#isOpen ? renderLazy(this.#calculator, ['the calculator', 'prices anew'], (calculator) => calculator.render()) : nothing}
      </div>`;
  }

  readonly #onToggle = (): void => {
    this.#isOpen = !this.#isOpen;
    void this.#calculator.load();
    this.#host.requestUpdate();
  };
}
