import { css } from 'lit';
import * as t from './tokens.js';

/** What calls would have cost: the question above, the answer below. */
export const whatIf = css`
  .question {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    align-items: center;
    padding: 4px 0;
  }
  .question label,
  .rates label {
    font-size: ${t.px12};
  }
  .question label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 24px;
  }
  .question label,
  .question select {
    min-width: 0;
    /* A model is any text. */
    max-width: 100%;
  }
  .question select {
    height: 24px;
    padding: 0 4px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
  }
  .check input {
    width: 14px;
    height: 14px;
    margin: 0;
    accent-color: ${t.accent};
  }
  .rates {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    align-items: end;
    margin: 0;
    padding: 2px 0 6px;
    border: 0;
  }
  .rates legend {
    padding: 0;
    font-size: ${t.px12};
  }
  .rates label {
    display: grid;
    gap: 2px;
    color: ${t.muted};
  }
  .rates input {
    width: 112px;
    height: 24px;
    padding: 0 8px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    color: ${t.ink};
    text-align: end;
  }
  .rates [aria-invalid] {
    border-color: ${t.error};
    text-decoration: underline wavy ${t.error};
  }
  .mistake {
    flex-basis: 100%;
    padding-inline-start: 8px;
    border-inline-start: 2px solid ${t.error};
    font-size: ${t.px12};
  }
  .told {
    max-width: 84ch;
    padding: 6px 0;
    font-weight: 600;
  }
  [part='repriced'] .name {
    display: inline-block;
    max-width: 44ch;
    vertical-align: bottom;
  }
  .caveats {
    max-width: 100ch;
    padding: 6px 0;
    font-size: ${t.px12};
  }
  .caveats li {
    padding: 1px 0;
  }
  @media print {
    .question {
      display: none;
    }
  }
`;
