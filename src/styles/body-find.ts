import { css } from 'lit';
import * as t from './tokens.js';

/** The bar that finds in bodies. */
export const bodyFind = css`
  .find {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    padding: 6px 8px;
    margin: 0 -8px 8px;
    background: ${t.sunken};
    font-size: ${t.px12};
  }
  .find input {
    flex: 0 1 320px;
    min-width: 0;
    height: 26px;
    padding: 0 6px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    font: ${t.px12} ${t.mono};
  }
  .find input[aria-invalid='true'] {
    text-decoration: underline wavy ${t.error};
  }
  .find button {
    justify-content: center;
    min-width: 24px;
  }
  .find .switch {
    padding: 0 6px;
    border-radius: ${t.radius};
    color: ${t.muted};
    font-family: ${t.mono};
  }
  .find .switch[aria-pressed='true'] {
    background: ${t.selected};
    color: ${t.ink};
    outline: 1px solid ${t.accent};
    outline-offset: -1px;
  }
  .find .count {
    min-width: 9ch;
  }
  .per-pane {
    color: ${t.muted};
  }
  .per-pane span + span::before {
    content: '· ';
  }
  .find .close {
    margin-inline-start: auto;
  }
  .find .mistake {
    width: 100%;
    padding-inline-start: 8px;
    border-inline-start: 2px solid ${t.error};
  }
`;
