import { css } from 'lit';
import * as t from './tokens.js';

/** What stands below the table of rates, and an open row of either table. */
export const pricingExtras = css`
  .note {
    padding: 6px 0;
    font-size: ${t.px12};
  }
  h3 {
    padding-top: 16px;
  }
  h3 + .note {
    padding-top: 0;
  }
  summary {
    cursor: pointer;
  }
  details > * + * {
    margin-top: 4px;
  }
  h3 button {
    font-size: ${t.size};
    font-weight: 600;
  }
  h3 button::after {
    content: '▸';
    margin-inline-start: 6px;
    color: ${t.muted};
    font-size: ${t.px9};
  }
  .opens[aria-expanded='true']::after,
  h3 [aria-expanded='true']::after {
    content: '▾';
  }
  tr:has([aria-expanded='true']),
  tr:has([aria-expanded='true']):hover,
  .detail,
  .detail:hover {
    background: ${t.sunken};
  }
  tr:has([aria-expanded='true']) > * {
    border-bottom-color: transparent;
  }
  .detail > td {
    padding: 0;
    white-space: normal;
  }
  @media print {
    details {
      display: none;
    }
  }
`;
