import { html } from 'lit';
import type { WireTotals } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import type { Comparison } from './call-totals.js';
import { formatCount, formatPlural } from './format.js';
import type { PreviousPeriod } from './previous-period.js';
import { formatDay } from './time.js';

type Totals = CamelCased<WireTotals>;

/** What changed since the period before, in words. */
export interface ComparisonWords extends Pick<Comparison, 'calls' | 'cost'> {
  /** The period before: `1–24 Oct`. */
  readonly label: string;
  /** Its borders in full. */
  readonly title: string;
  /** All of it as a sentence. */
  readonly sentence: string;
}

const oneDecimal = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** From here on a percentage is no help to anybody. */
const MANY_TIMES = 100;

/** A change as `+9.0 %`, a huge one as `×1,300`. From nothing there is no percentage: it is "new", and nothing to nothing is no change (null). */
export function formatChange(now: number, before: number): string | null {
  if (before === 0) return now === 0 ? null : 'new';
  if (now / before >= MANY_TIMES) return `×${formatCount(now / before)}`;
  const percent = ((now - before) / before) * 100;
  if (percent === 0) return '±0 %';
  const sign = percent > 0 ? '+' : '−';
  return Math.abs(percent) < 0.05 ? `${sign}<0.1 %` : `${sign}${oneDecimal.format(Math.abs(percent))} %`;
}

/**
 * Why there is nothing to compare with where the recording had not begun, or began only within the period before; null
 * where that lies wholly after the oldest recorded call, or that call's time isn't known.
 */
export function tellUnrecorded(
  { since, until, label, title }: PreviousPeriod,
  oldestCallAt: string | null,
  zone: string,
): ComparisonWords | null {
  const oldestMs = Date.parse(oldestCallAt ?? '');
  if (Number.isNaN(oldestMs) || Date.parse(since) >= oldestMs) return null;
  const day = formatDay(oldestCallAt!, zone);
  const where = oldestMs < Date.parse(until) ? `part of ${label}` : label;
  const sentence = `Nothing was recorded in ${where} to compare with: the oldest call is of ${day}.`;
  return { label: `nothing: recorded since ${day}`, title: `${sentence} ${title}`, calls: null, cost: null, sentence };
}

/** What changed since the period before, in words that its unpriced calls allow. */
export function compareTotals(now: Totals, before: Totals, period: PreviousPeriod): ComparisonWords {
  const { label, title } = period;
  if (before.calls === 0) {
    const words = `no calls in ${label}`;
    return { label: words, title, calls: null, cost: null, sentence: `There were ${words} to compare with.` };
  }
  const calls = formatChange(now.calls, before.calls);
  const cost = compareCosts(now, before, label);
  const sentence = `${formatPlural(now.calls, 'call')}, compared with ${formatCount(before.calls)} in ${label}: ${calls ?? 'none'}.`;
  return { label, title, calls, cost, sentence: cost === null ? sentence : `${sentence} ${cost.title}` };
}

/** Where calls have no price, both costs are lower bounds: only what is priced can be compared, and it is called so. */
function compareCosts(now: Totals, before: Totals, label: string): Comparison['cost'] {
  if (now.costMillicents === null || before.costMillicents === null) return null;
  const change = formatChange(now.costMillicents, before.costMillicents);
  if (change === null) return null;
  const unpriced = [now.unpricedCalls, before.unpricedCalls] as const;
  if (unpriced[0] === 0 && unpriced[1] === 0) {
    return { text: change, title: `Cost, compared with ${label}: ${change}.` };
  }
  return {
    text: `priced ${change}`,
    title:
      `Cost of the priced calls, compared with ${label}: ${change}. ` +
      `Not priced: ${formatCount(unpriced[0])} now, ${formatCount(unpriced[1])} then, so the whole change is not known.`,
  };
}

export function renderComparison({ label, title, sentence, calls, cost }: ComparisonWords): Comparison {
  const period = html`<dt>Compared with</dt>
    <dd><span class="muted" title=${title}>${label}</span><span class="visually-hidden">. ${sentence}</span></dd>`;
  return { calls, cost, period };
}
