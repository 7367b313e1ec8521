import { css } from 'lit';
import * as t from './tokens.js';

export const bodyViewer = css`
  code {
    font: ${t.px12} / ${t.px18} ${t.mono};
    font-variant-ligatures: none;
  }
  .letter {
    display: inline-block;
    flex: none;
    width: 16px;
    height: 16px;
    margin-inline-end: 8px;
    border-radius: 2px;
    background: ${t.accent};
    color: ${t.bg};
    font-size: ${t.px11};
    font-weight: 600;
    line-height: ${t.px16};
    text-align: center;
  }
  .detail {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px 56px;
    max-width: 1060px;
    padding: 4px 0 16px;
    font-size: ${t.px12};
  }
  .of-one {
    padding-top: 2px;
  }
  .of-one button {
    color: ${t.accent};
  }
  .price {
    width: auto;
    align-self: start;
  }
  .price th,
  .price td,
  .price thead th {
    height: 22px;
    padding: 0 0 0 24px;
    border-bottom: 1px solid ${t.line};
  }
  .price th:first-child {
    padding-inline-start: 0;
  }
  .price tfoot th,
  .price tfoot td {
    border-top: 1px solid ${t.lineStrong};
    border-bottom: 0;
  }
  .price tbody tr:last-child > * {
    border-bottom: 0;
  }
  .facts {
    display: grid;
    grid-template-columns: 88px minmax(0, 1fr);
    align-content: start;
    line-height: ${t.px22};
  }
  .facts dt {
    color: ${t.muted};
  }
  .facts code {
    line-height: ${t.px22};
    overflow-wrap: anywhere;
  }

  .panes {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    border-top: 1px solid ${t.lineStrong};
  }
  .panes > * {
    min-width: 0;
  }
  .of-call {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 12px;
    min-height: 32px;
    padding: 4px 8px;
    border-bottom: 1px solid ${t.line};
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .of-call b {
    color: ${t.ink};
  }
  .of-call .letter {
    margin-inline-end: -4px;
  }
  .whole {
    padding: 8px;
  }
  .whole > .letter {
    display: none;
    margin-bottom: 4px;
  }
  @container (min-width: 720.01px) {
    .place-a {
      grid-column: 1;
    }
    .one .of-call,
    .one .whole {
      grid-column: 1 / -1;
    }
    .one .response {
      grid-column: 2;
      border-inline-start: 1px solid ${t.line};
    }
  }
  .tabs [aria-pressed='mixed'] {
    color: ${t.ink};
    padding-bottom: 0;
    border-bottom: 2px solid ${t.lineStrong};
  }
  .pane {
    display: flex;
    flex-direction: column;
    border-bottom: 1px solid ${t.line};
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 12px;
    min-height: 28px;
    padding: 2px 8px;
    border-bottom: 1px solid ${t.line};
    background: ${t.sunken};
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .bar h3 {
    color: ${t.ink};
    font-weight: 600;
  }
  .bar span,
  [part='empty'] {
    overflow-wrap: anywhere;
  }
  .bar-tools button {
    color: ${t.accent};
  }
  .bar .letter {
    display: none;
    margin-inline-end: -4px;
  }
  .pane > .state,
  .pane > [part]:not(.bar) {
    margin: 8px;
  }

  @container (max-width: 720px) {
    .detail,
    .panes {
      grid-template-columns: minmax(0, 1fr);
    }
    .bar .letter,
    .whole > .letter {
      display: inline-block;
    }
  }
  @container (max-width: 460px) {
    .head .tools {
      width: 100%;
      margin-inline-start: 0;
    }
    .price th,
    .price td,
    .price thead th {
      padding-inline-start: 10px;
    }
  }
  @media (forced-colors: active) {
    .letter,
    .redacted {
      border: 1px solid;
    }
  }
`;
