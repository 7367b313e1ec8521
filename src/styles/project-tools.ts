import { css } from 'lit';
import * as t from './tokens.js';

/** The buttons beside the heading, and those that open a project. */
export const projectTools = css`
  tbody tr {
    cursor: pointer;
  }
  tbody th button:hover span {
    text-decoration: underline;
  }
  .tools button {
    color: ${t.muted};
  }
  .tools button:hover,
  .tools [aria-expanded='true'],
  .tools [aria-pressed='true'] {
    color: ${t.ink};
  }
  .tools [aria-expanded='true'],
  .tools [aria-pressed='true'] {
    font-weight: 600;
  }
  .opener {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 4px;
    justify-content: center;
    width: 24px;
    color: ${t.muted};
  }
  .opener::after {
    content: '▸';
  }
  .opener[aria-expanded='true']::after {
    content: '▾';
  }
  tr:hover .opener,
  .opener:focus-visible {
    color: ${t.ink};
  }
  .fault {
    padding: 4px 0;
    color: ${t.error};
  }
  tr.opened {
    cursor: auto;
  }
  .opened > td {
    height: auto;
    padding: 0 8px;
    white-space: normal;
  }
  @container (max-width: 1480px) {
    .from-1480 {
      display: none;
    }
  }
  @container (max-width: 600px) {
    .head .context {
      display: none;
    }
  }
  @media print {
    .head .tools,
    .opener {
      display: none;
    }
  }
`;
