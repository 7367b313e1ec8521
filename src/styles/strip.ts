import { css } from 'lit';
import * as t from './tokens.js';

/** The cost strip: its picture, the words under the pointer, its table. Comes with the script that draws it. */
export const strip = css`
  .strip.bare {
    min-height: 0;
  }
  .strip-plot {
    position: relative;
    height: 229px;
    margin-inline-start: 62px;
    cursor: crosshair;
    touch-action: pan-y;
    user-select: none;
  }
  .strip-plot svg {
    display: block;
    overflow: visible;
  }
  .strip text {
    fill: ${t.muted};
    font-size: ${t.px11};
  }
  .strip .grid-line,
  .strip .base-line {
    stroke: ${t.line};
    shape-rendering: crispEdges;
  }
  .strip .base-line {
    stroke: ${t.ink};
  }
  .strip .dots,
  .strip .bins {
    fill: ${t.lineStrong};
  }
  .strip .size-2 {
    fill: color-mix(in srgb, ${t.lineStrong}, ${t.muted});
  }
  .strip .size-3 {
    fill: ${t.muted};
  }
  .strip .median,
  .strip .halo,
  .strip .band {
    fill: none;
    stroke: ${t.accent};
    stroke-width: 1.75px;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .strip .halo {
    stroke: ${t.bg};
    stroke-width: 4.5px;
  }
  .strip .halo.thin {
    stroke-width: 3px;
  }
  .strip .band {
    stroke-width: 1.25px;
  }
  .strip .zero {
    fill: ${t.muted};
  }
  .strip .failed {
    fill: ${t.error};
  }
  .strip .unpriced {
    fill: ${t.unpriced};
  }
  .strip .change {
    stroke: ${t.ink};
    stroke-dasharray: 1 2;
    shape-rendering: crispEdges;
  }
  .strip .untold {
    stroke: ${t.lineStrong};
  }
  .strip .change-words {
    fill: ${t.ink};
  }
  .strip .chosen-time {
    fill: ${t.selected};
    stroke: ${t.accent};
    shape-rendering: crispEdges;
  }
  .strip .under {
    fill: none;
    stroke: ${t.ink};
    stroke-width: 1.5px;
  }
  .strip .letter-box {
    fill: ${t.accent};
  }
  .strip .letter-text {
    fill: ${t.bg};
    font-weight: 600;
  }
  .strip-label {
    position: absolute;
    top: 0;
    left: 0;
    z-index: 2;
    max-width: min(340px, 100%);
    padding: 4px 8px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    box-shadow: 0 2px 8px rgb(0 0 0 / 0.16);
    font-size: ${t.px12};
    line-height: ${t.px16};
    pointer-events: none;
  }
  .strip-label[hidden] {
    display: none;
  }
  .strip-legend {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 20px;
    min-height: 24px;
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .strip-legend svg {
    margin-inline-end: 6px;
    vertical-align: -1px;
  }
  .strip-legend button {
    margin-inline-start: auto;
    color: ${t.ink};
  }
  .strip-legend button::after {
    content: '▾';
    margin-inline-start: 4px;
    font-size: ${t.px9};
  }
  .strip-legend [aria-expanded='true']::after {
    content: '▴';
  }
  .strip-numbers {
    max-height: 320px;
    margin: 4px -8px 0;
    overflow: auto;
  }
  .strip-numbers table {
    width: 100%;
    border-collapse: collapse;
  }
  .strip-numbers caption {
    padding: 4px 8px;
    color: ${t.muted};
    font-size: ${t.px12};
    text-align: start;
  }
  /* As wide as what is seen of the table, and stays where that scrolls sideways. */
  .strip-numbers caption {
    position: sticky;
    left: 0;
    width: 100cqi;
    box-sizing: border-box;
  }
  .strip-numbers th,
  .strip-numbers td {
    height: 24px;
    padding: 0 8px;
    border-bottom: 1px solid ${t.line};
    font-weight: 400;
    text-align: end;
    white-space: nowrap;
  }
  .strip-numbers thead th {
    position: sticky;
    top: 0;
    background: ${t.bg};
    border-bottom-color: ${t.lineStrong};
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .strip-numbers th:nth-child(-n + 2),
  .strip-numbers td:nth-child(2) {
    text-align: start;
  }
  .strip-numbers :focus-visible {
    outline-offset: -2px;
  }
  @container (max-width: 720px) {
    .strip .change-words,
    .strip-hint {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .strip text {
      fill: CanvasText;
    }
    .strip .change,
    .strip .band,
    .strip .under {
      stroke: CanvasText;
    }
    .strip .dots,
    .strip .bins,
    .strip .zero,
    .strip .failed,
    .strip .unpriced,
    .strip .letter-box {
      fill: CanvasText;
    }
    /* Without its greys, thousands of calls would be one white mass. */
    .strip .dots,
    .strip .bins {
      fill-opacity: 0.4;
    }
    .strip .size-2 {
      fill-opacity: 0.6;
    }
    .strip .size-3 {
      fill-opacity: 0.8;
    }
    .strip .band {
      stroke-width: 1.75px;
    }
    .strip .median {
      stroke: Highlight;
      stroke-width: 2.5px;
    }
    .strip .halo {
      stroke: Canvas;
    }
    .strip .chosen-time {
      fill: none;
      stroke: Highlight;
      stroke-width: 2px;
    }
    .strip .letter-text {
      fill: Canvas;
    }
  }
  @media print {
    .strip {
      break-inside: avoid;
    }
    .strip-label,
    .strip-hint,
    .strip-legend button {
      display: none;
    }
  }
`;
