import { html, type TemplateResult } from 'lit';
import { copyText } from '../parts/copy-text.js';

export interface Snippet {
  readonly name: string;
  /** For which pages it is. */
  readonly where: string;
  readonly text: string;
}

/** Texts to be copied, one shown at a time. */
export class SnippetTabs {
  readonly #onChange: () => void;
  #chosen = 0;
  #said = '';

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  render(snippets: readonly Snippet[]): TemplateResult {
    const shown = snippets[this.#chosen] ?? snippets[0]!;
    return html`<section class="snippets" aria-labelledby="snippets-title">
      <div class="line">
        <h3 id="snippets-title">To put it in a page</h3>
        <div class="tabs">
          ${snippets.map(
            (snippet, index) =>
              html`<button
                type="button"
                aria-pressed=${snippet === shown}
                @click=${() => {
                  this.#chosen = index;
                  this.#said = '';
                  this.#onChange();
                }}
              >
                ${snippet.name}
              </button>`,
          )}
        </div>
      </div>
      <p class="muted">${shown.where}</p>
      <pre tabindex="0" role="region" aria-label=${`Snippet: ${shown.name}`}><code>${shown.text}</code></pre>
      <button class="button" type="button" @click=${() => void this.#copy(shown.text)}>Copy</button>
      <span class="muted" role="status">${this.#said}</span>
    </section>`;
  }

  async #copy(text: string): Promise<void> {
    this.#said = (await copyText(text)) ? 'Copied' : 'This page may not copy.';
    this.#onChange();
  }
}
