import { html, nothing, type TemplateResult } from 'lit';
import type { WireTotals } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import { formatAmount } from './amount.js';
import { formatCount, formatShare } from './format.js';
import type { CallMark } from './call-mark.js';
import { renderCostSum, renderMoney } from './money.js';

/** What changed since the period before, in words; see `compareTotals`. */
export interface Comparison {
  /** The period before: `1–24 Oct`. */
  readonly label: string;
  /** Its borders in full. */
  readonly title: string;
  /** Change of the number of calls, as `+9.0 %`; null where there were none before. */
  readonly calls: string | null;
  /** Change of the cost, and why it is no more than this; null where it can't be known. */
  readonly cost: { readonly text: string; readonly title: string } | null;
  /** All of it as a sentence. */
  readonly sentence: string;
}

/** The sums of a filter's calls, above their table. Rare things stand only where there are some. */
export function renderCallTotals(totals: CamelCased<WireTotals>, comparison?: Comparison): TemplateResult {
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
      ${renderTotal('Input, uncached', formatAmount(totals.inputTokens), 'from-1040')}
      ${renderTotal(
        'Cache read',
        html`${formatAmount(totals.cacheReadTokens)}${renderBeside(formatShare(totals.cacheReadTokens, input))}`,
        'from-1040',
      )}
      ${renderTotal('Cache write', formatAmount(totals.cacheWriteTokens), 'from-1040')}
      ${renderTotal('Output', formatAmount(totals.outputTokens), 'from-1040')}
      ${renderTotal('Thinking', formatAmount(totals.thinkingTokens), 'from-1040')}
      ${
        comparison
          ? renderTotal('Compared with', html`<span class="muted" title=${comparison.title}>${comparison.label}</span>`)
          : nothing
      }
    </dl>
    ${comparison ? html`<p class="visually-hidden">${comparison.sentence}</p>` : nothing}`;
}

function renderTotal(label: string, value: unknown, classes = ''): TemplateResult {
  return html`<div class=${classes}>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}

function renderBeside(text: string | null | undefined, title?: string): TemplateResult | typeof nothing {
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
