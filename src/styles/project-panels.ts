import { css } from 'lit';
import * as t from './tokens.js';

/** What the buttons beside the heading open. */
export const projectPanels = css`
  [part='panel'] {
    padding: 4px 0 16px;
  }
  .search {
    width: min(100%, 320px);
    height: 32px;
    padding: 0 8px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    align-items: center;
    font-size: ${t.px12};
  }
  .choices label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 24px;
  }
  .naming {
    display: grid;
    gap: 4px;
    padding-top: 12px;
  }
  @media print {
    [part='panel'][aria-label='Columns'] {
      display: none;
    }
  }
`;
