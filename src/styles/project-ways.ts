import { css } from 'lit';
import * as t from './tokens.js';

/** How calls came to projects: a table among text, whose values are chosen. */
export const projectWays = css`
  .small tr,
  .small tr:hover {
    background: none;
    cursor: auto;
  }
  .small th,
  .small td {
    height: 24px;
    padding: 0 8px;
    font-size: ${t.px12};
  }
  .small tr > :first-child {
    position: static;
    padding-inline: 0 8px;
  }
  .small tr > :last-child {
    padding-inline-end: 0;
  }
  .small tbody th {
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .small tbody th button {
    max-width: 100%;
    font-size: ${t.px12};
    line-height: ${t.px16};
    text-align: start;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .small.ways {
    max-width: 900px;
  }
  .small.ways tbody th,
  .small.ways tbody th button {
    white-space: nowrap;
    overflow-wrap: normal;
  }
  .small tbody th button:hover {
    text-decoration: underline;
  }
  .small [aria-pressed='true'] {
    font-weight: 600;
  }
  .small [aria-pressed='true']::before {
    content: '✓';
    padding-inline-end: 4px;
  }
  .small .words {
    width: 100%;
    white-space: normal;
    color: ${t.muted};
  }
`;
