import { css } from 'lit';
import * as t from './tokens.js';

/** What every element starts from: type, links, focus, buttons, a section's head, the four states. */
export const base = css`
  :host {
    display: block;
    container-type: inline-size;
    font-size: ${t.size};
    line-height: 20px;
    color: ${t.ink};
    font-variant-numeric: tabular-nums lining-nums;
    min-width: 0;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  p,
  dl,
  dd,
  dt,
  ul,
  ol,
  figure {
    margin: 0;
    padding: 0;
    font: inherit;
  }
  ul,
  ol {
    list-style: none;
  }
  b,
  strong,
  h2,
  h3 {
    font-weight: 600;
  }
  a {
    color: inherit;
    text-decoration: underline;
    text-decoration-color: ${t.lineStrong};
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
  }
  a:hover {
    color: ${t.accent};
    text-decoration-color: currentColor;
  }
  code,
  kbd,
  .mono {
    font: 12px/18px ${t.mono};
    font-variant-ligatures: none;
  }
  .muted {
    color: ${t.muted};
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 2px solid ${t.accent};
    outline-offset: 1px;
  }
  button,
  input,
  select {
    font: inherit;
    font-size: 12px;
    color: inherit;
  }
  button {
    display: inline-flex;
    align-items: center;
    min-height: 24px;
    padding: 0;
    border: 0;
    background: none;
    white-space: nowrap;
    cursor: pointer;
  }
  .button {
    padding: 0 8px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
  }
  .button:hover:not(:disabled) {
    background: ${t.hover};
  }
  button:disabled {
    color: ${t.muted};
    cursor: default;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 16px;
    min-height: 36px;
    padding: 4px 0;
    border-top: 1px solid ${t.rule};
  }
  .head h2 {
    font-size: 15px;
  }
  .head .context {
    color: ${t.muted};
    font-size: 12px;
  }
  .head .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 0 20px;
    margin-inline-start: auto;
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
    border-bottom-color: ${t.ink};
  }

  .mark {
    width: 10px;
    height: 10px;
    margin-inline-end: 6px;
    vertical-align: -0.5px;
    overflow: visible;
    fill: currentColor;
    stroke: currentColor;
    stroke-width: 0;
  }
  .mark.error,
  .mark.blocked {
    color: ${t.error};
  }
  .mark.warning,
  .mark.stream-cut,
  .mark.body-cut {
    color: ${t.warn};
  }
  .mark.unpriced {
    color: ${t.unpriced};
  }
  .mark.imputed {
    color: ${t.imputed};
  }
  .mark.live {
    color: ${t.live};
  }
  .mark.off {
    color: ${t.muted};
  }
  .swatch {
    width: 10px;
    height: 10px;
    margin-inline-end: 6px;
    vertical-align: -0.5px;
    fill: ${t.seriesOther};
  }
  .swatch.anthropic {
    fill: ${t.series1};
  }
  .swatch.openai {
    fill: ${t.series2};
  }
  .swatch.gemini {
    fill: ${t.series3};
  }
  .swatch.xai {
    fill: ${t.series4};
  }

  .demo {
    padding: 1px 6px;
    border-radius: 2px;
    background: ${t.ink};
    color: ${t.bg};
    font-size: 12px;
    font-weight: 600;
    white-space: nowrap;
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

  [part='loading'],
  [part='empty'] {
    padding: 8px 0 16px;
  }
  [part='loading'] .bars {
    display: block;
    opacity: 0;
    animation: hm-appear 0s 200ms forwards;
  }
  [part='loading'] .bars::before,
  [part='loading'] .bars::after {
    content: '';
    display: block;
    height: 8px;
    margin: 10px 0;
    background: ${t.hover};
  }
  [part='loading'] .bars::after {
    width: 62%;
  }
  @keyframes hm-appear {
    to {
      opacity: 1;
    }
  }
  [part='empty'] p + * {
    margin-top: 6px;
  }
  [part='error'] {
    margin: 4px 0 12px;
    padding-inline-start: 10px;
    border-inline-start: 2px solid ${t.error};
  }
  [part='error'] .button {
    margin-top: 6px;
  }

  @media (prefers-reduced-motion: no-preference) {
    a,
    button,
    tr,
    [role='row'] {
      transition:
        background-color 80ms,
        color 80ms;
    }
  }
  @media (forced-colors: active) {
    .demo {
      border: 1px solid;
    }
    .swatch {
      forced-color-adjust: none;
    }
  }
`;

/** Plain tables in the look's manner: head, hairlines, figures right. */
export const table = css`
  .scroller {
    overflow-x: auto;
    margin: 0 -8px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    height: ${t.row};
    padding: 0 8px;
    border-bottom: 1px solid ${t.line};
    font-weight: 400;
    text-align: start;
    white-space: nowrap;
  }
  thead th {
    height: 26px;
    border-bottom-color: ${t.lineStrong};
    color: ${t.muted};
    font-size: 12px;
  }
  thead th button {
    min-height: 25px;
  }
  thead th button::after {
    content: '';
    width: 12px;
    font-size: 9px;
    text-align: end;
  }
  /* In the room between the columns, so that a label ends where its figures end. */
  thead th.number button::after {
    width: 8px;
    margin-inline-end: -8px;
  }
  thead th[aria-sort] {
    color: ${t.ink};
    font-weight: 600;
  }
  thead th[aria-sort='descending'] button::after {
    content: '▾';
  }
  thead th[aria-sort='ascending'] button::after {
    content: '▴';
  }
  .number {
    text-align: end;
  }
  thead tr,
  tbody tr,
  tfoot tr {
    background: ${t.bg};
  }
  /* Stays when a narrow page scrolls sideways. */
  tr > :first-child {
    position: sticky;
    left: 0;
    background: inherit;
  }
  tbody tr:hover {
    background: ${t.hover};
  }
  tbody th a {
    text-decoration: none;
  }
  tbody th a:hover {
    text-decoration: underline;
  }
  tr.chosen,
  tr.chosen:hover {
    background: ${t.selected};
  }
  tr.chosen > :first-child {
    box-shadow: inset 2px 0 ${t.accent};
  }
  td:focus-visible,
  th :focus-visible,
  td :focus-visible {
    outline-offset: -2px;
  }
  tfoot th,
  tfoot td {
    border-top: 1px solid ${t.lineStrong};
    border-bottom: 0;
    font-weight: 600;
  }
  @media (pointer: coarse) {
    tbody th,
    tbody td {
      height: max(${t.row}, 40px);
    }
  }
`;
