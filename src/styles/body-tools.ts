import { css } from 'lit';
import * as t from './tokens.js';

/** What is done with bodies: finding, stepping, copying. */
export const bodyTools = css`
  .at-note {
    padding: 0 0 8px;
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .quiet {
    color: ${t.muted};
    border-block: 2px solid transparent;
  }
  .quiet[aria-pressed='true'],
  .to-search[aria-expanded='true'] {
    color: ${t.ink};
    border-bottom-color: currentColor;
  }
  .bar-tools {
    display: flex;
    align-items: center;
    gap: 12px;
    margin-inline-start: auto;
  }
  .menu {
    position: relative;
  }
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
