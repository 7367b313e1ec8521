import { css } from 'lit';
import * as t from './tokens.js';

/** Conversations: a role in the gutter, no bubbles; what programs wrote stands on sunken with an edge. */
export const bodyTalk = css`
  .box.talk {
    padding: 0;
  }
  .turn {
    display: grid;
    grid-template-columns: 88px minmax(0, 1fr);
    padding: 8px 16px 12px 8px;
    border-bottom: 1px solid ${t.line};
    contain: layout style;
  }
  .role {
    min-width: 0;
    padding: 2px 8px 0 0;
    color: ${t.muted};
    font-size: ${t.px12};
    line-height: ${t.px16};
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .role > * {
    display: block;
  }
  .role b {
    color: ${t.ink};
  }
  .turn > .said {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .part + .part,
  .turn p + p,
  .turn p + .code,
  .code + p {
    margin-top: 8px;
  }
  .turn .note,
  .waiting {
    color: ${t.muted};
    font-size: ${t.px12};
    unicode-bidi: isolate;
  }
  .turn .note b {
    color: ${t.ink};
  }
  .folded + *,
  .part > .note + .code,
  .part > .note + .part,
  .code > .note {
    margin-top: 4px;
  }
  .rest > * {
    margin-inline-end: 12px;
  }
  .rest code,
  .note code {
    overflow-wrap: anywhere;
  }
  .spot {
    box-shadow: -2px 0 ${t.accent};
    background: ${t.selected};
  }
  .link {
    min-height: 0;
    color: ${t.accent};
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .text,
  .markdown > p,
  .markdown li {
    max-width: 76ch;
  }
  .chunk {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .text > .chunk {
    unicode-bidi: plaintext;
  }
  .code {
    position: relative;
  }
  .program {
    padding: 6px 10px;
    border-inline-start: 2px solid ${t.lineStrong};
    background: ${t.sunken};
    font: ${t.px12} / ${t.px18} ${t.mono};
    font-variant-ligatures: none;
    tab-size: 4;
  }
  /* Its first line ends before the button. */
  .program::before {
    content: '';
    float: inline-end;
    width: 44px;
    height: 18px;
  }
  .code .copy {
    position: absolute;
    inset: auto 6px auto auto;
    top: 2px;
    padding: 0 6px;
    background: ${t.sunken};
    color: ${t.accent};
    opacity: 0;
  }
  .code > .note ~ .copy {
    top: 26px;
  }
  .code:hover .copy,
  .code:focus-within .copy {
    opacity: 1;
  }
  .address {
    color: ${t.muted};
    font: ${t.px12} ${t.mono};
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .address::before {
    content: '‹';
  }
  .address::after {
    content: '›';
  }
  .parameters {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 20px;
    font-size: ${t.px12};
  }
  .parameters > div {
    display: flex;
    gap: 6px;
    min-width: 0;
  }
  .parameters dt {
    flex: none;
    color: ${t.muted};
  }
  .parameters dd {
    min-width: 0;
    overflow-wrap: anywhere;
    font-family: ${t.mono};
  }
  .mono {
    font-family: ${t.mono};
    font-size: ${t.px12};
  }
  .usage {
    width: auto;
    min-width: min(100%, 340px);
    font-size: ${t.px12};
  }
  .usage caption {
    padding-bottom: 2px;
    color: ${t.muted};
    text-align: start;
  }
  .usage tr > * {
    position: static;
    height: 22px;
    padding: 0 0 0 24px;
  }
  .usage tr > :first-child {
    padding: 0;
  }
  .usage + .folded {
    margin-top: 6px;
  }
  .markdown > * + * {
    margin-top: 8px;
  }
  .markdown ul,
  .markdown ol {
    padding-inline-start: 20px;
    list-style: revert;
  }
  .markdown .loose > li + li {
    margin-top: 6px;
  }
  .markdown p {
    white-space: pre-wrap;
    unicode-bidi: plaintext;
  }
  .markdown code {
    padding: 0 3px;
    background: ${t.sunken};
  }
  .markdown em {
    font-style: italic;
  }
  .markdown blockquote {
    padding-inline-start: 10px;
    border-inline-start: 2px solid ${t.line};
    color: ${t.muted};
  }
  .markdown hr {
    border: 0;
    border-top: 1px solid ${t.line};
  }
  .markdown .heading {
    font-weight: 600;
  }
  .markdown .depth-1,
  .markdown .depth-2 {
    font-size: ${t.px15};
  }
  .markdown .scroller {
    margin: 8px 0 0;
  }
  .markdown table {
    width: auto;
  }
  .markdown tbody tr:hover {
    background: ${t.hover};
  }
  .markdown th,
  .markdown td {
    height: 24px;
    white-space: normal;
  }
  @container (max-width: 460px) {
    .turn {
      grid-template-columns: 64px minmax(0, 1fr);
      padding-inline-end: 8px;
    }
  }
  @media (hover: none) {
    .code .copy {
      opacity: 1;
    }
  }
`;
