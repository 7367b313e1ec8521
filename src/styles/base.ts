import { css } from 'lit';
import * as t from './tokens.js';

/** What every element starts from: type, links, focus, buttons, a section's head, the four states. */
export const base = css`
  :host {
    display: block;
    container-type: inline-size;
    font-size: ${t.size};
    line-height: ${t.px20};
    color: ${t.ink};
    font-variant-numeric: tabular-nums;
    min-width: 0;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
    margin: 0;
  }
  ul {
    padding: 0;
    list-style: none;
  }
  b,
  h2,
  h3 {
    font: inherit;
    font-weight: 600;
  }
  .muted {
    color: ${t.muted};
  }
  :focus-visible {
    outline: 2px solid ${t.accent};
    outline-offset: 1px;
  }
  button,
  input,
  select {
    font: inherit;
    font-size: ${t.px12};
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
  .button:hover {
    background: ${t.hover};
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
    font-size: ${t.px15};
  }
  .head .context {
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .head .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 0 20px;
    margin-inline-start: auto;
  }

  .mark,
  .swatch {
    width: 10px;
    height: 10px;
    margin-inline-end: 6px;
    vertical-align: -0.5px;
  }
  .mark {
    overflow: visible;
    fill: currentColor;
    stroke: currentColor;
    stroke-width: 0;
  }
  .mark.warning {
    color: ${t.warn};
  }
  .mark.unpriced {
    color: ${t.unpriced};
  }
  .mark.imputed {
    color: ${t.imputed};
  }
  .mark.off {
    color: ${t.muted};
  }
  .swatch {
    fill: ${t.seriesOther};
    forced-color-adjust: none;
  }
  [data-provider='anthropic'] {
    fill: ${t.series1};
  }
  [data-provider='openai'] {
    fill: ${t.series2};
  }
  [data-provider='gemini'] {
    fill: ${t.series3};
  }
  [data-provider='xai'] {
    fill: ${t.series4};
  }

  [part='loading'],
  [part='empty'] {
    padding: 8px 0 16px;
  }
  [part='loading'] .bars {
    display: block;
    animation: hm-appear 200ms step-end;
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
    from {
      opacity: 0;
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
    button,
    tr,
    [role='row'] {
      transition:
        background-color 80ms,
        color 80ms;
    }
  }
`;
