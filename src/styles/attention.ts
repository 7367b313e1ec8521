import { css } from 'lit';
import * as t from './tokens.js';

/** What needs attention: a mark, what is the matter, and a line that says of what. */
export const attention = css`
  ol {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 272px), 1fr));
    gap: 0 32px;
    padding: 0;
    list-style: none;
  }
  li {
    position: relative;
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr);
    padding: 7px 0 8px;
    border-bottom: 1px solid ${t.line};
    line-height: ${t.px18};
    overflow-wrap: anywhere;
  }
  li .mark {
    margin-top: 4px;
  }
  a {
    color: inherit;
    text-decoration: underline;
    text-decoration-color: ${t.lineStrong};
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
  }
  a:hover {
    color: ${t.accent};
    text-decoration-color: currentColor;
  }
  .detail {
    color: ${t.muted};
    font-size: ${t.px12};
    line-height: ${t.px16};
  }
  ol + .button {
    margin-top: 8px;
  }
  @media (pointer: coarse) {
    /* The whole row is the link. */
    a::after {
      content: '';
      position: absolute;
      inset: 0;
    }
  }
  @media print {
    ol + .button {
      display: none;
    }
  }
`;
