import { css } from 'lit';
import * as t from './tokens.js';

/** The price table: room after a rate, so that the points of a column stand in one line; what gives way when narrow. */
export const pricing = css`
  .search {
    width: 200px;
    height: 24px;
    padding: 0 8px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
  }
  .tabs {
    display: flex;
    gap: 12px;
  }
  .tabs button {
    color: ${t.muted};
    border-block: 2px solid transparent;
  }
  .tabs [aria-pressed='true'] {
    color: ${t.ink};
    font-weight: 600;
    border-bottom-color: currentColor;
  }
  .mode {
    margin-inline-start: 8px;
    color: ${t.muted};
    font-size: 12px;
  }
  .under {
    display: none;
  }
  .note {
    padding: 6px 0;
    font-size: 12px;
  }
  h3 {
    padding-top: 16px;
  }
  h3 + .note {
    padding-top: 0;
  }
  .apart {
    padding-inline-start: 32px;
  }
  .pad-1 {
    padding-inline-end: 1ch;
  }
  .pad-2 {
    padding-inline-end: 2ch;
  }
  .pad-3 {
    padding-inline-end: 3ch;
  }
  @container (max-width: 720px) {
    .under {
      display: inline;
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
