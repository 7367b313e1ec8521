import { css } from 'lit';
import * as t from './tokens.js';

/** Rows of bodies as they are stored: tree, text and events. In each list all rows are equally tall. */
export const bodyRows = css`
  .row,
  .text-row {
    display: flex;
    overflow: clip;
    font: ${t.px12} / ${t.px20} ${t.mono};
    font-variant-ligatures: none;
    white-space: pre;
    contain: layout style;
  }
  .row {
    height: ${t.px20};
    cursor: default;
  }
  .text-row {
    height: ${t.px18};
    line-height: ${t.px18};
    tab-size: 4;
  }
  .text-row .said,
  .row .cell {
    flex: 1;
    min-width: 0;
    overflow: clip;
    unicode-bidi: isolate;
  }
  .row .cell {
    text-overflow: ellipsis;
  }
  .row .key,
  .row .preview {
    unicode-bidi: isolate;
  }
  .line {
    flex: none;
    box-sizing: content-box;
    min-width: 4ch;
    padding-inline-end: 12px;
    color: ${t.muted};
    text-align: end;
    user-select: none;
  }
  .measure {
    position: absolute;
    visibility: hidden;
    font: ${t.px12} / ${t.px18} ${t.mono};
    font-variant-ligatures: none;
  }
  .indent {
    flex: none;
    color: ${t.muted};
    user-select: none;
  }
  .twisty {
    display: inline-block;
    width: 2ch;
  }
  [aria-expanded] .twisty {
    cursor: pointer;
  }
  .row:hover {
    background: ${t.hover};
  }
  .row.active {
    background: ${t.selected};
  }
  .box:focus-visible .row.active {
    outline: 2px solid ${t.accent};
    outline-offset: -2px;
  }
  .box.tree:focus-visible:has(.active),
  .box.events:focus-visible:has(.active) {
    outline: none;
  }
  .key {
    font-weight: 600;
  }
  .row .index,
  .row .note,
  .row .preview,
  .reading {
    color: ${t.muted};
  }
  .row-event .index {
    flex: none;
    min-width: 4ch;
    padding-inline-end: 12px;
    text-align: end;
  }
  .row-cut .cell {
    font-weight: 600;
  }
  .place {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 16px;
    min-height: 28px;
    padding: 2px 8px;
    border-top: 1px solid ${t.line};
    background: ${t.sunken};
    font-size: ${t.px12};
  }
  .place .value {
    width: 100%;
    max-height: 112px;
    margin: 4px 0 2px;
    overflow: auto;
    font: ${t.px12} / ${t.px18} ${t.mono};
    overflow-wrap: anywhere;
  }
  .place .words {
    white-space: pre-wrap;
    unicode-bidi: isolate;
  }
  .place .path {
    overflow: hidden;
    max-width: 100%;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: isolate;
  }
  .place .copies {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    margin-inline-start: auto;
  }
  .place .copies button {
    color: ${t.accent};
  }
  .beside {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  }
  @container (min-width: 720.01px) {
    .one:has(.beside:not(.alone)) {
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    }
  }
  .beside.alone {
    grid-template-columns: minmax(0, 1fr);
  }
  .rebuilt-side {
    border-inline-start: 1px solid ${t.line};
  }
  @media (pointer: coarse) {
    .row {
      height: 32px;
      line-height: 32px;
    }
  }
`;
