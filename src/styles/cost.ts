import { css } from 'lit';
import * as t from './tokens.js';

/** `<hm-cost>`: the sentence, the calculation with its bars, and what is known of its calls. */
export const cost = css`
  .told {
    max-width: 110ch;
    padding: 2px 0 10px;
    overflow-wrap: anywhere;
  }
  .told b {
    font-size: ${t.px15};
  }
  .told .amount {
    white-space: nowrap;
  }
  /* An id is any text. */
  [part='empty'] {
    overflow-wrap: anywhere;
  }
  .letter {
    display: inline-block;
    width: 16px;
    height: 16px;
    margin-inline-end: 4px;
    border-radius: 2px;
    background: ${t.accent};
    color: ${t.bg};
    font-size: ${t.px11};
    font-weight: 600;
    line-height: ${t.px16};
    text-align: center;
  }
  .ids {
    display: flex;
    gap: 8px;
  }
  .ids input {
    width: 300px;
    min-width: 0;
    height: 24px;
    padding: 0 8px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    font-family: ${t.mono};
  }
  .quiet {
    color: ${t.accent};
  }
  output:not(:empty) {
    margin-inline-start: 8px;
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .of-one {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(280px, 1fr);
    gap: 12px 48px;
  }
  .calculation .total > * {
    border-bottom-color: ${t.lineStrong};
    font-weight: 600;
  }
  .calculation tbody tr:hover {
    background: ${t.bg};
  }
  .calculation:not(.drawn) {
    width: auto;
    min-width: min(100%, 560px);
  }
  .calculation .number {
    padding-inline-start: 16px;
  }
  .calculation .bar {
    width: 100%;
    padding: 0 2px 0 32px;
  }
  .scale {
    display: flex;
    justify-content: space-between;
    font-weight: 400;
  }
  td.bar svg {
    display: block;
    width: 100%;
    height: ${t.row};
    margin-block: -1px;
    overflow: visible;
  }
  td.bar svg > * {
    vector-effect: non-scaling-stroke;
    stroke-width: 1px;
  }
  .bar .total {
    fill: ${t.muted};
    stroke: ${t.muted};
  }
  .bar .more {
    fill: ${t.diffB};
    stroke: ${t.accent};
  }
  .bar .less {
    fill: ${t.diffA};
    stroke: ${t.warn};
    stroke-dasharray: 3 2;
  }
  .bar .join {
    stroke: ${t.lineStrong};
  }
  .bar .tick {
    stroke: ${t.ink};
  }
  .bar .cut {
    fill: none;
    stroke: ${t.bg};
    stroke-width: 2px;
  }
  .note {
    max-width: 110ch;
    padding-top: 6px;
    font-size: ${t.px12};
    line-height: ${t.px18};
  }
  .calls .facts {
    display: grid;
    grid-template-columns: 56px minmax(0, 1fr);
    align-content: start;
    font-size: ${t.px12};
    line-height: ${t.px22};
  }
  .facts dt {
    color: ${t.muted};
  }
  .facts dd,
  .calls h3 {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .facts code {
    font-family: ${t.mono};
  }
  .of-two .calls {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 12px 48px;
    padding-top: 12px;
  }
  .actions {
    padding-top: 8px;
  }

  @container (max-width: 960px) {
    .of-one {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  /* The bar of a row goes under its figures. */
  @container (max-width: 720px) {
    .calculation {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto auto;
    }
    .calculation.one {
      grid-template-columns: minmax(0, 1fr) auto auto auto;
    }
    .calculation :is(thead, tbody, tr) {
      display: grid;
      grid-template-columns: subgrid;
      grid-column: 1 / -1;
    }
    .calculation tr {
      border-bottom: 1px solid ${t.line};
    }
    .calculation :is(thead tr, .total) {
      border-bottom-color: ${t.lineStrong};
    }
    .calculation :is(th, td) {
      height: auto;
      padding-block: 4px;
      border: 0;
      white-space: normal;
    }
    .calculation .number {
      padding-inline: 4px 8px;
      white-space: nowrap;
    }
    .calculation .bar {
      grid-column: 1 / -1;
      padding: 0 10px;
    }
    td.bar svg {
      height: 20px;
      margin: -2px 0 0;
    }
    .of-two .calls {
      grid-template-columns: minmax(0, 1fr);
    }
    .ids,
    .head .tools {
      flex: 1 1 auto;
    }
    .ids input {
      flex: 1;
      width: auto;
    }
  }
  @media (pointer: coarse) {
    td.bar svg {
      height: max(${t.row}, 40px);
    }
  }
  @media print {
    .head .tools,
    .actions {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .letter {
      border: 1px solid;
    }
    .bar :is(.total, .more, .less, .join, .tick) {
      stroke: CanvasText;
    }
    .bar :is(.more, .less) {
      fill: Canvas;
    }
    .bar .total {
      fill: CanvasText;
    }
    .bar .cut {
      stroke: Canvas;
    }
  }
`;
