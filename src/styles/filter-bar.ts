import { css } from 'lit';
import * as t from './tokens.js';

/** What the filter's bar has beyond its frame. Completion and form bring their own. */
export const filterBar = css`
  .query input:focus:not(:placeholder-shown) {
    text-overflow: clip;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    padding-bottom: 10px;
    font-size: ${t.px12};
  }
  .chips[hidden] {
    display: none;
  }
`;
