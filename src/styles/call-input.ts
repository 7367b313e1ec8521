import { css } from 'lit';
import * as t from './tokens.js';

/** Where the pointer and the focus are in the calls. */
export const callInput = css`
  .grid:focus-visible {
    outline-offset: -2px;
  }
  /* The row that keys act on shows where the focus is, unless it was scrolled away. */
  .grid:focus-visible:has(.active) {
    outline: none;
  }
  .grid:focus-visible .active {
    outline: 2px solid ${t.accent};
    outline-offset: -2px;
  }
  .heads :focus-visible {
    outline-offset: -2px;
  }
  .layer > [aria-rowindex]:hover:not(.open, [aria-selected='true']) {
    background: ${t.hover};
  }
  .layer [role='row']:hover .arrow::before,
  .tools > :is(button, select):hover,
  .tools > [aria-expanded='true'] {
    color: ${t.ink};
  }
  .foot .copy:hover {
    color: ${t.accent};
  }
`;
