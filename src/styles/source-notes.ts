import { css } from 'lit';
import * as t from './tokens.js';

/** What is missing, below the status line. */
export const sourceNotes = css`
  .notes {
    padding-block-end: 8px;
    line-height: ${t.px18};
  }
  .notes p {
    max-width: 100ch;
    margin: 0 0 4px;
    overflow-wrap: anywhere;
  }
  .notes > p {
    color: ${t.ink};
  }
  .notes summary {
    width: max-content;
    max-width: 100%;
    cursor: pointer;
  }
  .notes summary:hover {
    color: ${t.accent};
  }
`;
