import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from './format.js';
import { renderMoney } from './money.js';
import type { SpendModel } from './spend-model.js';
import { formatValue } from './spend-scale.js';
import { describeSlot } from './spend-slots.js';
import { type Amount, wholeOf } from './spend-sums.js';

/** The numbers of the picture, one row a slot: the same parts, the same sums. */
export function renderSpendTable(model: SpendModel): TemplateResult {
  const { read, measure, slots, stacks, sums, ticks, all } = model;
  const { bucket, zone, shifted } = read;
  const hasTicks = shifted !== null && ticks.some((tick) => tick !== null);
  const render = ({ calls, unpricedCalls }: Pick<Amount, 'calls' | 'unpricedCalls'>, value: number | null): unknown =>
    calls === 0
      ? html`<span class="muted">–</span>`
      : measure === 'cost'
        ? renderMoney(value, 2, { atLeast: unpricedCalls > 0 })
        : formatValue(value ?? 0, measure);
  const renderImputed = (imputed: number): unknown => renderMoney(imputed, 2);
  const isSplit = stacks.length > 1;
  const hasBilled = all.imputed > 0;
  const number = (content: unknown): TemplateResult => html`<td class="number">${content}</td>`;
  const head = (label: unknown): TemplateResult => html`<th scope="col" class="number">${label}</th>`;
  const renderSums = (amounts: readonly Amount[], sum: Amount, tick: unknown): TemplateResult =>
    html`${isSplit ? amounts.map((amount) => number(render(amount, amount.value))) : nothing}
    ${hasBilled ? html`${number(render(sum, sum.value))}${number(renderImputed(sum.imputed))}` : nothing}
    ${number(render(sum, wholeOf(sum)))}
    ${all.unpricedCalls > 0 ? number(sum.unpricedCalls > 0 ? formatCount(sum.unpricedCalls) : html`<span class="muted">0</span>`) : nothing}
    ${hasTicks ? number(tick) : nothing}`;
  return html`<div class="numbers" part="numbers" tabindex="0" role="region" aria-label="Numbers of the picture">
    <table>
      <thead>
        <tr>
          <th scope="col">${bucket[0]!.toUpperCase()}${bucket.slice(1)}</th>
          ${isSplit ? stacks.map(({ label }) => head(label)) : nothing}
          ${hasBilled ? html`${head('Billed')}${head('Imputed')}` : nothing} ${head('All')}
          ${all.unpricedCalls > 0 ? head('Not priced') : nothing}
          ${hasTicks ? head(`Billed ${shifted.shift.label}`) : nothing}
        </tr>
      </thead>
      <tbody>
        ${slots.map(({ startMs, state }, slot) => {
          const tick = ticks[slot] ?? null;
          const words = state === 'begun' ? ', so far' : state === 'cut' ? ', in part' : '';
          return html`<tr>
            <th scope="row">${describeSlot(startMs, bucket, zone)}${words}</th>
            ${renderSums(
              stacks.map(({ series }) => series.points[slot]!),
              sums[slot]!,
              tick === null
                ? html`<span class="muted">–</span>`
                : measure === 'cost'
                  ? renderMoney(tick, 2)
                  : formatValue(tick, measure),
            )}
          </tr>`;
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All</th>
          ${renderSums(
            stacks.map(({ series }) => series.total),
            all,
            nothing,
          )}
        </tr>
      </tfoot>
    </table>
  </div>`;
}
