import { css } from 'lit';
import * as t from './tokens.js';

/** The view of one project below its row. */
export const projectView = css`
  tbody tr.opened,
  tbody tr.opened:hover,
  tbody tr:has(.opener[aria-expanded='true']):not(.chosen) {
    background: ${t.sunken};
  }
  /* As wide as the element, however wide the table above is. */
  .view {
    position: sticky;
    left: 8px;
    max-width: 100cqi;
    padding: 4px 0 16px;
  }
  .facts,
  .parts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr));
    gap: 8px 36px;
  }
  .parts {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr));
    gap: 16px 36px;
    padding-top: 16px;
  }
  .part {
    min-width: 0;
  }
  .facts .wide {
    grid-column: span 2;
  }
  dt,
  .note {
    color: ${t.muted};
    font-size: ${t.px12};
  }
  dd {
    overflow-wrap: anywhere;
  }
  .part h3 {
    display: inline-block;
    font: inherit;
    font-weight: 600;
  }
  .split {
    float: inline-end;
    color: ${t.accent};
  }
  .others {
    color: ${t.accent};
  }
  .fix {
    display: grid;
    gap: 4px;
    align-content: start;
  }
  .part > table:not(.ways) {
    table-layout: fixed;
  }
  .part .number {
    width: 88px;
  }
  .part .narrow {
    width: 64px;
  }
  .mono {
    font-family: ${t.mono};
  }
  @container (max-width: 720px) {
    .facts .wide {
      grid-column: auto;
    }
  }
`;
