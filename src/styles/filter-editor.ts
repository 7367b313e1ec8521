import { css } from 'lit';
import * as t from './tokens.js';

/** What the filter's text and chips look like, completion, form. */
export const filterEditor = css`
  /* The input draws its text; over it lies the same text, seen for its wavy lines only. */
  .marks {
    overflow: hidden;
    border-color: transparent;
    color: transparent;
    white-space: pre;
    pointer-events: none;
    forced-color-adjust: none;
  }
  .query:focus-within .marks {
    text-overflow: clip;
  }
  .marks .bad {
    text-decoration: underline wavy ${t.error} 1px;
    text-underline-offset: 3px;
    text-decoration-skip-ink: none;
  }
  @media not (forced-colors: active) {
    /* At rest it is the other way round, and names stand back. */
    .query:not(:focus-within) .marks {
      color: ${t.ink};
    }
    .query:not(:focus-within) .marks b {
      color: ${t.muted};
    }
    .query:not(:focus-within) input {
      -webkit-text-fill-color: transparent;
    }
  }
  .marks b {
    font-weight: 400;
  }
  .mistake span {
    display: block;
  }
  .mistake:not(:empty) {
    padding-bottom: 8px;
    color: ${t.muted};
    font-size: ${t.px12};
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
  .chip .muted {
    white-space: nowrap;
  }
  .chip .value {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip button {
    justify-content: center;
    margin: -1px -1px -1px 0;
    width: 24px;
    min-width: 24px;
    color: ${t.muted};
  }
  .list {
    position: absolute;
    z-index: 4;
    inset: calc(100% + 2px) 0 auto;
    max-width: 640px;
    max-height: 336px;
    overflow: auto;
    padding: 4px 0;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
    font-size: ${t.px12};
  }
  .list li {
    display: grid;
    grid-template-columns: minmax(120px, auto) minmax(0, 1fr) auto;
    gap: 0 16px;
    padding: 2px 10px;
    cursor: pointer;
  }
  .list li:hover {
    background: ${t.hover};
  }
  .list [aria-selected='true'] {
    background: ${t.selected};
    box-shadow: inset 2px 0 ${t.accent};
  }
  .list .label {
    overflow: hidden;
    font: ${t.px12} / ${t.px20} ${t.mono};
    font-variant-ligatures: none;
    text-overflow: ellipsis;
    white-space: pre;
  }
  .list .detail {
    overflow: hidden;
    color: ${t.muted};
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .list .calls,
  .form .calls {
    color: ${t.muted};
    text-align: end;
  }

  .form {
    padding: 4px 0 16px;
    font-size: ${t.px12};
  }
  .form input:not([type='checkbox']),
  .form select {
    min-width: 0;
    height: 28px;
    padding: 0 8px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    color: ${t.ink};
  }
  .form input::placeholder {
    color: ${t.muted};
    opacity: 1;
  }
  .form [aria-invalid='true'] {
    border-color: ${t.error};
    text-decoration: underline wavy ${t.error} 1px;
  }
  .form fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .form legend,
  .form .name {
    padding: 0;
    color: ${t.muted};
    line-height: ${t.px20};
  }
  .form input[type='checkbox'] {
    margin: 0 8px 0 0;
    accent-color: ${t.accent};
  }
  .form .wrong {
    flex: 1 0 100%;
    line-height: ${t.px16};
  }
  .facts,
  .lists {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(230px, 1fr));
    gap: 12px 32px;
    align-items: start;
    padding-bottom: 16px;
  }
  .fact {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 8px;
  }
  .fact .name {
    flex: 1 0 100%;
  }
  .fact > input:not([type='checkbox']),
  .fact > select {
    flex: 1 1 0;
    width: 0;
  }
  .fact > input[type='date'] {
    flex-grow: 1.2;
  }
  .fact .between {
    align-self: center;
    color: ${t.muted};
  }
  .fact label {
    display: inline-flex;
    align-items: center;
    min-height: 24px;
    margin-inline-end: 8px;
  }
  .lists [type='search'] {
    width: 100%;
    margin: 2px 0;
  }
  .lists .link {
    max-width: 100%;
    overflow: hidden;
    color: ${t.accent};
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .lists ul {
    max-height: 150px;
    overflow: hidden auto;
  }
  .lists li {
    display: flex;
    align-items: center;
    gap: 8px;
    border-bottom: 1px solid ${t.line};
  }
  .lists label {
    display: flex;
    flex: 1;
    align-items: center;
    min-width: 0;
    min-height: 24px;
  }
  .lists .text {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .lists .leave {
    min-width: 24px;
    color: ${t.muted};
    opacity: 0;
  }
  .lists li:hover .leave,
  .lists .leave:focus-visible,
  .lists .leave[aria-pressed='true'] {
    opacity: 1;
  }
  .lists .leave[aria-pressed='true'] {
    color: ${t.ink};
    font-weight: 600;
  }
  .lists li:has([aria-pressed='true']) .text {
    text-decoration: line-through;
  }
  @media (hover: none) {
    .lists .leave {
      opacity: 1;
    }
  }
  @media (pointer: coarse) {
    .marks {
      font-size: max(16px, ${t.size});
    }
    .form input:not([type='checkbox']),
    .form select,
    .lists label,
    .list li {
      min-height: 40px;
    }
  }
  @container (max-width: 460px) {
    .lists {
      grid-template-columns: 1fr;
    }
    .list li {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .list .detail {
      grid-row: 2;
      grid-column: 1 / -1;
    }
    .list .detail:empty {
      display: none;
    }
  }
`;
