import { html, type TemplateResult } from 'lit';

/** Keys that belong together: each with what it does; several names of one thing stand beside each other. */
export type KeyGroup = readonly [title: string, keys: readonly (readonly [names: readonly string[], words: string])[]];

/** The content of a dialog that names keys. */
export function renderKeys(groups: readonly KeyGroup[]): TemplateResult {
  return html`<h3 id="help-title">Keys</h3>
    ${groups.map(
      ([title, keys]) =>
        html`<h4>${title}</h4>
          <dl>
            ${keys.map(
              ([names, words]) =>
                html`<dt>${names.map((name) => html`<kbd>${name}</kbd> `)}</dt>
                  <dd>${words}</dd>`,
            )}
          </dl>`,
    )}
    <form method="dialog"><button class="button" part="button">Close</button></form>`;
}
