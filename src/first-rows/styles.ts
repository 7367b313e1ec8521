import { css } from 'lit';
import * as t from '../styles/tokens.js';

/** While first rows stand, what their element draws is there to be measured, and not seen. */
export const beside = css`
  section:has(~ .first-rows) {
    height: 0;
    overflow: clip;
    visibility: hidden;
  }
`;

/** What holds for first calls only, and not for those of the element. */
export const firstRows = css`
  /* Fills what more calls will take. Whoever scrolls there before the element is ready sees rows that wait. */
  .rest {
    display: block;
    width: 100%;
    background: repeating-linear-gradient(transparent 0 27px, ${t.line} 27px 28px);
  }
  .unscripted {
    display: none;
  }
  @media (scripting: none) {
    .unscripted {
      display: block;
      padding-bottom: 8px;
    }
    .head .tools,
    .filter,
    .strip,
    .rest {
      display: none;
    }
    .layer {
      position: static;
    }
    .grid {
      overflow-x: auto;
    }
  }
`;
