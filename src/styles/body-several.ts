import { css } from 'lit';
import * as t from './tokens.js';

/** Calls beside each other, each in its column. */
export const bodySeveral = css`
  .several {
    margin-top: 14px;
  }
  .price tbody tr:hover,
  .usage tbody tr:hover {
    background: none;
  }
  @container (min-width: 720.01px) {
    .place-b {
      grid-column: 2;
    }
    .place-c {
      grid-column: 3;
    }
    .place-d {
      grid-column: 4;
    }
    .of-3 {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    .of-4 {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
    .several > :not(.place-a) {
      border-inline-start: 1px solid ${t.line};
    }
    .several .of-call {
      grid-row: 1;
    }
    .several .request {
      grid-row: 2;
    }
    .several .response {
      grid-row: 3;
    }
    .several .whole {
      grid-row: 2 / span 2;
    }
  }
`;
