import { css } from 'lit';
import * as t from './tokens.js';

/** What stands under the table of calls, and what of the table's looks can wait until its first rows are drawn. */
export const callFoot = css`
  .foot .keys {
    margin-inline-start: auto;
  }
  .foot .copy {
    text-decoration: underline;
    text-decoration-color: ${t.lineStrong};
    text-underline-offset: 3px;
  }
  .foot kbd {
    color: ${t.ink};
    font: ${t.px11} / ${t.px18} ${t.mono};
  }
  .resized .layer .number {
    overflow: clip;
    text-overflow: ellipsis;
  }
  .sideways .spacer {
    overflow: visible;
  }
  .sideways .layer {
    min-width: min-content;
  }
  .sideways [role='row'] > :first-child,
  .sideways [role='row'] > .c0 {
    position: sticky;
    left: 0;
    z-index: 1;
    background: inherit;
  }
  .sideways [role='row'] > .c0 {
    left: 46px;
  }
  @media (forced-colors: active) {
    .marked::before {
      background: CanvasText !important;
    }
    .layer [aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .letter {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
  @container (max-width: 720px) {
    .foot .keys {
      display: none;
    }
  }
`;
