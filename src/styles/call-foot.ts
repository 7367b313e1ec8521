import { css } from 'lit';
import * as t from './tokens.js';

/**
 * What stands under the table of calls and, when calls arrived above its rows, over it; and what of the table's looks can
 * wait until its first rows are drawn.
 */
export const callFoot = css`
  .foot .keys {
    margin-inline-start: auto;
  }
  /* Takes no room: rows don't move when it comes. In view as long as the table is. */
  .news {
    position: sticky;
    top: 8px;
    z-index: 3;
    display: block;
    height: 26px;
    margin: 0 auto -26px;
    padding: 0 12px;
    transform: translateY(33px);
    border: 1px solid ${t.lineStrong};
    border-radius: 13px;
    background: ${t.bg};
    color: ${t.accent};
    font-size: ${t.px12};
  }
  /* Where the choice was made the foot may be out of view. */
  .foot:has(.refusal:not(:empty)) {
    position: sticky;
    bottom: 0;
    z-index: 3;
    background: ${t.bg};
    /* Over the margins too, into which rows bleed. */
    box-shadow:
      -8px 0 ${t.bg},
      8px 0 ${t.bg};
  }
  .foot .refusal {
    margin-inline-start: 8px;
    color: ${t.ink};
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
