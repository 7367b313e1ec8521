import { css } from 'lit';
import * as t from './tokens.js';

/** The calls table: rows of equal height in a box of their own. Cells are single elements, marks are drawn by classes. */
export const calls = css`
  .totals {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 28px;
    padding: 2px 0 10px;
  }
  .totals dt {
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .totals dd .share {
    margin-inline-start: 5px;
    color: ${t.muted};
  }

  @container (max-width: 1040px) {
    .totals {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
    }
    .compared {
      grid-column: 1/-1;
      min-height: 40px;
    }
  }

  .grid {
    position: relative;
    max-height: var(--hm-calls-height, 588px);
    margin: 0 -8px;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior-y: auto;
  }
  .grid.sideways {
    overflow-x: auto;
  }
  .grid [role='row'] {
    display: flex;
    height: ${t.row};
    border-bottom: 1px solid ${t.line};
    background: ${t.bg};
    line-height: calc(${t.row} - 1px);
    white-space: nowrap;
  }
  .layer [role='row'] {
    contain: layout style;
    cursor: pointer;
  }
  .grid [role='row'] > * {
    flex: none;
    padding: 0 8px;
  }
  /* Figures fit: a cell that need not be clipped is drawn with less work. */
  .layer [role='gridcell']:not(.number) {
    overflow: clip;
    text-overflow: ellipsis;
  }
  .layer .mono,
  .heads .pointer {
    font: ${t.px12} ${t.mono};
    line-height: inherit;
  }
  .grid .number {
    text-align: end;
  }
  .heads {
    position: sticky;
    top: 0;
    z-index: 2;
    background: ${t.bg};
  }
  .heads [role='row'] {
    height: 27px;
    border-bottom-color: ${t.lineStrong};
    color: ${t.muted};
    font-size: ${t.px12};
    line-height: 26px;
  }
  .grid [role='row'] > .blank,
  .grid [role='row'] > .choice {
    width: 46px;
    padding-inline-end: 0;
    text-overflow: clip;
  }
  .heads [role='columnheader'] {
    position: relative;
    overflow: clip;
    text-overflow: ellipsis;
  }
  .heads button {
    min-height: 26px;
    cursor: inherit;
  }
  .heads .number button {
    justify-content: end;
    width: 100%;
  }
  .heads [aria-sort] button {
    color: ${t.ink};
    font-weight: 600;
  }
  .heads [aria-sort] button::after {
    content: '▾';
    width: 12px;
    font-size: ${t.px9};
    text-align: end;
  }
  .heads [aria-sort='ascending'] button::after {
    content: '▴';
  }
  /* In the room between the columns, so that a label ends where its figures end. */
  .heads .number button::after {
    width: 8px;
    margin-inline-end: -8px;
  }
  .spacer {
    position: relative;
    overflow: clip;
  }
  .layer {
    position: absolute;
    inset: 0 0 auto;
    will-change: transform;
  }
  .layer [aria-selected='true'] {
    background: ${t.selected};
    box-shadow: inset 2px 0 ${t.accent};
  }
  .box::before {
    content: '';
    display: inline-block;
    width: 14px;
    height: 14px;
    margin-inline: 1px;
    border: 1px solid ${t.lineStrong};
    border-radius: 2px;
    vertical-align: -2.5px;
  }
  .letter {
    display: inline-block;
    width: 16px;
    height: 16px;
    border-radius: 2px;
    background: ${t.accent};
    color: ${t.bg};
    font-size: ${t.px11};
    font-weight: 600;
    line-height: ${t.px16};
    text-align: center;
  }
  .arrow {
    display: inline-block;
    width: 18px;
    height: 100%;
    margin-inline-start: -2px;
    padding-inline-start: 6px;
    vertical-align: top;
  }
  .arrow::before {
    content: '▸';
    color: ${t.lineStrong};
    font-size: ${t.px10};
  }
  .blank .arrow {
    display: none;
  }
  .layer .waiting {
    color: ${t.muted};
  }
  .waiting .bar::before {
    content: '';
    display: inline-block;
    width: 55%;
    height: 6px;
    background: ${t.line};
    vertical-align: 2px;
  }

  .marked::before,
  .swatched::before {
    content: '';
    display: inline-block;
    width: 10px;
    height: 10px;
    margin-inline-end: 6px;
    vertical-align: -0.5px;
    background: ${t.muted};
    forced-color-adjust: none;
  }
  .marked.error::before {
    background: ${t.error};
    clip-path: path('M1.5 0L5 3.5 8.5 0 10 1.5 6.5 5 10 8.5 8.5 10 5 6.5 1.5 10 0 8.5 3.5 5 0 1.5z');
  }
  .marked.blocked::before {
    background: ${t.error};
    clip-path: path(evenodd, 'M0 0h10v10H0zM2 4v2h6V4z');
  }
  .marked.warning::before {
    background: ${t.warn};
    clip-path: path('M5 .8L9.8 9.4H.2z');
  }
  .marked.stream-cut::before {
    background: ${t.warn};
    clip-path: path('M0 1h7L5.4 3 7 5 5.4 7 7 9H0zM9 1h1v8H9z');
  }
  .marked.body-cut::before {
    background: ${t.warn};
    clip-path: path(evenodd, 'M.5.5h9v9h-9zM5 1.9v6.2h3.1V1.9z');
  }
  .marked.off::before {
    clip-path: path(evenodd, 'M.5.5h9v9h-9zM1.9 1.9v6.2h6.2V1.9z');
  }
  .marked.unpriced::before {
    background: ${t.unpriced};
    clip-path: path(evenodd, 'M5 .3a4.7 4.7 0 010 9.4 4.7 4.7 0 010-9.4zM5 1.9a3.1 3.1 0 010 6.2 3.1 3.1 0 010-6.2z');
  }
  .marked.imputed::before {
    background: ${t.imputed};
    clip-path: path(evenodd, 'M5 .3a4.7 4.7 0 010 9.4 4.7 4.7 0 010-9.4zM5 1.7v6.6a3.3 3.3 0 000-6.6z');
  }
  .swatched::before {
    background: ${t.seriesOther};
  }
  .swatched.anthropic::before {
    background: ${t.series1};
  }
  .swatched.openai::before {
    background: ${t.series2};
  }
  .swatched.gemini::before {
    background: ${t.series3};
  }
  .swatched.xai::before {
    background: ${t.series4};
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 20px;
    padding-top: 8px;
    color: ${t.muted};
    font-size: ${t.px12};
  }
  /* As tall as the buttons that come beside it later. */
  .range {
    line-height: 24px;
  }
  .head .tools {
    position: relative;
  }
  .tools > button,
  .tools > select {
    color: ${t.muted};
  }
  .tools > select {
    field-sizing: content;
    min-height: 24px;
    border: 0;
    background: ${t.bg};
    appearance: none;
    cursor: pointer;
  }
  .fault {
    margin: 4px 0 8px;
    padding-inline-start: 10px;
    border-inline-start: 2px solid ${t.error};
  }

  /* Two lines to a row: clock over day, model over project. */
  .narrow .layer > [aria-rowindex] {
    height: 48px;
  }
  .narrow .layer > [aria-rowindex] > * {
    padding-top: 5px;
    line-height: ${t.px18};
  }
  .narrow time {
    display: flex;
    flex-direction: column-reverse;
    justify-content: flex-end;
  }
  .narrow time .muted {
    font-size: ${t.px12};
  }
  .below .marked {
    margin-inline-end: 6px;
    color: ${t.ink};
  }
  .below {
    display: block;
    overflow: hidden;
    color: ${t.muted};
    font-size: ${t.px12};
    text-overflow: ellipsis;
  }

  @media (pointer: coarse) {
    .layer > [aria-rowindex] {
      height: max(${t.row}, 48px);
    }
    .grid:not(.narrow) .layer > [aria-rowindex] > * {
      line-height: 47px;
    }
  }
`;
