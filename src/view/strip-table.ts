import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatDuration, formatMoney } from './format.js';
import type { StripPicture } from './strip-picture.js';
import { describeChange } from './strip-words.js';
import { formatInstant } from './time.js';

const none = html`<span class="muted">–</span>`;

function renderCount(count: number): TemplateResult | string {
  return count === 0 ? html`<span class="muted">0</span>` : formatCount(count);
}

/** The numbers that the strip draws: one row for each stretch of time with calls, then what changed and when. */
export function renderStripTable(picture: StripPicture, timeZone: string): TemplateResult {
  const { answer, columns, scale } = picture;
  const changes = [...answer.changes].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const stepMs = scale.columnToTime(1) - scale.columnToTime(0);
  const instantOf = (column: number): string =>
    formatInstant(new Date(scale.columnToTime(column)).toISOString(), timeZone).replace(` ${timeZone}`, '');
  return html`<div class="strip-numbers" role="region" aria-label="Cost per call in numbers" tabindex="0">
    <table>
      <caption>
        Steps of ${formatDuration(stepMs)}, times in ${timeZone}. Median and 10 to 90 % of the calls around each step.
        Steps without a call are left out; a failed call without a price counts as failed.
      </caption>
      <thead>
        <tr>
          ${['From', 'Until', 'Priced calls', '10 %', 'Median', '90 %', 'Cost 0', 'Failed', 'Not priced'].map(
            (head) => html`<th scope="col">${head}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${columns.map(({ priced, zero, failed, unpriced, band }, column) =>
          priced + zero + failed + unpriced === 0
            ? nothing
            : html`<tr>
                <th scope="row">${instantOf(column)}</th>
                <td>${instantOf(column + 1)}</td>
                <td>${renderCount(priced)}</td>
                ${[band?.p10Millicents, band?.p50Millicents, band?.p90Millicents].map(
                  (cost) => html`<td>${cost === undefined ? none : formatMoney(Math.round(cost), 5)}</td>`,
                )}
                <td>${renderCount(zero)}</td>
                <td>${renderCount(failed)}</td>
                <td>${renderCount(unpriced)}</td>
              </tr>`,
        )}
      </tbody>
    </table>
    ${
      changes.length === 0
        ? nothing
        : html`<table>
            <caption>
              What changed
            </caption>
            <tbody>
              ${changes.map(
                (change) =>
                  html`<tr>
                    <th scope="row">
                      ${formatInstant(change.at, timeZone).replace(` ${timeZone}`, '')}: ${describeChange(change)}
                    </th>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </div>`;
}
