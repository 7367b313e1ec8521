import { html, svg, type TemplateResult } from 'lit';

/**
 * A trend of a few dozen values in a table cell, from 0, the newest marked. A day without a price is a gap, not a 0.
 * It repeats what the columns say, so it is hidden from screen readers.
 */
export function renderSparkline(values: readonly (number | null)[]): TemplateResult {
  const width = 72;
  const height = 16;
  const top = Math.max(...values.map((value) => value ?? 0));
  if (values.length < 2 || top <= 0) return html`<span class="muted">–</span>`;
  const x = (index: number): number => Math.round((index / (values.length - 1)) * width * 10) / 10;
  const y = (value: number): number => Math.round((height - (value / top) * height) * 10) / 10;
  const runs: string[][] = [[]];
  values.forEach((value, index) => {
    if (value === null) runs.push([]);
    else runs.at(-1)!.push(`${x(index)},${y(value)}`);
  });
  const newest = values.at(-1);
  return html`<svg
    class="spark"
    width=${width + 4}
    height=${height + 4}
    viewBox="-2 -2 ${width + 4} ${height + 4}"
    aria-hidden="true"
  >
    ${runs.map((points) => svg`<polyline points=${points.join(' ')} />`)}
    ${typeof newest === 'number' ? svg`<circle cx=${x(values.length - 1)} cy=${y(newest)} r="2" />` : ''}
  </svg>`;
}
