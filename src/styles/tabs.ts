import { css } from 'lit';
import * as t from './tokens.js';

/** Buttons of which one is chosen, underlined; the line above keeps their words on the line of what stands beside. */
export const tabs = css`
  .tabs {
    display: flex;
    gap: 12px;
  }
  .tabs button {
    color: ${t.muted};
    border-block: 2px solid transparent;
  }
  .tabs [aria-pressed='true'] {
    color: ${t.ink};
    font-weight: 600;
    border-bottom-color: currentColor;
  }
`;
