import { html, nothing, type TemplateResult } from 'lit';
import type { WireTotals } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import { formatAmount } from './amount.js';
import { formatCount, formatShare } from './format.js';
import type { CallMark } from './call-mark.js';
import { sumTokens } from './call-state.js';
import { bound, dash, renderCostSum, renderMoney } from './money.js';

/** What changed since the period before; see `renderComparison`, which comes later. */
export interface Comparison {
  /** Change of the number of calls, as `+9.0 %`; null where there were none before. */
  readonly calls: string | null;
  /** Change of the cost, and why it is no more than this; null where it can't be known. */
  readonly cost: { readonly text: string; readonly title: string } | null;
  /** Term and description of what the sums are compared with. */
  readonly period: TemplateResult;
}

/**
 * A sum of tokens as its calls allow: `1,918`, `≥ 1,918` where not all of them were counted, – where no call tells of any.
 */
export function renderTokens(count: number, sums: CamelCased<WireTotals>): unknown {
  const { calls, failedCalls, incompleteCalls } = sums;
  if (failedCalls + incompleteCalls >= calls && sumTokens(sums) === 0) return dash;
  return html`${incompleteCalls ? bound : nothing}${formatAmount(count)}`;
}

/**
 * The sums of a filter's calls, above their table. Rare things stand only where there are some. `hasTime`: the filter names
 * one, so that a comparison may come, for which there is room.
 */
export function renderCallTotals(
  totals: CamelCased<WireTotals>,
  hasTime: boolean,
  comparison?: Comparison,
): TemplateResult {
  const input = totals.inputTokens + totals.cacheReadTokens + totals.cacheWriteTokens;
  return html`<dl class="totals" part="totals">
    ${renderTotal('Calls', html`${formatCount(totals.calls)}${renderBeside(comparison?.calls)}`)}
    ${renderTotal('Cost', html`${renderCostSum(totals)}${renderBeside(comparison?.cost?.text, comparison?.cost?.title)}`)}
    ${
      totals.imputedMillicents > 0
        ? renderTotal('of it imputed', renderMarked('imputed', renderMoney(totals.imputedMillicents, 2)))
        : nothing
    }
    ${renderRare('Not priced', 'unpriced', totals.unpricedCalls, totals.calls)}
    ${renderRare('Failed', 'error', totals.failedCalls, totals.calls)}
    ${renderRare('Tokens incomplete', 'stream-cut', totals.incompleteCalls, totals.calls)}
    ${[
      ['Input, uncached', totals.inputTokens] as const,
      ['Cache read', totals.cacheReadTokens, input && formatShare(totals.cacheReadTokens, input)] as const,
      ['Cache write', totals.cacheWriteTokens] as const,
      ['Output', totals.outputTokens] as const,
      ['Thinking', totals.thinkingTokens] as const,
    ].map(([label, count, share]) => renderTotal(label, html`${renderTokens(count, totals)}${renderBeside(share)}`))}
    ${hasTime ? html`<div class="compared">${comparison?.period}</div>` : nothing}
  </dl>`;
}

function renderTotal(label: string, value: unknown): TemplateResult {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}

function renderBeside(text: string | 0 | null | undefined, title?: string): TemplateResult | typeof nothing {
  return text ? html`<span class="share" title=${title ?? nothing}>${text}</span>` : nothing;
}

/** With a mark drawn by its class, as in the table's cells. */
function renderMarked(mark: CallMark, value: unknown): TemplateResult {
  return html`<span class="marked ${mark}">${value}</span>`;
}

function renderRare(label: string, mark: CallMark, count: number, calls: number): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  return renderTotal(label, html`${renderMarked(mark, formatCount(count))}${renderBeside(formatShare(count, calls))}`);
}
