import { css } from 'lit';
import * as t from './tokens.js';

/** The price table: room after a rate, so that the points of a column stand in one line; what gives way when narrow. */
export const pricing = css`
  .search {
    width: 200px;
    height: 24px;
    padding: 0 8px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
  }
  .mode {
    margin-inline-start: 8px;
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .under {
    display: none;
  }
  .note {
    padding: 6px 0;
    font-size: ${t.px12};
  }
  h3 {
    padding-top: 16px;
  }
  h3 + .note {
    padding-top: 0;
  }
  .apart {
    padding-inline-start: 32px;
  }
  .pad-1 {
    padding-inline-end: 1ch;
  }
  .pad-2 {
    padding-inline-end: 2ch;
  }
  .pad-3 {
    padding-inline-end: 3ch;
  }
  .pad-4 {
    padding-inline-end: 4ch;
  }
  .pad-5 {
    padding-inline-end: 5ch;
  }
  .pad-6 {
    padding-inline-end: 6ch;
  }
  .pad-7 {
    padding-inline-end: 7ch;
  }
  .pad-8 {
    padding-inline-end: 8ch;
  }
  .pad-9 {
    padding-inline-end: 9ch;
  }
  /* A provider and a model are any text. */
  .head select {
    max-width: 24ch;
  }
  .question label,
  .question select {
    min-width: 0;
    max-width: 100%;
  }
  .head select,
  .question select {
    height: 24px;
    padding: 0 4px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
  }
  .head .tools {
    align-items: center;
  }
  .opens {
    max-width: 44ch;
    font-size: inherit;
  }
  .opens svg {
    flex: none;
  }
  .opens::after {
    content: '▸';
    margin-inline-start: 6px;
    color: ${t.muted};
    font-size: ${t.px9};
  }
  .opens[aria-expanded='true']::after {
    content: '▾';
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .opens:hover .name {
    text-decoration: underline;
  }
  tr:has([aria-expanded='true']),
  tr:has([aria-expanded='true']):hover,
  .detail,
  .detail:hover {
    background: ${t.sunken};
  }
  tr:has([aria-expanded='true']) > * {
    border-bottom-color: transparent;
  }
  .detail > td {
    padding: 0;
    white-space: normal;
  }
  summary {
    cursor: pointer;
  }
  details > * + * {
    margin-top: 4px;
  }
  h3 button {
    font-size: ${t.size};
    font-weight: 600;
  }
  h3 button::after {
    content: '▸';
    margin-inline-start: 6px;
    color: ${t.muted};
    font-size: ${t.px9};
  }
  h3 [aria-expanded='true']::after {
    content: '▾';
  }
  /* Borders that nobody should see are seen there. */
  @media (forced-colors: active) {
    .tabs button {
      border-color: Canvas;
    }
    .tabs [aria-pressed='true'] {
      border-bottom-color: CanvasText;
    }
  }
  @media print {
    .head .tools,
    #what-if .question,
    .command button,
    details {
      display: none;
    }
  }
  @container (max-width: 720px) {
    .under {
      display: inline;
    }
  }
  @container (max-width: 600px) {
    .tools,
    .search {
      flex: 1;
    }
  }
  @container (max-width: 460px) {
    .under {
      display: block;
      margin: -4px 0 4px 16px;
    }
    tbody th {
      white-space: normal;
      overflow-wrap: anywhere;
    }
  }
`;
