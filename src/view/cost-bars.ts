import { html, nothing, svg, type TemplateResult } from 'lit';
import type { CostRow } from './cost-rows.js';
import { formatExactly } from './exact-money.js';
import { formatMoney } from './format.js';

/** The rows' bars: a total stands on the axis, a part begins where the one before it ended. */

export interface BarScale {
  /** Millionths of a millicent at its left and its right end. */
  readonly low: number;
  readonly high: number;
}

type Bar = NonNullable<CostRow['bar']>;

const WIDTH = 1000;
const HEIGHT = 28;
const TOP = 8;
const BOTTOM = 20;
/** A part that is small beside its totals would not be seen: then the axis begins past 0. */
const LEAST_SHARE = 1 / 8;
const MILLIONTHS = 1_000_000;

/** Null: there is nothing to draw. */
export function measureBars(rows: readonly CostRow[]): BarScale | null {
  const bars = rows.filter(({ bar }) => bar !== null) as readonly (CostRow & { readonly bar: Bar })[];
  if (bars.length === 0) return null;
  const ends = bars.flatMap(({ bar, isTotal }) => (isTotal ? [bar.to] : [bar.from, bar.to])).map(Number);
  const [least, high] = [Math.min(...ends), Math.max(...ends)];
  const range = high - least;
  const isClose = least > 0 && range > 0 && range < high * LEAST_SHARE;
  const low = isClose ? Math.max(0, least - range / 2) : Math.min(0, least);
  return { low, high: high > low ? high : low + 1 };
}

/** Where the axis begins and ends, in words. */
export function describeScale({ low, high }: BarScale): readonly [from: string, to: string] {
  const decimals = high < 100 * MILLIONTHS ? 5 : high < 100_000 * MILLIONTHS ? 4 : 2;
  const format = (millionths: number): string => formatMoney(Math.round(millionths / MILLIONTHS), decimals);
  return [low === 0 ? '$0' : format(low), format(high)];
}

/**
 * One row's bar, and the lines that join it to the rows above and below; of a row without one, only the line that passes.
 * Its name tells what no cell does.
 */
export function renderBar(rows: readonly CostRow[], index: number, { low, high }: BarScale): TemplateResult {
  const { bar, isTotal } = rows[index]!;
  const before = rows.slice(0, index).findLast((row) => row.bar !== null)?.bar;
  const at = (millionths: bigint): number =>
    Math.round(Math.min(1, Math.max(0, (Number(millionths) - low) / (high - low))) * WIDTH * 10) / 10;
  if (bar === null) {
    const passing = at(before?.to ?? 0n);
    return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      <line class="join" x1=${passing} x2=${passing} y1="0" y2=${HEIGHT} />
    </svg>`;
  }
  const [from, to] = [isTotal && low > 0 ? 0 : at(bar.from), at(bar.to)];
  const kind = isTotal ? 'total' : bar.to > bar.from ? 'more' : 'less';
  const above = isTotal ? to : from;
  const words = isTotal
    ? formatExactly(bar.to)
    : bar.from === bar.to
      ? `stays at ${formatExactly(bar.to)}`
      : `from ${formatExactly(bar.from)} to ${formatExactly(bar.to)}`;
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${words}>
    ${before === undefined ? nothing : svg`<line class="join" x1=${above} x2=${above} y1="0" y2=${TOP} />`}
    ${index === rows.length - 1 ? nothing : svg`<line class="join" x1=${to} x2=${to} y1=${BOTTOM} y2=${HEIGHT} />`}
    ${
      bar.from === bar.to
        ? svg`<line class="tick" x1=${to} x2=${to} y1=${TOP - 2} y2=${BOTTOM + 2} />`
        : svg`<rect
            class=${kind}
            x=${Math.min(from, to)}
            y=${TOP}
            width=${Math.max(2, Math.abs(to - from))}
            height=${BOTTOM - TOP}
          />`
    }
    ${isTotal && low > 0 ? svg`<path class="cut" d="M16 ${TOP - 2}L8 ${BOTTOM + 2}M24 ${TOP - 2}L16 ${BOTTOM + 2}" />` : nothing}
  </svg>`;
}
