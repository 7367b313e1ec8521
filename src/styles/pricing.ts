import { css } from 'lit';
import * as t from './tokens.js';

/** The price table: zeros after a rate that nobody sees, so that the points of a column stand in one line; what gives way when narrow. */
export const pricing = css`
  .search,
  .head select {
    height: 24px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
  }
  .search {
    width: 200px;
    padding: 0 8px;
  }
  .head select {
    /* A provider is any text. */
    max-width: 24ch;
    padding: 0 4px;
  }
  .mode {
    margin-inline-start: 8px;
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .apart {
    padding-inline-start: 32px;
  }
  [data-unseen]::after {
    content: attr(data-unseen);
    visibility: hidden;
  }
  .head .tools {
    align-items: center;
  }
  .opens {
    max-width: 44ch;
    font-size: inherit;
  }
  .opens svg {
    flex: none;
  }
  .opens::after {
    content: '▸';
    margin-inline-start: 6px;
    color: ${t.muted};
    font-size: ${t.px9};
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .opens:hover .name {
    text-decoration: underline;
  }
  @media print {
    .head .tools {
      display: none;
    }
  }
  @container not (max-width: 720px) {
    .under {
      display: none;
    }
  }
  @container (max-width: 600px) {
    .tools,
    .search {
      flex: 1;
    }
  }
  @container (max-width: 460px) {
    .under {
      display: block;
      margin: -4px 0 4px 16px;
    }
    tbody th {
      white-space: normal;
      overflow-wrap: anywhere;
    }
  }
`;
