import { css } from 'lit';
import * as t from './tokens.js';

/** Panels under the buttons of the calls table, and the dialog with its keys. */
export const callTools = css`
  .panel {
    position: absolute;
    top: 100%;
    inset-inline-end: 0;
    z-index: 5;
    width: min(320px, 100cqi);
    max-height: 480px;
    overflow: auto;
    padding: 12px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.16);
    font-size: ${t.px12};
  }
  .panel > * + * {
    margin-top: 8px;
  }
  .panel form {
    display: grid;
    gap: 4px;
    padding-top: 8px;
    border-top: 1px solid ${t.line};
  }
  .entry {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .panel input:not([type='checkbox']) {
    flex: 1;
    min-width: 0;
    height: 26px;
    padding: 0 6px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    color: ${t.ink};
  }
  .panel .mono {
    font: ${t.px12} ${t.mono};
  }
  .panel progress {
    flex: 1;
    min-width: 0;
    accent-color: ${t.accent};
  }
  .panel .rows {
    white-space: nowrap;
  }
  .panel li {
    display: flex;
    align-items: center;
    gap: 4px;
    min-height: 26px;
    border-bottom: 1px solid ${t.line};
  }
  .panel .views li:last-child {
    border: 0;
  }
  .panel .columns {
    max-height: 300px;
    overflow: auto;
  }
  .columns li label {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 8px;
    min-width: 0;
    min-height: 25px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .columns li[draggable='true'] {
    cursor: grab;
  }
  .columns .dragged {
    background: ${t.selected};
  }
  .columns input {
    flex: none;
    width: 14px;
    height: 14px;
    margin: 0;
    accent-color: ${t.accent};
  }
  .columns button {
    justify-content: center;
    width: 24px;
  }
  .views .name {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .views button {
    padding-inline: 4px;
  }
  .views .name {
    padding: 0;
    color: ${t.accent};
  }
  .actions {
    display: flex;
    justify-content: space-between;
    align-items: center;
  }
  .mistake {
    padding-inline-start: 8px;
    border-inline-start: 2px solid ${t.error};
  }
`;
