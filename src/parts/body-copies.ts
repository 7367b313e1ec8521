import { html, nothing, type TemplateResult } from 'lit';
import { LazyPart } from '../controllers/lazy-part.js';
import type { BodyContext } from './body-context.js';
import type { CopiesPanel } from './body-copies-panel.js';
import { renderLate } from './body-late.js';

/** The button for what can be copied or saved of a body, and under it the panel, loaded when it is opened. */
export class BodyCopies {
  readonly #body: BodyContext;
  readonly #panel: LazyPart<CopiesPanel>;
  #isOpen = false;

  constructor(body: BodyContext) {
    this.#body = body;
    this.#panel = new LazyPart(body.host, async () => {
      const { CopiesPanel } = await import('./body-copies-panel.js');
      return new CopiesPanel(body, () => this.#toggle(false));
    });
  }

  render(): TemplateResult {
    const opened = this.#isOpen ? this.#panel.value : undefined;
    return html`<div class="menu" @keydown=${opened?.onKey} @focusout=${opened?.onFocusOut}>
      <button
        type="button"
        aria-expanded=${this.#isOpen}
        aria-label="Copy or save the ${this.#body.side} of ${this.#body.letter}"
        @click=${() => this.#toggle()}
      >
        Copy ▾
      </button>
      ${this.#isOpen ? renderLate(this.#panel, (panel) => panel.render(), nothing) : nothing}
    </div>`;
  }

  #toggle(isOpen = !this.#isOpen): void {
    this.#isOpen = isOpen;
    this.#panel.value?.forget();
    this.#body.host.requestUpdate();
  }
}
