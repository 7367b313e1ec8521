import { css } from 'lit';
import * as t from './tokens.js';

/** What stands out in a text, and the pieces of a long one. */
export const bodyHighlights = css`
  mark {
    background: ${t.diffA};
    color: inherit;
    text-decoration: underline dotted ${t.warn};
  }
  mark.current {
    background: ${t.accent};
    color: ${t.bg};
    text-decoration: none;
  }
  .current .redacted {
    background: ${t.accent};
  }
  .lazy {
    content-visibility: auto;
    contain-intrinsic-size: auto 600px;
  }
`;
