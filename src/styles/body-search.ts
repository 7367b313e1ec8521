import { css } from 'lit';
import * as t from './tokens.js';

/** The search across bodies: its field, how far it is, and what it found. */
export const bodySearch = css`
  .body-search {
    padding: 4px 0 12px;
  }
  .body-search form {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    min-height: 32px;
  }
  .body-search input {
    flex: 1 1 160px;
    max-width: 420px;
    min-width: 0;
    height: 26px;
    padding: 0 8px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    font-family: ${t.mono};
  }
  .body-search .progress {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 12px;
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .body-search progress {
    width: 120px;
    height: 6px;
    accent-color: ${t.accent};
  }
  .body-search .hits {
    max-height: 320px;
    margin-top: 4px;
    overflow-y: auto;
    border-top: 1px solid ${t.lineStrong};
  }
  .body-search .hit {
    display: block;
    width: 100%;
    padding: 4px 8px 5px;
    border-bottom: 1px solid ${t.line};
    border-inline-start: 2px solid transparent;
    text-align: start;
    white-space: normal;
  }
  .body-search .hit:hover {
    background: ${t.hover};
  }
  .body-search .hit[aria-pressed='true'] {
    border-inline-start-color: ${t.accent};
    background: ${t.selected};
  }
  .body-search .hit:focus-visible {
    outline-offset: -2px;
  }
  .body-search .of {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    color: ${t.muted};
  }
  .body-search .of span {
    overflow-wrap: anywhere;
  }
  .body-search .excerpt {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    font-family: ${t.mono};
    line-height: ${t.px18};
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .body-search mark {
    background: ${t.diffA};
    color: inherit;
    text-decoration: underline dotted ${t.warn};
    font-weight: 600;
  }
  .body-search .more {
    margin-top: 8px;
  }
  @media (pointer: coarse) {
    .body-search input,
    .body-search form .button {
      min-height: 40px;
    }
  }
`;
