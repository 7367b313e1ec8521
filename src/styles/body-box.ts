import { css } from 'lit';
import * as t from './tokens.js';

/** The box that a body scrolls in, what stands out in its text, and its tables. */
export const bodyBox = css`
  table {
    border-collapse: collapse;
  }
  tr {
    background: ${t.bg};
  }
  th,
  td {
    padding: 0 8px;
    border-bottom: 1px solid ${t.line};
    font-weight: 400;
    text-align: start;
    white-space: nowrap;
  }
  thead th {
    border-bottom-color: ${t.lineStrong};
    color: ${t.muted};
    font-size: ${t.px12};
  }
  /* Stays when a narrow page scrolls sideways. */
  tr > :first-child {
    position: sticky;
    left: 0;
    background: inherit;
  }
  tfoot th,
  tfoot td {
    font-weight: 600;
  }
  .number {
    text-align: end;
  }
  .scroller {
    overflow-x: auto;
  }
  .box {
    position: relative;
    max-height: ${t.bodyHeight};
    overflow: auto;
    overflow-anchor: none;
    padding: 8px 8px 12px;
    overscroll-behavior: auto contain;
    contain: content;
  }
  .box:focus-visible {
    outline-offset: -2px;
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
  .redacted {
    display: inline-block;
    direction: ltr;
    unicode-bidi: isolate;
    padding: 0 6px;
    border-radius: 2px;
    background: ${t.ink};
    color: ${t.bg};
    font: ${t.px11} / ${t.px16} ${t.mono};
    white-space: nowrap;
  }
  .redacted::after {
    content: ' redacted';
  }
  .redacted .bracket,
  .control {
    font-size: 0;
  }
  .control {
    unicode-bidi: isolate;
    color: ${t.warn};
  }
  .control::before {
    content: attr(data-sign);
    font-size: ${t.px12};
  }
`;
