import { css } from 'lit';
import * as t from './tokens.js';

/** What the buttons beside the heading open. */
export const projectTools = css`
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  [part='panel'] {
    padding: 4px 0 12px;
  }
  .search {
    width: min(100%, 360px);
    height: 32px;
    padding: 0 8px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    align-items: center;
  }
  .choices label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 24px;
    font-size: 12px;
  }
  .fault {
    padding: 4px 0;
    color: ${t.error};
  }
  .ways th,
  .ways td {
    height: 24px;
  }
  .ways tbody tr {
    cursor: auto;
  }
  .ways [aria-pressed='true'] {
    font-weight: 600;
  }
  .ways [aria-pressed='true']::before {
    content: '✓';
    padding-inline-end: 4px;
  }
  .ways .words {
    width: 100%;
    white-space: normal;
    color: ${t.muted};
  }
  .naming {
    padding-top: 12px;
  }
  .naming p {
    padding-top: 4px;
  }
`;
