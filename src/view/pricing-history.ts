import { html, nothing, svg, type TemplateResult } from 'lit';
import { renderCommand } from './command.js';
import { formatChange } from './compare-totals.js';
import { formatCount } from './format.js';
import { describeSource, isFromStart, measureDecimals, RATE_LABELS, renderRate } from './pricing-columns.js';
import { mergeModes, type PriceRow, RATE_KEYS, type Rate } from './pricing-rows.js';
import { formatRate, type RateUnit } from './rate-units.js';
import { quoteName } from './shell-quotes.js';
import { formatDay, formatInstant } from './time.js';

/** What an open row says of its model: what its rate replaced, and all its rates on a line of time. */

export interface HistoryOptions {
  readonly timeZone: string;
  readonly unit: RateUnit;
  readonly now: number;
  readonly copy: (text: string) => Promise<boolean>;
}

/** The rates of a model there ever were, the newest first, modes that cost the same as one. */
export function listPeriods(history: readonly Rate[], { provider, model }: PriceRow): PriceRow[] {
  return mergeModes(history.filter((rate) => rate.provider === provider && rate.model === model)).sort((a, b) =>
    a.effectiveFrom === b.effectiveFrom
      ? a.modeLabel.localeCompare(b.modeLabel)
      : a.effectiveFrom < b.effectiveFrom
        ? 1
        : -1,
  );
}

/** The rate that this one took the place of; null where it is the first, or only one of its modes had one before. */
export function findReplaced(history: readonly Rate[], row: PriceRow): Rate | null {
  return (
    history.find(
      (rate) =>
        rate.provider === row.provider &&
        rate.model === row.model &&
        rate.mode === row.mode &&
        rate.effectiveFrom < row.effectiveFrom,
    ) ?? null
  );
}

/** `Set by you on 17 Nov: input $2.85 → $2.70 (−5.3 %), …; before it the rate shipped with the daemon.` */
export function describeReplaced(row: PriceRow, replaced: Rate, { timeZone, unit }: HistoryOptions): string {
  const changes = RATE_KEYS.filter((key) => row[key] !== replaced[key]).map((key) => {
    const change = formatChange(row[key], replaced[key]);
    const rates = `${formatRate(replaced[key], unit)} → ${formatRate(row[key], unit)}`;
    return `${RATE_LABELS[key].toLowerCase()} ${rates}${change === null || change === 'new' ? '' : ` (${change})`}`;
  });
  const source = describeSource(row.source);
  const when = isFromStart(row.effectiveFrom) ? '' : ` on ${formatDay(row.effectiveFrom, timeZone)}`;
  const what = changes.length === 0 ? 'no figure changed' : changes.join(', ');
  return `${source[0]!.toUpperCase()}${source.slice(1)}${when}: ${what}. Before, the rate was ${describeSource(replaced.source)}.`;
}

export function renderHistory(row: PriceRow, history: readonly Rate[], options: HistoryOptions): TemplateResult {
  const periods = listPeriods(history, row);
  const replaced = findReplaced(history, row);
  const starts = new Set(periods.map(({ effectiveFrom }) => effectiveFrom)).size;
  return html`<p>
      ${
        replaced !== null
          ? describeReplaced(row, replaced, options)
          : starts > 1
            ? 'No rate of the same mode was there before.'
            : isFromStart(row.effectiveFrom)
              ? 'This rate has been the same from the start.'
              : 'This is the first rate of this model.'
      }
    </p>
    ${starts > 1 ? renderTimeLine(periods, options) : nothing} ${renderPeriods(periods, row, options)}
    ${
      row.source === 'operator'
        ? html`<p>To give up your rates of this model and go back to those of the daemon's list:</p>
            ${renderCommand(
              `halton-meter pricing reset --provider=${quoteName(row.provider)} --model=${quoteName(row.model)}`,
              options.copy,
            )}`
        : nothing
    }`;
}

/** Of the picture, whose width the browser stretches. */
const WIDTH = 1000;
const HEIGHT = 36;
/** What "from the start" takes of the line: there is no telling how long that is. */
const START_SHARE = 0.12;

/** A bar for each period, as high as its input rate; those in force now in ink. Modes of one time share a bar. */
function renderTimeLine(periods: readonly PriceRow[], { timeZone, unit, now }: HistoryOptions): TemplateResult {
  const starts = [...new Set(periods.map(({ effectiveFrom }) => effectiveFrom))].sort();
  const bars = starts.map((start) => periods.find(({ effectiveFrom }) => effectiveFrom === start)!);
  const dated = starts.filter((start) => !isFromStart(start)).map((start) => Date.parse(start));
  const [first, last] = [dated[0] ?? now, Math.max(now, ...dated)];
  const lead = dated.length < starts.length ? START_SHARE : 0;
  const span = Math.max(last - first, 1);
  const x = (start: string): number =>
    isFromStart(start) ? 0 : (lead + ((Date.parse(start) - first) / span) * (1 - lead)) * WIDTH;
  const top = Math.max(...bars.map(({ input }) => input), 1);
  const words = bars.map(({ effectiveFrom, input, output }) => {
    const when = isFromStart(effectiveFrom) ? 'from the start' : `from ${formatDay(effectiveFrom, timeZone)}`;
    return `${when} input ${formatRate(input, unit)}, output ${formatRate(output, unit)}`;
  });
  return html`<figure class="line">
    <svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      preserveAspectRatio="none"
      role="img"
      aria-label="Rates over time: ${words.join('; ')}."
    >
      ${bars.map((bar, place) => {
        const from = x(bar.effectiveFrom);
        const until = place + 1 < starts.length ? x(starts[place + 1]!) : WIDTH;
        const height = Math.max(3, (bar.input / top) * HEIGHT);
        return svg`<rect class=${place === bars.length - 1 ? 'now' : 'past'} x=${from} y=${HEIGHT - height}
          width=${Math.max(2, until - from - 3)} height=${height}><title>${words[place]}</title></rect>`;
      })}
    </svg>
    <figcaption class="muted">
      <span>${lead > 0 ? 'from the start' : formatDay(starts[0]!, timeZone)}</span
      ><span class="between">input, ${bars.map(({ input }) => formatRate(input, unit)).join(' → ')}</span
      ><span>${last > now ? formatDay(new Date(last).toISOString(), timeZone) : 'now'}</span>
    </figcaption>
  </figure>`;
}

/** The figures of the line: each period with its five rates. */
function renderPeriods(periods: readonly PriceRow[], row: PriceRow, options: HistoryOptions): TemplateResult {
  const { timeZone, unit } = options;
  const decimals = measureDecimals(periods, unit);
  const hasModes = new Set(periods.map(({ modeLabel }) => modeLabel)).size > 1;
  const when = (instant: string | null, other: string): TemplateResult | string =>
    instant === null || isFromStart(instant)
      ? html`<span class="muted">${other}</span>`
      : html`<span title=${formatInstant(instant, timeZone)}>${formatDay(instant, timeZone)}</span>`;
  return html`<div class="scroller">
    <table class="periods" aria-label="Rates of ${row.model} over time">
      <thead>
        <tr>
          <th scope="col">Since</th>
          <th scope="col">Until</th>
          ${hasModes ? html`<th scope="col">Mode</th>` : nothing}
          ${RATE_KEYS.map((key) => html`<th scope="col" class="number">${RATE_LABELS[key]}</th>`)}
          <th scope="col" class="apart">Source</th>
          <th scope="col" class="number">Calls</th>
        </tr>
      </thead>
      <tbody>
        ${periods.map(
          (period) =>
            html`<tr>
              <th scope="row">${when(period.effectiveFrom, 'from the start')}</th>
              <td>${when(period.effectiveTo, 'now')}</td>
              ${hasModes ? html`<td>${period.modeLabel || 'both'}</td>` : nothing}
              ${RATE_KEYS.map((key) => html`<td class="number">${renderRate(period[key], decimals[key], unit)}</td>`)}
              <td class="apart">${describeSource(period.source)}</td>
              <td class="number">
                ${period.calls === 0 ? html`<span class="muted">0</span>` : formatCount(period.calls)}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
