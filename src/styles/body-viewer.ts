import { css } from 'lit';
import * as t from './tokens.js';

export const bodyViewer = css`
  code {
    font: 12px/18px ${t.mono};
    font-variant-ligatures: none;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
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
    font-size: 11px;
    font-weight: 600;
    line-height: 16px;
    text-align: center;
  }
  .below {
    display: none;
  }
  .differs .clipped {
    display: inline-block;
    max-width: 28ch;
    overflow: hidden;
    text-overflow: ellipsis;
    vertical-align: top;
  }
  .differs tbody tr:hover {
    background: none;
  }
  .differs tr.chosen:hover {
    background: ${t.selected};
  }
  .differs .delta:not(:last-child) > * {
    border-bottom-color: transparent;
  }
  .differs th[scope='row'] {
    min-width: 9ch;
  }

  .detail {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px 56px;
    max-width: 1060px;
    padding: 4px 0 16px;
    font-size: 12px;
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
  .price tbody tr:hover {
    background: none;
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
    line-height: 22px;
  }
  .facts dt {
    color: ${t.muted};
  }
  .facts code {
    line-height: 22px;
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
    font-size: 12px;
  }
  .of-call b {
    color: ${t.ink};
  }
  .of-call .letter {
    margin-inline-end: -4px;
  }
  .two {
    margin-top: 14px;
  }
  .whole {
    padding: 8px;
  }
  .whole > .letter {
    display: none;
    margin-bottom: 4px;
  }
  @container (min-width: 720.01px) {
    .a {
      grid-column: 1;
    }
    .b {
      grid-column: 2;
    }
    .b,
    .one .response {
      border-inline-start: 1px solid ${t.line};
    }
    .two .request {
      grid-row: 2;
    }
    .two .response {
      grid-row: 3;
    }
    .two .whole {
      grid-row: 2 / span 2;
    }
    .one .of-call,
    .one .whole {
      grid-column: 1 / -1;
    }
    .one .response {
      grid-column: 2;
    }
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
  .tabs [aria-pressed='mixed'] {
    color: ${t.ink};
    border-bottom-color: ${t.lineStrong};
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
    font-size: 12px;
  }
  .bar h3 {
    color: ${t.ink};
    font-weight: 600;
  }
  .bar span {
    overflow-wrap: anywhere;
  }
  .bar button {
    margin-inline-start: auto;
  }
  .command {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 28px;
    margin-top: 6px;
    padding: 2px 8px;
    background: ${t.sunken};
  }
  .command code {
    overflow-wrap: anywhere;
    user-select: all;
  }
  .bar button,
  .command button {
    color: ${t.accent};
  }
  .command button {
    margin-inline-start: auto;
  }
  .bar .letter {
    display: none;
    margin-inline-end: -4px;
  }
  .pane > :not(.bar):not(.box) {
    margin: 8px;
  }
  .state p + p {
    margin-top: 6px;
  }
  .state p {
    overflow-wrap: anywhere;
  }

  .box {
    flex: 1;
    max-height: ${t.bodyHeight};
    overflow: auto;
    padding: 8px 8px 12px;
    overscroll-behavior: auto contain;
  }
  .box:focus-visible {
    outline-offset: -2px;
  }
  .chunk,
  .tree {
    font: 12px/18px ${t.mono};
    font-variant-ligatures: none;
    unicode-bidi: isolate;
    overflow-wrap: anywhere;
    tab-size: 2;
  }
  .chunk {
    white-space: pre-wrap;
  }
  .lazy {
    content-visibility: auto;
    contain-intrinsic-size: auto 600px;
  }
  .redacted {
    display: inline-block;
    direction: ltr;
    unicode-bidi: isolate;
    padding: 1px 6px;
    border-radius: 2px;
    background: ${t.ink};
    color: ${t.bg};
    font: 11px/16px ${t.mono};
    white-space: nowrap;
  }
  .redacted::after {
    content: ' redacted';
  }
  .redacted .bracket {
    font-size: 0;
  }

  .row {
    display: flex;
    min-height: 20px;
    padding: 1px 0;
  }
  .row[aria-expanded],
  .row-more {
    cursor: pointer;
  }
  .row:hover {
    background: ${t.hover};
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  .indent {
    flex: none;
    color: ${t.muted};
    white-space: pre;
    user-select: none;
  }
  .twisty {
    display: inline-block;
    width: 2ch;
  }
  .cell {
    flex: 1;
    min-width: 0;
    white-space: pre-wrap;
  }
  .row[aria-expanded='false'] .cell {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .key {
    font-weight: 600;
  }
  .index,
  .note,
  .preview {
    color: ${t.muted};
  }
  .row-event .index {
    display: inline-block;
    min-width: 3ch;
    text-align: end;
  }
  .ask {
    color: ${t.accent};
  }
  .row .chunk {
    padding-top: 2px;
  }
  .row-cut .cell {
    font-weight: 600;
  }

  .end,
  .gate {
    margin: 12px -8px 0;
    padding: 7px 8px 0;
    font-size: 12px;
  }
  .end {
    border-top: 2px dashed ${t.warn};
  }
  .gate {
    border-top: 1px solid ${t.lineStrong};
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
  @media (pointer: coarse) {
    .row {
      min-height: 32px;
      padding: 7px 0;
    }
  }
  @media (forced-colors: active) {
    .letter,
    .redacted {
      border: 1px solid;
    }
  }
`;
