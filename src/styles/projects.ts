import { css } from 'lit';
import * as t from './tokens.js';

/** What only the table of projects has. */
export const projects = css`
  .share {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    vertical-align: top;
  }
  .share span {
    width: 46px;
    text-align: end;
  }
  .share .track {
    fill: ${t.hover};
  }
  .share .bar {
    fill: ${t.lineStrong};
  }
  .spark {
    display: block;
    overflow: visible;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.25;
  }
  .spark circle {
    fill: ${t.bg};
  }
  tbody th button {
    max-width: 34ch;
    font-size: inherit;
  }
  .model {
    max-width: 168px;
  }
  tbody th button span,
  .model {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  tbody tr {
    cursor: pointer;
  }
  tbody th button:hover span {
    text-decoration: underline;
  }
  .archived {
    margin-inline-start: 8px;
    font-size: 12px;
  }
  .opener {
    float: inline-end;
    justify-content: center;
    width: 24px;
    color: ${t.muted};
  }
  .opener::after {
    content: '▸';
  }
  [aria-expanded='true']::after {
    content: '▾';
  }
  @container (max-width: 460px) {
    tbody th button {
      max-width: 20ch;
    }
  }
`;
