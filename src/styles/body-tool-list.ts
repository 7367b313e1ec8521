import { css } from 'lit';
import * as t from './tokens.js';

/** Tool definitions, and what searches them. */
export const bodyToolList = css`
  .tool-search {
    display: flex;
    align-items: center;
    gap: 8px;
    margin: 4px 0;
  }
  .tool-search input {
    width: 220px;
    min-width: 0;
    height: 26px;
    padding: 0 6px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    font: ${t.px12} ${t.mono};
  }
  .tools > li {
    padding: 8px 0;
    border-top: 1px solid ${t.line};
  }
`;
