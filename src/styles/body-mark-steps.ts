import { css } from 'lit';
import * as t from './tokens.js';

/** Steps through what was redacted, and the one that is shown. */
export const bodyMarkSteps = css`
  .redacted.now {
    background: ${t.accent};
  }
  .mark-steps {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .mark-steps button {
    justify-content: center;
    min-width: 24px;
  }
  .mark-steps select {
    border: 0;
    background: none;
  }
`;
