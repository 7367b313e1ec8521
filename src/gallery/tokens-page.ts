import { html, type TemplateResult } from 'lit';
import type { ManifestProperty } from '../daemon/manifest.js';
import { findModule } from './find-module.js';
import { renderProse } from './prose.js';
import { SnippetTabs } from './snippet-tabs.js';
import { TokenEditor } from './token-editor.js';

const SERIES = /^--hm-series-/;

/** It shows more of the colours than others do. */
const SAMPLE = 'hm-spend';

/** The tokens, each with what it is in light and in dark, to be changed for all that this page shows. */
export class TokensPage {
  readonly #tokens: readonly ManifestProperty[];
  readonly #editor: TokenEditor;
  readonly #tabs: SnippetTabs;
  readonly #sample = document.createElement(SAMPLE);

  constructor(tokens: readonly ManifestProperty[], onChange: () => void) {
    this.#tokens = tokens;
    this.#editor = new TokenEditor(':root', onChange);
    this.#editor.applyTo(document.documentElement);
    this.#tabs = new SnippetTabs(onChange);
    void import(findModule(SAMPLE));
  }

  render(): TemplateResult {
    const { rule } = this.#editor;
    return html`<p>
        Custom properties that every element heeds. Set one on <code>:root</code>, on an element or on anything between;
        what is not set is as shown. Colours are two, for light and for dark: elements follow the page’s
        <code>color-scheme</code>, and its font.
      </p>
      <div class="beside">
        <div>
          ${this.#renderTable('Tokens', (name) => !SERIES.test(name))}
          ${this.#renderTable('Colours of series, one family', (name) => SERIES.test(name))}
        </div>
        <section class="live" aria-labelledby="sample-title">
          <h3 id="sample-title">What they change</h3>
          ${this.#sample}
          <button class="button" type="button" ?disabled=${rule === ''} @click=${this.#editor.reset}>Reset all</button>
          ${
            rule === ''
              ? html`<p class="muted">Change one: this whole page follows, and the rule to copy comes here.</p>`
              : this.#tabs.render([{ name: 'CSS', where: 'In the stylesheet of the page.', text: rule }])
          }
        </section>
      </div>`;
  }

  #renderTable(title: string, isShown: (name: string) => boolean): TemplateResult {
    return html`<section class="docs tokens" aria-label=${title}>
      <h3>${title}</h3>
      <div class="scroller" tabindex="0" role="region" aria-label=${`Table: ${title}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Light, dark, or value</th>
              <th scope="col">What it is</th>
            </tr>
          </thead>
          <tbody>
            ${this.#tokens
              .filter(({ name }) => isShown(name))
              .map(
                (token) =>
                  html`<tr>
                    <th scope="row"><code>${token.name}</code></th>
                    <td>
                      <span class="inputs">${this.#editor.renderControls(token)}</span>
                      <code class="muted">${token.default?.replace(/^light-dark\((.*)\)$/, '$1')}</code>
                    </td>
                    <td>${renderProse(token.description)}</td>
                  </tr>`,
              )}
          </tbody>
        </table>
      </div>
    </section>`;
  }
}
