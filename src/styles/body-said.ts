import { css } from 'lit';
import * as t from './tokens.js';

/** What was just done, for a moment over the end of what is drawn. */
export const bodySaid = css`
  .toast {
    position: sticky;
    bottom: 8px;
    z-index: 6;
    width: fit-content;
    margin: 8px auto 0;
    padding: 4px 12px;
    border-radius: ${t.radius};
    background: ${t.ink};
    color: ${t.bg};
    font-size: ${t.px12};
  }
`;
