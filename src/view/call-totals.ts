import { html, nothing, type TemplateResult } from 'lit';
import type { WireTotals } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import { formatAmount } from './amount.js';
import { formatCount, formatShare } from './format.js';
import { type CallMark, renderCallMark } from './call-mark.js';
import { renderCostSum, renderMoney } from './money.js';

/** The sums of a filter's calls, above their table. Rare things stand only where there are some. */
export function renderCallTotals(totals: CamelCased<WireTotals>): TemplateResult {
  const input = totals.inputTokens + totals.cacheReadTokens + totals.cacheWriteTokens;
  return html`<dl class="totals" part="totals">
    ${renderTotal('Calls', formatCount(totals.calls))} ${renderTotal('Cost', renderCostSum(totals))}
    ${
      totals.imputedMillicents > 0
        ? renderTotal('of it imputed', html`${renderCallMark('imputed')}${renderMoney(totals.imputedMillicents, 2)}`)
        : nothing
    }
    ${renderRare('Not priced', 'unpriced', totals.unpricedCalls, totals.calls)}
    ${renderRare('Failed', 'error', totals.failedCalls, totals.calls)}
    ${renderRare('Tokens incomplete', 'stream-cut', totals.incompleteCalls, totals.calls)}
    ${renderTotal('Input, uncached', formatAmount(totals.inputTokens), 'from-1040')}
    ${renderTotal(
      'Cache read',
      html`${formatAmount(totals.cacheReadTokens)}<span class="share"
          >${formatShare(totals.cacheReadTokens, input)}</span
        >`,
      'from-1040',
    )}
    ${renderTotal('Cache write', formatAmount(totals.cacheWriteTokens), 'from-1040')}
    ${renderTotal('Output', formatAmount(totals.outputTokens), 'from-1040')}
    ${renderTotal('Thinking', formatAmount(totals.thinkingTokens), 'from-1040')}
  </dl>`;
}

function renderTotal(label: string, value: unknown, classes = ''): TemplateResult {
  return html`<div class=${classes}>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}

function renderRare(label: string, mark: CallMark, count: number, calls: number): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  return renderTotal(
    label,
    html`${renderCallMark(mark)}${formatCount(count)}<span class="share">${formatShare(count, calls)}</span>`,
  );
}
