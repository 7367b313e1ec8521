import { css } from 'lit';
import * as t from './tokens.js';

/** What is done with bodies: finding, stepping, copying. */
export const bodyTools = css`
  .at-note {
    padding: 0 0 8px;
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .quiet {
    color: ${t.muted};
    padding-block: 2px;
  }
  .quiet[aria-pressed='true'],
  .to-search[aria-expanded='true'] {
    color: ${t.ink};
    padding-bottom: 0;
    border-bottom: 2px solid;
  }
  .bar-tools {
    display: flex;
    align-items: center;
    gap: 12px;
    margin-inline-start: auto;
  }
`;
