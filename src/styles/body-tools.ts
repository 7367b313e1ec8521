import { css } from 'lit';
import * as t from './tokens.js';

/** What is done with bodies: finding, stepping, copying. */
export const bodyTools = css`
  .find {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    padding: 6px 8px;
    margin: 0 -8px 8px;
    background: ${t.sunken};
    font-size: 12px;
  }
  .find input,
  .tool-search input {
    min-width: 0;
    height: 26px;
    padding: 0 6px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    font: 12px ${t.mono};
  }
  .find input {
    flex: 0 1 320px;
  }
  .find input[aria-invalid='true'] {
    text-decoration: underline wavy ${t.error};
  }
  .find button {
    justify-content: center;
    min-width: 24px;
  }
  .find .switch {
    padding: 0 6px;
    border-radius: ${t.radius};
    color: ${t.muted};
    font-family: ${t.mono};
  }
  .find .switch[aria-pressed='true'] {
    background: ${t.selected};
    color: ${t.ink};
    outline: 1px solid ${t.accent};
    outline-offset: -1px;
  }
  .find .count {
    min-width: 9ch;
  }
  .per-pane {
    color: ${t.muted};
  }
  .per-pane span + span::before {
    content: '· ';
  }
  .find .close {
    margin-inline-start: auto;
  }
  .find .mistake {
    width: 100%;
    padding-inline-start: 8px;
    border-inline-start: 2px solid ${t.error};
  }
  .at-note {
    padding: 0 0 8px;
    color: ${t.muted};
    font-size: 12px;
  }
  .quiet {
    color: ${t.muted};
    border-block: 2px solid transparent;
  }
  .quiet[aria-pressed='true'],
  .to-search[aria-expanded='true'] {
    color: ${t.ink};
    border-bottom-color: currentColor;
  }
  .bar-tools {
    display: flex;
    align-items: center;
    gap: 12px;
    margin-inline-start: auto;
  }
  .mark-steps {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .mark-steps button {
    justify-content: center;
    min-width: 24px;
  }
  .mark-steps select {
    border: 0;
    background: none;
  }
  .menu {
    position: relative;
  }
  .menu .panel {
    position: absolute;
    top: 100%;
    inset-inline-end: 0;
    z-index: 5;
    min-width: 240px;
    padding: 4px 12px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.16);
    color: ${t.ink};
  }
  .menu .panel li {
    display: flex;
    gap: 12px;
    align-items: center;
    min-height: 28px;
    white-space: nowrap;
  }
  .menu .panel li + li {
    border-top: 1px solid ${t.line};
  }
  .menu .panel span {
    flex: 1;
  }
  .menu .panel button {
    color: ${t.accent};
  }
  .toast {
    position: sticky;
    bottom: 8px;
    z-index: 6;
    width: fit-content;
    margin: 8px auto 0;
    padding: 4px 12px;
    border-radius: ${t.radius};
    background: ${t.ink};
    color: ${t.bg};
    font-size: 12px;
  }
`;
