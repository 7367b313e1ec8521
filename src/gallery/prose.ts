import { html, type TemplateResult } from 'lit';

/** A description with what stands between backticks set as code. */
export function renderProse(text = ''): unknown {
  return text.split('`').map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : piece));
}

export interface DocTable {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** A table of documentation; the first column names what the row is of. Nothing where there are no rows. */
export function renderDocTable({ title, heads, rows }: DocTable): TemplateResult | null {
  if (rows.length === 0) return null;
  return html`<section class="docs" aria-label=${title}>
    <h3>${title}</h3>
    <div class="scroller" tabindex="0" role="region" aria-label=${`Table of ${title.toLowerCase()}`}>
      <table>
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([name, ...cells]) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${cells.map((cell) => html`<td>${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
