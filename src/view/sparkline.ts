import { html, type TemplateResult } from 'lit';

/** Of the trend; its box has 2 more on each side, for the mark of the newest. */
const WIDTH = 72;
const HEIGHT = 16;

/**
 * A trend of a few dozen values in a table cell, from 0, the newest marked. A day without a price is a gap, not a 0.
 * It repeats what the columns say, so it is hidden from screen readers.
 */
export function renderSparkline(values: readonly (number | null)[]): TemplateResult {
  const top = Math.max(...values.map((value) => value ?? 0));
  if (values.length < 2 || top <= 0) return html`<span class="muted">–</span>`;
  const y = (value: number): string => (HEIGHT - (value / top) * HEIGHT).toFixed(1);
  const path = values.map((value, index) => {
    if (value === null) return '';
    const command = (values[index - 1] ?? null) === null ? 'M' : 'L';
    return `${command}${((index / (values.length - 1)) * WIDTH).toFixed(1)} ${y(value)}`;
  });
  const newest = values.at(-1) ?? null;
  return html`<svg class="spark" width="76" height="20" viewBox="-2 -2 76 20" aria-hidden="true">
    <path d=${path.join('')} />
    <circle cx="72" cy=${y(newest ?? 0)} r=${newest === null ? 0 : 2} />
  </svg>`;
}
