import { css } from 'lit';
import * as t from './tokens.js';

/** How a body ends that is not whole. */
export const bodyEnd = css`
  .end {
    margin: 12px -8px 0;
    padding: 7px 8px 0;
    border-top: 2px dashed ${t.warn};
    font-size: ${t.px12};
  }
  .talk > .end {
    margin: 0;
    padding: 7px 8px 10px;
  }
`;
