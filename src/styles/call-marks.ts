import { css } from 'lit';
import * as t from './tokens.js';

/** Colours of the marks that only calls and their bodies have. */
export const callMarks = css`
  .mark.error,
  .mark.blocked {
    color: ${t.error};
  }
  .mark.stream-cut,
  .mark.body-cut {
    color: ${t.warn};
  }
`;
