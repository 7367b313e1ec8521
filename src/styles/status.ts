import { css } from 'lit';
import * as t from './tokens.js';

/** The status line, and the box that opens over the page for its requests. */
export const statusLine = css`
  :host {
    color: ${t.muted};
    font-size: ${t.px12};
  }
  [part='line'] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 20px;
    min-height: 32px;
  }
  b {
    color: ${t.ink};
  }
  code {
    font: ${t.px12} / ${t.px18} ${t.mono};
    font-variant-ligatures: none;
    overflow-wrap: anywhere;
  }
  .mark {
    margin-inline-end: 5px;
  }
  .mark.live {
    color: ${t.live};
  }
  .demo {
    margin-inline-end: 8px;
    padding: 1px 6px;
    border-radius: 2px;
    background: ${t.ink};
    color: ${t.bg};
    font-weight: 600;
    white-space: nowrap;
  }
  .end {
    display: flex;
    flex-wrap: wrap;
    gap: 0 20px;
    margin-inline-start: auto;
  }
  .end button {
    text-decoration: underline;
    text-decoration-color: ${t.lineStrong};
    text-underline-offset: 3px;
  }
  .end span {
    display: flex;
    align-items: center;
    white-space: pre-wrap;
  }
  .end button:hover {
    color: ${t.accent};
    text-decoration-color: currentColor;
  }
  [part='loading'],
  [part='empty'] {
    padding: 0;
  }
  [part='error'] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    margin: 4px 0;
    color: ${t.ink};
  }
  [part='error'] .button {
    margin: 0;
  }

  [part='requests'] {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 4px 16px 12px;
    overflow: auto;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    color: ${t.ink};
    box-shadow: 0 6px 24px rgb(0 0 0 / 0.18);
  }
  @container (max-width: 600px) {
    [part='line'] {
      padding-block: 6px;
    }
    .end {
      margin-inline-start: 0;
    }
  }
  @media (forced-colors: active) {
    .demo {
      border: 1px solid;
    }
  }
`;
