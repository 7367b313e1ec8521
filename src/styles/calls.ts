import { css } from 'lit';
import * as t from './tokens.js';

/** The calls table: a grid of rows of equal height in a box of its own, whose columns the element's width decides. */
export const calls = css`
  :host {
    --columns: 34px 122px minmax(96px, 1.15fr) minmax(150px, 1.5fr) minmax(118px, 1.1fr) repeat(5, minmax(66px, 0.62fr))
      minmax(64px, 0.6fr) minmax(84px, 0.7fr) 74px;
  }
  .filter {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding: 4px 0 8px;
  }
  .filter input,
  .filter select {
    height: 32px;
    padding: 0 8px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    color: ${t.ink};
  }
  .filter .words {
    flex: 1 1 220px;
    min-width: 0;
    font: 12px ${t.mono};
  }
  .filter .words::placeholder {
    color: ${t.muted};
    opacity: 1;
  }
  .filter select {
    max-width: 168px;
  }
  .filter input[type='date'] {
    font-variant-numeric: tabular-nums;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    padding-bottom: 10px;
    font-size: 12px;
  }
  .chips[hidden] {
    display: none;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-height: 24px;
    max-width: 100%;
    padding-inline-start: 8px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
  }
  .chip .value {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip button {
    justify-content: center;
    width: 24px;
    color: ${t.muted};
  }
  .chips .news {
    margin-inline-start: auto;
    color: ${t.accent};
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .totals {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 28px;
    padding: 2px 0 10px;
  }
  .totals dt {
    color: ${t.muted};
    font-size: 12px;
  }
  .totals dd .share {
    margin-inline-start: 5px;
    color: ${t.muted};
  }

  .grid {
    position: relative;
    max-height: var(--hm-calls-height, 588px);
    margin: 0 -8px;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior-y: auto;
  }
  .grid:focus-visible {
    outline-offset: -2px;
  }
  /* The row that keys act on shows where the focus is, unless it was scrolled away. */
  .grid:focus-visible:has(.active) {
    outline: none;
  }
  [role='row'] {
    display: grid;
    grid-template-columns: var(--columns);
    height: ${t.row};
    border-bottom: 1px solid ${t.line};
    white-space: nowrap;
  }
  [role='gridcell'],
  [role='columnheader'] {
    min-width: 0;
    padding: 0 8px;
    overflow: hidden;
    line-height: calc(${t.row} - 1px);
    text-overflow: ellipsis;
  }
  .heads {
    position: sticky;
    top: 0;
    z-index: 1;
    background: ${t.bg};
  }
  .heads [role='row'] {
    height: 27px;
    border-bottom-color: ${t.lineStrong};
    color: ${t.muted};
    font-size: 12px;
  }
  .heads [role='columnheader'] {
    line-height: 26px;
  }
  .heads button {
    min-height: 26px;
  }
  .heads .number button {
    justify-content: end;
    width: 100%;
  }
  .heads [aria-sort] button {
    color: ${t.ink};
    font-weight: 600;
  }
  .heads [aria-sort] button::after {
    content: '▾';
    margin-inline-start: 4px;
    font-size: 9px;
  }
  .heads [aria-sort='ascending'] button::after {
    content: '▴';
  }
  .spacer {
    position: relative;
    overflow: clip;
  }
  .layer {
    position: absolute;
    inset: 0 0 auto;
    will-change: transform;
  }
  .number {
    text-align: end;
  }
  .layer [role='row'] {
    cursor: pointer;
  }
  .layer [role='row']:hover {
    background: ${t.hover};
  }
  .layer [aria-selected='true'],
  .layer [aria-selected='true']:hover {
    background: ${t.selected};
    box-shadow: inset 2px 0 ${t.accent};
  }
  .grid:focus-visible .active {
    outline: 2px solid ${t.accent};
    outline-offset: -2px;
  }
  .box {
    display: inline-block;
    width: 14px;
    height: 14px;
    border: 1px solid ${t.lineStrong};
    border-radius: 2px;
    vertical-align: -2.5px;
  }
  .letter {
    display: inline-block;
    width: 16px;
    height: 16px;
    border-radius: 2px;
    background: ${t.accent};
    color: ${t.bg};
    font-size: 11px;
    font-weight: 600;
    line-height: 16px;
    text-align: center;
  }
  .waiting {
    color: ${t.muted};
  }
  .waiting .bar {
    display: inline-block;
    width: 55%;
    height: 6px;
    background: ${t.line};
    vertical-align: 2px;
  }
  .below {
    display: none;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    gap: 0 20px;
    padding-top: 8px;
    color: ${t.muted};
    font-size: 12px;
  }
  .foot .keys {
    margin-inline-start: auto;
  }
  .foot kbd {
    color: ${t.ink};
    font: 11px/18px ${t.mono};
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .from-1480 {
    display: none;
  }
  @container (min-width: 1480px) {
    .grid {
      --columns: 34px 122px minmax(96px, 1.1fr) minmax(150px, 1.4fr) minmax(118px, 1fr) repeat(5, minmax(66px, 0.6fr))
        minmax(72px, 0.55fr) minmax(64px, 0.55fr) minmax(84px, 0.6fr) 74px minmax(90px, 0.8fr);
    }
    .from-1480 {
      display: block;
    }
  }
  @container (max-width: 1040px) {
    .grid {
      --columns: 34px 122px minmax(96px, 1fr) minmax(140px, 1.4fr) minmax(118px, 1fr) 72px 92px 74px;
    }
    .from-1040 {
      display: none;
    }
  }
  @container (max-width: 720px) {
    .grid {
      --columns: 34px 122px minmax(84px, 1fr) minmax(120px, 1.3fr) 92px;
    }
    .from-600,
    .totals .from-1040 {
      display: none;
    }
    .foot .keys {
      display: none;
    }
  }
  @container (max-width: 460px) {
    .grid {
      --columns: 30px 72px minmax(0, 1fr) 102px;
    }
    .from-460 {
      display: none;
    }
    .layer [role='row'] {
      height: 48px;
    }
    .layer [role='gridcell'] {
      padding-top: 5px;
      line-height: 18px;
    }
    .time .muted {
      display: block;
      font-size: 12px;
    }
    .time time {
      display: flex;
      flex-direction: column-reverse;
    }
    .below {
      display: block;
      overflow: hidden;
      color: ${t.muted};
      font-size: 12px;
      text-overflow: ellipsis;
    }
    .filter select {
      flex: 1 1 40%;
      max-width: none;
    }
  }
  @media (pointer: coarse) {
    .layer [role='row'] {
      height: max(${t.row}, 48px);
    }
    .layer [role='gridcell'] {
      padding-block: 5px;
    }
  }
`;
