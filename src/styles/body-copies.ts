import { css } from 'lit';
import * as t from './tokens.js';

/** What can be copied of a body. */
export const bodyCopies = css`
  .menu {
    position: relative;
  }
  .menu .panel {
    position: absolute;
    top: 100%;
    inset-inline-end: 0;
    z-index: 5;
    min-width: 240px;
    padding: 4px 12px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.16);
    color: ${t.ink};
  }
  .menu .panel li {
    display: flex;
    gap: 12px;
    align-items: center;
    min-height: 28px;
    white-space: nowrap;
  }
  .menu .panel li + li {
    border-top: 1px solid ${t.line};
  }
  .menu .panel span {
    flex: 1;
  }
  .menu .panel button {
    color: ${t.accent};
  }
`;
