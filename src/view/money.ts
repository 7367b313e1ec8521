import { html, nothing, type TemplateResult } from 'lit';
import { formatExactMoney, formatMoney } from './format.js';
import { renderMark } from './mark.js';

/** Nothing to tell: it stands back behind the figures. */
export const dash = html`<span class="muted">–</span>`;

/** Before what is a lower bound. */
export const bound = html`<span class="muted bound">≥&nbsp;</span>`;

/**
 * One amount in a column. `null` is "not priced", 0 a muted 0; leading zeros stand back, so that what counts is read
 * first. `atLeast`: some calls under the sum have no price, so it is a lower bound.
 */
export function renderMoney(millicents: number | null, decimals: 2 | 4 | 5, { atLeast = false } = {}): TemplateResult {
  if (millicents === null) return html`${renderMark('unpriced')}not priced`;
  const before = atLeast ? bound : nothing;
  if (millicents === 0) return html`${before}<span class="muted">0</span>`;
  const rounded = formatMoney(millicents, decimals);
  // "At least less than a cent" would say nothing: a lower bound is drawn to its last digit instead.
  const text = atLeast && rounded.startsWith('<') ? formatExactMoney(millicents) : rounded;
  const zeros = decimals > 2 ? (/^\$0\.0*/.exec(text)?.[0] ?? '') : '';
  return html`${before}${zeros ? html`<span class="muted">${zeros}</span>` : nothing}${text.slice(zeros.length)}`;
}

interface CostSum {
  readonly calls: number;
  readonly unpricedCalls: number;
  readonly costMillicents: number | null;
}

/** A sum of costs as its calls allow: `$1.20`, `≥ $1.20`, "not priced", or – where there was no call at all. */
export function renderCostSum(sum: CostSum): TemplateResult {
  if (sum.calls === 0) return dash;
  return renderMoney(sum.costMillicents, 2, { atLeast: sum.unpricedCalls > 0 });
}
