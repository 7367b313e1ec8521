import { css } from 'lit';
import * as t from './tokens.js';

/** A command to run in a terminal, as `view/command.ts` draws it. */
export const command = css`
  .command {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
    align-items: baseline;
    max-width: max-content;
    padding: 2px 8px;
    background: ${t.sunken};
  }
  .command code {
    flex: 0 1 auto;
    min-width: 0;
    direction: ltr;
    unicode-bidi: isolate;
    font-family: ${t.mono};
    font-size: ${t.px12};
    overflow-wrap: anywhere;
  }
  .command button {
    color: ${t.accent};
  }
  .command output:empty {
    display: none;
  }
  .command output {
    color: ${t.muted};
    font-size: ${t.px12};
  }
`;
