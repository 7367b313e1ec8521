import { css } from 'lit';
import * as t from './tokens.js';

/** The requests of a page, in the box that opens for them. */
export const requests = css`
  [part='requests'] h2 {
    font-size: ${t.size};
    line-height: 32px;
  }
  [part='requests'] .scroller {
    max-height: max(50vh, 240px);
    overflow: auto;
  }
  [part='requests'] ul {
    padding-bottom: 8px;
  }
  [part='requests'] p {
    padding-top: 8px;
  }
  [part='requests'] tbody th {
    min-width: 34ch;
    padding-block: 4px;
    white-space: normal;
  }
  thead th {
    position: sticky;
    top: 0;
    background: ${t.bg};
  }
`;
