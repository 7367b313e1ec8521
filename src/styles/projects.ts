import { css } from 'lit';
import * as t from './tokens.js';

/** What only the table of projects has. */
export const projects = css`
  /* About the room of a dozen projects. */
  section > [part='loading'] {
    min-height: 360px;
  }
  .share {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    vertical-align: top;
  }
  .share span {
    width: 46px;
  }
  .share .track {
    fill: ${t.hover};
  }
  .share .bar {
    fill: ${t.lineStrong};
  }
  .spark {
    display: block;
    overflow: visible;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.25;
  }
  .spark circle {
    fill: ${t.bg};
  }
  tbody th button {
    max-width: min(34ch, 40cqi);
    font-size: inherit;
  }
  .model {
    max-width: 168px;
  }
  tbody th button span,
  .model {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .archived {
    margin-inline-start: 8px;
    font-size: ${t.px12};
  }
  /* Room for what opens a project. */
  tbody th {
    padding-inline-end: 32px;
  }
`;
