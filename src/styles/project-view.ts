import { css } from 'lit';
import * as t from './tokens.js';

/** The view of one project below its row. */
export const projectView = css`
  tbody tr.opened,
  tbody tr.opened:hover,
  tbody tr:has(.opener[aria-expanded='true']):not(.chosen) {
    background: ${t.sunken};
  }
  tbody tr.opened {
    cursor: auto;
  }
  .opened > td {
    height: auto;
    padding: 4px 8px 16px;
    white-space: normal;
  }
  /* As wide as the element, however wide the table above is. */
  .view {
    position: sticky;
    left: 8px;
    max-width: calc(100cqi);
  }
  .view table {
    font-size: 12px;
  }
  .view tr,
  .view tr:hover {
    background: none;
    cursor: auto;
  }
  .view tr > :first-child {
    position: static;
    padding-inline-start: 0;
  }
  .view tr > :last-child {
    padding-inline-end: 0;
  }
  .view tr > :first-child,
  .view tr > :first-child button span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .view th,
  .view td {
    height: 24px;
  }
  .view tbody th {
    width: 100%;
    max-width: 0;
  }
  .view tbody th button {
    max-width: 100%;
    font-size: 12px;
  }
  .view tbody th button:hover {
    text-decoration: underline;
  }
  .view [aria-pressed='true'] {
    font-weight: 600;
  }
  .view [aria-pressed='true']::before {
    content: '✓';
    padding-inline-end: 4px;
  }
  .mono {
    font-family: ${t.mono};
  }
  .facts,
  .parts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr));
    gap: 4px 32px;
  }
  .parts {
    gap: 16px 32px;
    padding-top: 12px;
  }
  .wide {
    grid-column: span 2;
  }
  @container (max-width: 720px) {
    .wide {
      grid-column: auto;
    }
  }
  dt,
  .fix p {
    color: ${t.muted};
    font-size: 12px;
  }
  h4 {
    font: inherit;
    font-weight: 600;
    display: inline-block;
  }
  .split,
  .others {
    color: ${t.accent};
    float: inline-end;
  }
  .others {
    float: none;
  }
  .ways .words {
    white-space: normal;
    color: ${t.muted};
  }
  .ways tbody th {
    width: auto;
    max-width: none;
  }
`;
