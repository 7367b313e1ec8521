import { css } from 'lit';
import * as t from './tokens.js';

/** What differs between calls: their figures, the prompt cache, and the requests without their messages. */
export const bodyDiffers = css`
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
  .differs .ratio {
    color: ${t.muted};
  }
  .differs th[scope='row'] {
    min-width: 9ch;
  }
  .same,
  .cache-verdict {
    max-width: 160ch;
    margin-top: 8px;
    overflow-wrap: anywhere;
  }
  .same {
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .same b {
    color: ${t.ink};
    font-weight: 400;
  }
  .cache-verdict .letter {
    margin-inline-end: 2px;
  }
  .cache-verdict button {
    display: inline;
    min-height: 20px;
    color: ${t.accent};
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 2px;
  }

  .heads-compared {
    margin-top: 12px;
    border-top: 1px solid ${t.line};
  }
  .heads-compared h3 {
    padding: 6px 0 2px;
    font: inherit;
    font-weight: 600;
  }
  .heads-compared h3 .letter {
    margin-inline: 2px;
  }
  .heads-compared details {
    border-bottom: 1px solid ${t.line};
  }
  .heads-compared summary {
    min-height: 28px;
    padding: 4px 0;
    cursor: default;
  }
  .heads-compared summary:hover {
    background: ${t.hover};
  }
  .heads-compared summary:focus-visible {
    outline-offset: -2px;
  }
  .heads-compared .equal {
    padding: 6px 0;
    color: ${t.muted};
    font-size: ${t.px12};
    overflow-wrap: anywhere;
  }
  .changes {
    display: grid;
    grid-template-columns: minmax(0, 220px) minmax(0, 1fr) minmax(0, 1fr);
    margin: 0 0 8px;
    font-size: ${t.px12};
  }
  .changes > [role='row'] {
    display: grid;
    grid-template-columns: subgrid;
    grid-column: 1 / -1;
    border-top: 1px solid ${t.line};
  }
  .changes > [role='row']:first-child {
    border-top: 0;
    color: ${t.muted};
  }
  .changes [role] > [role] {
    padding: 3px 12px 3px 0;
    overflow-wrap: anywhere;
  }
  .changes .kind {
    color: ${t.muted};
  }
  .changes .name,
  .changes .written {
    font-family: ${t.mono};
    font-variant-ligatures: none;
    line-height: ${t.px18};
    white-space: pre-wrap;
  }
  .changes .name button {
    min-height: 20px;
    text-align: start;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .changes .name button:hover {
    text-decoration: underline;
  }
  .tool-changed {
    margin: 8px 0 2px;
  }
  .tool-changed b {
    font-family: ${t.mono};
  }
  .heads-compared :is(del, ins) {
    color: inherit;
    background: ${t.diffA};
    text-decoration: underline dotted ${t.warn};
    text-decoration-thickness: 2px;
    text-underline-offset: 3px;
  }
  .heads-compared ins {
    background: ${t.diffB};
    text-decoration: underline solid ${t.accent};
  }
  .heads-compared .gap {
    color: ${t.muted};
    font-family: inherit;
  }
  .system-sides {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 4px 24px;
    padding: 2px 0 10px;
  }
  .system-sides > div {
    max-height: 320px;
    overflow: auto;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .system-sides > div > .letter {
    float: inline-start;
    margin-block-start: 2px;
  }

  @container (max-width: 720px) {
    .system-sides {
      grid-template-columns: minmax(0, 1fr);
    }
    .changes {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    .changes [role] > :first-child {
      grid-column: 1 / -1;
    }
    .changes [role] > :not(:first-child) {
      padding-top: 0;
    }
  }
  /* Turned on its side: a fact on each line, a call in each column. */
  @container (max-width: 600px) {
    .differs {
      display: grid;
      grid-auto-flow: column;
      justify-content: start;
      width: 100%;
    }
    .differs thead,
    .differs tbody {
      display: contents;
    }
    .differs tr {
      display: grid;
      grid-template-rows: subgrid;
      grid-row: 1 / span 24;
    }
    .differs :is(th, td),
    .differs thead th,
    .differs tr > :first-child {
      position: static;
      display: flex;
      align-items: center;
      justify-content: end;
      height: auto;
      min-height: 26px;
      padding-inline: 10px 2px;
      border-bottom: 1px solid ${t.line};
      box-shadow: none;
    }
    .differs .delta:not(:last-child) > * {
      border-bottom-color: ${t.line};
    }
    .differs th[scope='row'] {
      min-width: auto;
    }
    .differs thead tr {
      position: sticky;
      left: 0;
      z-index: 1;
    }
    .differs thead th,
    .differs thead tr > :first-child {
      justify-content: start;
      padding-inline: 8px 4px;
    }
    .differs .day {
      display: none;
    }
    .differs .clipped {
      max-width: 15ch;
      white-space: normal;
      overflow-wrap: anywhere;
      text-align: end;
    }
  }
`;
