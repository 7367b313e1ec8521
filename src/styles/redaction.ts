import { css } from 'lit';
import * as t from './tokens.js';

/** Settings beside coverage, projects, redactions beside their limits. */
export const redaction = css`
  .sentence {
    padding: 4px 0 12px;
    max-width: 96ch;
  }
  h3 {
    padding: 8px 0 4px;
  }
  .note {
    padding: 4px 0;
    font-size: ${t.px12};
    max-width: 84ch;
  }
  code {
    font-family: ${t.mono};
    font-size: ${t.px12};
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px 36px;
    padding-bottom: 16px;
  }
  .columns > * {
    min-width: 0;
  }
  .facts > div {
    display: grid;
    grid-template-columns: 120px minmax(0, 1fr);
    gap: 0 16px;
    padding: 4px 0;
    border-bottom: 1px solid ${t.line};
  }
  dt {
    color: ${t.muted};
    font-size: ${t.px12};
  }
  dd p,
  .change > span {
    font-size: ${t.px12};
  }
  .change {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    align-items: baseline;
    padding: 2px 0;
  }
  .change > span {
    color: ${t.muted};
  }

  .coverage {
    display: block;
    width: 100%;
    height: 16px;
    margin: 4px 0 8px;
  }
  .coverage path {
    stroke: ${t.lineStrong};
    stroke-width: 3px;
  }
  .coverage rect,
  .key rect {
    vector-effect: non-scaling-stroke;
  }
  .key {
    width: 10px;
    height: 10px;
    margin-inline-end: 6px;
    vertical-align: -0.5px;
  }
  .of-stored {
    fill: ${t.muted};
  }
  .of-truncated {
    fill: ${t.warn};
  }
  .of-failed {
    fill: ${t.error};
  }
  .of-off {
    fill: ${t.bg};
    stroke: ${t.muted};
  }
  .of-expired {
    fill: url(#hatch);
    stroke: ${t.lineStrong};
  }
  .of-none {
    fill: ${t.line};
  }
  .of th {
    padding-inline-start: 24px;
    color: ${t.muted};
  }
  .of td {
    color: ${t.muted};
  }

  .calls {
    min-width: 24px;
    justify-content: flex-end;
    font-size: inherit;
    text-decoration: underline;
    text-decoration-color: ${t.lineStrong};
    text-underline-offset: 3px;
  }
  .calls:hover {
    color: ${t.accent};
  }
  .calls[aria-pressed='true'] {
    color: ${t.accent};
    font-weight: 600;
  }
  .switch {
    min-width: 24px;
    font-size: inherit;
  }
  .switch::after {
    content: '▸';
    margin-inline-start: 6px;
    color: ${t.muted};
    font-size: ${t.px9};
  }
  .switch[aria-expanded='true']::after {
    content: '▾';
  }
  .slug {
    display: inline-block;
    max-width: 30ch;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    vertical-align: bottom;
  }
  .archived {
    margin-inline-start: 8px;
    font-size: ${t.px12};
  }
  tr.open,
  tr.open:hover,
  tr.opened,
  tr.opened:hover {
    background: ${t.sunken};
  }
  tr.open > * {
    border-bottom-color: transparent;
  }
  .opened td {
    position: static;
    height: auto;
    padding: 0 8px 12px;
    white-space: normal;
  }
  .opened .command {
    margin-inline-start: -8px;
    background: none;
  }
  .categories {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 24px;
  }
  .category {
    display: inline-block;
    max-width: 36ch;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    vertical-align: bottom;
    font-family: ${t.mono};
    font-size: ${t.px12};
    unicode-bidi: isolate;
  }
  .meaning {
    margin-inline-start: 8px;
    font-size: ${t.px12};
  }
  [part='categories'] tbody th,
  [part='categories'] .wide {
    white-space: normal;
  }
  [part='categories'] .slug {
    max-width: 22ch;
  }
  .wide {
    padding-inline-start: 24px;
  }
  .scroller {
    margin-bottom: 8px;
  }
  .scroller + .button {
    margin-bottom: 8px;
  }
  .limits {
    max-width: 84ch;
  }
  .limits li {
    padding: 4px 0;
  }
  @container (min-width: 900px) {
    .columns {
      grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    }
  }
  @container (max-width: 460px) {
    .facts > div {
      grid-template-columns: minmax(0, 1fr);
    }
    .slug {
      max-width: 17ch;
    }
    .category {
      max-width: 30ch;
    }
    .meaning {
      display: block;
      margin: -4px 0 4px;
    }
  }
  @media (forced-colors: active) {
    .coverage rect,
    .key rect {
      stroke: CanvasText;
    }
  }
  @media print {
    .command button {
      display: none;
    }
  }
`;
