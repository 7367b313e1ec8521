import { css } from 'lit';

/** Steps through what was redacted. */
export const bodyMarkSteps = css`
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
