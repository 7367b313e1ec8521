import { css } from 'lit';
import * as t from './tokens.js';

/**
 * Buttons of which one is chosen, underlined; the others have room in its place, and not a line that nobody sees: where
 * colours are forced it is seen. The room above keeps their words on the line of what stands beside.
 */
export const tabs = css`
  .tabs {
    display: flex;
    gap: 12px;
  }
  .tabs button {
    color: ${t.muted};
    padding-block: 2px;
  }
  .tabs [aria-pressed='true'] {
    color: ${t.ink};
    font-weight: 600;
    padding-bottom: 0;
    border-bottom: 2px solid;
  }
`;
