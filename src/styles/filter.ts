import { css } from 'lit';
import * as t from './tokens.js';

/** The filter as it stands at first: text field, time, button, chips. Completion and form bring their own. */
export const filter = css`
  .filter {
    display: flex;
    gap: 8px;
    padding: 4px 0 8px;
  }
  .filter select,
  .filter > .button {
    min-height: 32px;
    padding: 0 12px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    color: ${t.ink};
  }
  .filter select {
    max-width: 190px;
    padding: 0 8px;
  }
  .query {
    position: relative;
    display: grid;
    flex: 1;
    min-width: 0;
  }
  .query input,
  .marks {
    grid-area: 1 / 1;
    min-width: 0;
    height: 32px;
    padding: 0 28px 0 9px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    font: 12px/30px ${t.mono};
    font-variant-ligatures: none;
    letter-spacing: 0;
    text-overflow: ellipsis;
  }
  .query input:focus {
    text-overflow: clip;
  }
  .query input::placeholder {
    color: ${t.muted};
    opacity: 1;
    -webkit-text-fill-color: ${t.muted};
  }
  /* The input draws its text; over it lies the same text, seen for its wavy lines only. */
  .marks {
    overflow: hidden;
    border-color: transparent;
    background: none;
    color: transparent;
    white-space: pre;
    pointer-events: none;
    forced-color-adjust: none;
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
  .query kbd {
    position: absolute;
    inset-inline-end: 10px;
    line-height: 32px;
    color: ${t.muted};
    pointer-events: none;
  }
  .mistake:not(:empty) {
    padding-bottom: 8px;
    color: ${t.muted};
    font-size: 12px;
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
    width: 24px;
    min-width: 24px;
    color: ${t.muted};
  }
  .chips .news {
    margin-inline-start: auto;
    color: ${t.accent};
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  @container (max-width: 460px) {
    .filter {
      flex-wrap: wrap;
    }
    .query {
      flex: 1 0 100%;
    }
    .filter select {
      flex: 1;
      max-width: none;
    }
  }
  @media (pointer: coarse) {
    .query input,
    .marks {
      font-size: 16px;
    }
  }
`;
