import { css } from 'lit';
import * as t from './tokens.js';

/** Why there is no body, and the command that changes it. */
export const bodyAbsent = css`
  .command {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 28px;
    margin-top: 6px;
    padding: 2px 8px;
    background: ${t.sunken};
  }
  .command code {
    overflow-wrap: anywhere;
    user-select: all;
  }
  .command button {
    margin-inline-start: auto;
    color: ${t.accent};
  }
  .state p + p {
    margin-top: 6px;
  }
  .state p {
    overflow-wrap: anywhere;
  }
`;
