import { css } from 'lit';
import * as t from './tokens.js';

/** Plain tables in the look's manner: head, hairlines, figures right. */
export const table = css`
  .scroller {
    overflow-x: auto;
    margin: 0 -8px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    height: ${t.row};
    padding: 0 8px;
    border-bottom: 1px solid ${t.line};
    font-weight: 400;
    text-align: start;
    white-space: nowrap;
  }
  thead th {
    height: 26px;
    border-bottom-color: ${t.lineStrong};
    color: ${t.muted};
    font-size: ${t.px12};
  }
  thead th button {
    min-height: 25px;
  }
  thead th button::after {
    content: '';
    width: 12px;
    font-size: ${t.px9};
    text-align: end;
  }
  /* In the room between the columns, so that a label ends where its figures end. */
  thead th.number button::after {
    width: 8px;
    margin-inline-end: -8px;
  }
  thead th[aria-sort] {
    color: ${t.ink};
    font-weight: 600;
  }
  thead th[aria-sort='descending'] button::after {
    content: '▾';
  }
  thead th[aria-sort='ascending'] button::after {
    content: '▴';
  }
  .number {
    text-align: end;
  }
  tr {
    background: ${t.bg};
  }
  /* Stays when a narrow page scrolls sideways. */
  tr > :first-child {
    position: sticky;
    left: 0;
    background: inherit;
  }
  tbody tr:hover {
    background: ${t.hover};
  }
  tbody tr.chosen {
    background: ${t.selected};
  }
  tr.chosen > :first-child {
    box-shadow: inset 2px 0 ${t.accent};
  }
  table :focus-visible {
    outline-offset: -2px;
  }
  tfoot th,
  tfoot td {
    border-top: 1px solid ${t.lineStrong};
    border-bottom: 0;
    font-weight: 600;
  }
  @media (pointer: coarse) {
    tbody th,
    tbody td {
      height: max(${t.row}, 40px);
    }
  }
  /* What gives way when there is no room: the width from which it stands. */
  @container (max-width: 1200px) {
    .from-1200 {
      display: none;
    }
  }
  @container (max-width: 1040px) {
    .from-1040 {
      display: none;
    }
  }
  @container (max-width: 720px) {
    .from-720 {
      display: none;
    }
  }
  @container (max-width: 600px) {
    .from-600 {
      display: none;
    }
  }
  @container (max-width: 460px) {
    .from-460 {
      display: none;
    }
  }
`;
