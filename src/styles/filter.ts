import { css } from 'lit';
import * as t from './tokens.js';

/** The filter's frame: text field, time, button, the room of the chips. */
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
    max-width: 250px;
    padding: 0 8px;
  }
  .query {
    position: relative;
    display: grid;
    flex: 1;
    min-width: 0;
  }
  /* The marks over the input, which come with the bar, have to share what its text has, so that one lies over the other. */
  .query input,
  .marks {
    grid-area: 1 / 1;
    min-width: 0;
    height: 32px;
    padding: 0 28px 0 9px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    font: ${t.px12} / 30px ${t.mono};
    font-variant-ligatures: none;
    letter-spacing: 0;
    text-overflow: ellipsis;
  }
  .query input {
    background: ${t.bg};
  }
  .query input::placeholder {
    color: ${t.muted};
    opacity: 1;
    -webkit-text-fill-color: ${t.muted};
  }
  .query kbd {
    position: absolute;
    inset-inline-end: 10px;
    line-height: 32px;
    color: ${t.muted};
    pointer-events: none;
  }
  .chips {
    min-height: 34px;
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
    .query input {
      font-size: max(16px, ${t.size});
    }
  }
`;
