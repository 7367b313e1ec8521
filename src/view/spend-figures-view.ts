import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatMoney, formatPlural } from './format.js';
import { renderMark } from './mark.js';
import { renderMoney } from './money.js';
import { type CostSum, type MonthEnd, RATE_DAYS, type SpendFigures } from './spend-figures.js';
import { formatWall } from './spend-window.js';
import { compareWords } from './spend-words.js';

interface FiguresView {
  readonly figures: SpendFigures;
  /** The same part of the month before; null where there is none. */
  readonly monthBefore: { readonly totals: CostSum; readonly label: string } | null;
  readonly nowMs: number;
  readonly zone: string;
}

/** The month, today, the month's end and a call: always of now, whatever time the picture shows. */
export function renderFigures({ figures, monthBefore, nowMs, zone }: FiguresView): TemplateResult {
  const { month, today, monthEnd, perCall, lastMonth } = figures;
  const perCallBefore =
    lastMonth.perCall === null ? nothing : html`${lastMonth.name} ${formatMoney(Math.round(lastMonth.perCall), 4)}`;
  return html`<dl class="figures" part="figures">
    ${renderFigure('This month so far', renderSum(month), [compareMonth(month, monthBefore), renderImputed(month)], 'first')}
    ${renderFigure(`Today, until ${formatWall(nowMs, zone)}`, renderSum(today), [describeToday(today)])}
    ${renderFigure('Month end, at this rate', ...renderMonthEnd(monthEnd))}
    ${renderFigure(
      'Per call',
      perCall === null
        ? renderWord(month.calls === 0 ? 'no calls' : 'not priced')
        : renderMoney(Math.round(perCall), 4),
      [perCallBefore],
    )}
  </dl>`;
}

function renderFigure(label: string, figure: unknown, notes: readonly unknown[], classes = ''): TemplateResult {
  return html`<div>
    <dt>${label}</dt>
    <dd class="figure ${classes}">${figure}</dd>
    ${notes.map((note) => (note === nothing ? nothing : html`<dd class="note">${note}</dd>`))}
  </div>`;
}

const renderWord = (word: string): TemplateResult => html`<span class="word">${word}</span>`;

function renderSum({ calls, unpricedCalls, costMillicents }: CostSum): TemplateResult {
  if (calls === 0) return renderWord('no calls');
  if (costMillicents === null) return html`${renderMark('unpriced')}${renderWord('not priced')}`;
  return html`${unpricedCalls > 0 ? html`<small>at least</small> ` : nothing}${formatMoney(costMillicents, 2)}`;
}

function renderImputed({ imputedMillicents }: CostSum): TemplateResult | typeof nothing {
  if (imputedMillicents === 0) return nothing;
  return html`${renderMark('imputed')}${formatMoney(imputedMillicents, 2)} of it imputed, not billed`;
}

/** Of lower bounds only what is priced can be compared. */
function compareMonth(month: CostSum, before: FiguresView['monthBefore']): TemplateResult | string | typeof nothing {
  if (before === null) return nothing;
  const { totals, label } = before;
  if (totals.calls === 0) return `no calls in ${label}`;
  const words = compareWords(month.costMillicents, totals.costMillicents);
  if (words === null) return nothing;
  const isPart = month.unpricedCalls + totals.unpricedCalls > 0;
  return `${isPart ? 'priced calls: ' : ''}${words} ${label}`;
}

function describeToday({ calls, unpricedCalls }: CostSum): string | typeof nothing {
  if (unpricedCalls > 0) return `${formatCount(unpricedCalls)} of ${formatPlural(calls, 'call')} not priced`;
  return calls > 0 ? formatPlural(calls, 'call') : nothing;
}

function renderMonthEnd(end: MonthEnd): [figure: unknown, notes: readonly unknown[]] {
  if (end.kind === 'no-calls') return [renderWord('no estimate'), ['no calls this month']];
  if (end.kind === 'no-price') return [renderWord('no estimate'), ['its calls are not priced']];
  if (end.kind === 'too-little') {
    return [renderWord('too little data yet'), [`${formatPlural(end.days, 'full day')} of the ${RATE_DAYS} it takes`]];
  }
  const daily = formatMoney(end.dailyMillicents, 2);
  const left = end.daysLeft >= 9.95 ? Math.round(end.daysLeft).toString() : end.daysLeft.toFixed(1);
  const title = `So far, and the average of the last ${RATE_DAYS} full days, ${daily}, for each of the ${left} days left`;
  return [
    html`<small>${end.isAtLeast ? 'at least about' : 'about'}</small>
      ${formatMoney(end.millicents, end.millicents < 1_000_000 ? 2 : 0)}`,
    [html`<span title=${title}>so far + ${daily} a day, the last ${RATE_DAYS} full days, × ${left} days left</span>`],
  ];
}
