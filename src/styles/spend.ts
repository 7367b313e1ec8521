import { css } from 'lit';
import * as t from './tokens.js';

/** Spend: its tabs, figures, picture and key. Comes with the script that draws it. */
export const spend = css`
  .tabs button:hover {
    color: ${t.ink};
  }
  .tools select {
    height: 24px;
    padding: 0;
    border: 0;
    background: ${t.bg};
    cursor: pointer;
  }
  .custom {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 8px 12px;
    padding: 4px 0 8px;
    font-size: ${t.px12};
  }
  .custom input {
    height: 24px;
    margin-inline-start: 6px;
    padding: 0 6px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
  }

  .figures {
    display: grid;
    grid-template-columns: auto auto auto 1fr;
    gap: 0 40px;
    align-items: start;
    min-height: 102px;
    padding: 4px 0 12px;
  }
  .figures dt,
  .figures .note {
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .figures .note {
    line-height: ${t.px16};
    text-wrap: balance;
  }
  .figures .figure {
    display: flex;
    align-items: baseline;
    height: ${t.px34};
    font-size: ${t.px20};
    line-height: ${t.px34};
    font-weight: 600;
    white-space: nowrap;
  }
  .figures .first {
    font-size: ${t.px28};
    letter-spacing: -0.01em;
  }
  /* One baseline for figures of two sizes. */
  .figures .figure::before {
    content: '';
    height: ${t.px28};
  }
  .figures small {
    margin-inline-end: 5px;
    color: ${t.muted};
    font-size: ${t.size};
    font-weight: 400;
    letter-spacing: 0;
  }
  .figures .word {
    font-size: ${t.size};
    font-weight: 400;
    color: ${t.muted};
  }

  .plot {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px 28px;
  }
  .picture {
    position: relative;
    height: 282px;
    cursor: crosshair;
    touch-action: pan-y;
    user-select: none;
  }
  canvas {
    position: absolute;
    inset: 0;
    display: block;
  }
  .chosen-time {
    position: absolute;
    top: 0;
    left: 0;
    height: 100%;
    background: ${t.accent};
    opacity: 0.12;
    pointer-events: none;
  }
  .chosen-time[hidden],
  .place-label[hidden] {
    display: none;
  }
  .place-label {
    position: absolute;
    top: 0;
    left: 0;
    z-index: 2;
    max-width: min(320px, 100%);
    padding: 4px 8px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    box-shadow: 0 2px 8px rgb(0 0 0 / 0.16);
    font-size: ${t.px12};
    line-height: ${t.px16};
    pointer-events: none;
  }
  .place-label div:first-child {
    font-weight: 600;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 16px;
    min-height: 24px;
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .legend svg {
    margin-inline-end: 6px;
    vertical-align: -1px;
  }
  .legend .buttons {
    display: flex;
    gap: 0 16px;
    margin-inline-start: auto;
    color: ${t.ink};
  }
  .legend [aria-expanded]::after {
    content: '▾';
    margin-inline-start: 4px;
    font-size: ${t.px9};
  }
  .legend [aria-expanded='true']::after {
    content: '▴';
  }

  .key table {
    width: 100%;
    font-size: ${t.px12};
    line-height: ${t.px16};
  }
  .key tr > * {
    position: static;
    height: auto;
    padding: 3px 0;
  }
  .key thead th {
    border-bottom-color: ${t.line};
  }
  .key .number {
    padding-inline-start: 12px;
  }
  .key tbody tr:hover {
    background: none;
  }
  .key tr.sum > * {
    border-top: 1px solid ${t.lineStrong};
  }
  .key tr:last-child > * {
    border-bottom: 0;
  }
  .key button {
    min-height: 16px;
    max-width: 24ch;
    vertical-align: top;
    line-height: ${t.px16};
  }
  .key button span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .key button:hover span {
    text-decoration: underline;
  }
  .key .bound {
    font-weight: 400;
  }
  .key .part,
  .key .change {
    color: ${t.muted};
  }
  .key p {
    padding-top: 4px;
    color: ${t.muted};
    font-size: ${t.px12};
    line-height: ${t.px16};
  }
  .key tfoot > tr > * {
    border: 0;
    font-weight: 400;
  }
  .numbers {
    max-height: 320px;
    margin: 8px -8px 0;
    overflow: auto;
  }
  .numbers thead th {
    position: sticky;
    top: 0;
    background: ${t.bg};
  }
  .numbers .bound {
    font-weight: 400;
  }

  /* Colours of series: the picture takes them from here too. */
  .colour {
    fill: ${t.seriesOther};
    stroke: none;
  }
  .bg {
    fill: ${t.bg};
  }
  .ink {
    fill: ${t.ink};
  }
  .quiet {
    fill: ${t.muted};
  }
  .line {
    fill: ${t.line};
  }
  .hatch {
    fill: ${t.unpriced};
  }
  .imputed {
    fill: ${t.imputed};
  }
  .hollow {
    fill: none;
    stroke: ${t.imputed};
  }
  .hatched {
    stroke: ${t.unpriced};
    stroke-width: 1.5px;
  }
  .pale {
    fill: color-mix(in srgb, ${t.lineStrong} 40%, ${t.bg});
    stroke: ${t.lineStrong};
  }
  .plain {
    fill: ${t.lineStrong};
  }
  .failed {
    fill: ${t.error};
  }
  .series-1 {
    --hm-own: ${t.series1};
  }
  .series-2 {
    --hm-own: ${t.series2};
  }
  .series-3 {
    --hm-own: ${t.series3};
  }
  .series-4 {
    --hm-own: ${t.series4};
  }
  .series-5 {
    --hm-own: ${t.series5};
  }
  .series-6 {
    --hm-own: ${t.series6};
  }
  .series-7 {
    --hm-own: ${t.series7};
  }
  .series-8 {
    --hm-own: ${t.series8};
  }
  .series-other {
    --hm-own: ${t.seriesOther};
  }
  [class*='series-'] {
    fill: var(--hm-own);
  }
  .tone-1,
  .tone-2 {
    fill: color-mix(in srgb, var(--hm-own) 58%, ${t.bg});
    stroke: var(--hm-own);
  }
  .tone-2 {
    fill: color-mix(in srgb, var(--hm-own) 22%, ${t.bg});
  }

  @container (min-width: 780px) {
    .plot {
      grid-template-columns: minmax(0, 1fr) max-content;
    }
    .legend,
    .numbers,
    .plot [part='empty'] {
      grid-column: 1 / -1;
    }
  }
  @container (max-width: 720px) {
    .head .tools {
      width: 100%;
      margin-inline-start: 0;
    }
    .custom {
      justify-content: start;
    }
  }
  @container (max-width: 720px) {
    .figures {
      grid-template-columns: 1fr 1fr;
      gap: 8px 24px;
    }
  }
  @media (forced-colors: active) {
    .colour {
      forced-color-adjust: none;
    }
    .bg {
      fill: Canvas;
    }
    .line {
      fill: GrayText;
    }
    .ink,
    .quiet,
    .hatch,
    .imputed {
      fill: CanvasText;
    }
    .hollow,
    .hatched,
    .edged {
      stroke: CanvasText;
    }
    .chosen-time {
      background: none;
      border: 2px solid Highlight;
      opacity: 1;
    }
  }
  @media print {
    .head .tools,
    .custom,
    .legend .buttons,
    .place-label,
    .chosen-time {
      display: none;
    }
    .plot {
      break-inside: avoid;
    }
    /* On paper nothing can be scrolled. */
    .numbers {
      max-height: none;
      overflow: visible;
    }
  }
`;
