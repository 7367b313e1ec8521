import { css } from 'lit';
import * as t from './tokens.js';

/** An open row of the calls table, and what stands under it. */
export const callDetail = css`
  /* Links of an open row are not to stand under the heads when they get the focus; the heads themselves stand there. */
  .grid {
    scroll-padding-top: 27px;
  }
  .heads button {
    scroll-margin-top: -27px;
  }
  .layer > .open {
    border-bottom-color: transparent;
  }
  .layer > .open:not([aria-selected='true']) {
    background: ${t.sunken};
  }
  .open .arrow::before {
    content: '▾';
  }
  .layer > .opened {
    display: block;
    height: auto;
    border-bottom: 1px solid ${t.line};
    background: ${t.sunken};
    line-height: ${t.px20};
    white-space: normal;
    cursor: auto;
    contain: none;
  }
  .layer > .opened:hover {
    background: ${t.sunken};
  }
  .layer > .opened > * {
    position: sticky;
    left: 0;
    width: min(100%, calc(100cqi + 16px));
    overflow: visible;
    padding: 2px 8px 12px 54px;
    line-height: ${t.px20};
  }
  .opened [part='loading'],
  .opened [part='error'] {
    padding-block: 4px;
  }
  .detail {
    display: grid;
    grid-template-columns: auto minmax(220px, 1fr) minmax(300px, 1.4fr);
    gap: 12px 40px;
    font-size: ${t.px12};
  }
  .detail .price {
    width: auto;
    border-collapse: collapse;
  }
  .detail .price th,
  .detail .price td {
    height: 22px;
    padding: 0 0 0 20px;
    border: 0;
    border-bottom: 1px solid ${t.line};
    font-weight: 400;
    text-align: end;
    white-space: nowrap;
  }
  .detail .price th:first-child {
    padding-left: 0;
    text-align: start;
  }
  .detail .actions {
    max-width: 300px;
    margin-top: 10px;
  }
  .detail .actions button {
    display: inline-flex;
    min-height: 24px;
  }
  .detail .price thead th {
    color: ${t.muted};
  }
  .detail .price tfoot > tr > * {
    border: 0;
    border-top: 1px solid ${t.lineStrong};
    font-weight: 600;
  }
  .detail dl {
    display: grid;
    grid-template-columns: 88px minmax(0, 1fr);
    align-content: start;
    gap: 0;
    line-height: ${t.px22};
  }
  .detail .fields {
    grid-template-columns: 92px minmax(0, 1fr) 92px minmax(0, 1fr);
    gap: 0 8px;
  }
  .detail dt {
    color: ${t.muted};
  }
  .detail dd,
  .detail code {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .detail .fields dd {
    display: flex;
    gap: 6px;
    overflow: hidden;
    white-space: nowrap;
  }
  .detail .fields dd > :first-child {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .detail button {
    display: inline;
    min-height: 22px;
    font-size: ${t.px12};
  }
  .detail .mono,
  .detail .value.mono {
    font: ${t.px12} / ${t.px22} ${t.mono};
  }
  .detail .value {
    text-decoration: underline;
    text-decoration-color: ${t.lineStrong};
    text-underline-offset: 3px;
  }
  .detail .value:hover,
  .detail .without:hover {
    color: ${t.accent};
  }
  .detail .without {
    flex: none;
    color: ${t.muted};
    opacity: 0;
  }
  .detail dd:hover .without,
  .detail .without:focus-visible {
    opacity: 1;
  }
  @media (hover: none) {
    .detail .without {
      opacity: 1;
    }
  }
  @container (max-width: 1160px) {
    .detail {
      grid-template-columns: auto minmax(0, 1fr);
    }
    .detail .fields {
      grid-column: 1 / -1;
    }
  }
  @container (max-width: 720px) {
    .layer > .opened > * {
      padding-inline-start: 8px;
    }
    .detail {
      grid-template-columns: minmax(0, 1fr);
    }
    .detail .fields {
      grid-template-columns: 92px minmax(0, 1fr);
    }
  }
`;
