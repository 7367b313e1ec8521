import { css } from 'lit';
import * as t from './tokens.js';

/** The dialog that names keys. */
export const keyHelp = css`
  .help {
    margin: auto;
    width: min(440px, calc(100vw - 32px));
    padding: 16px 20px;
    border: 1px solid ${t.lineStrong};
    border-radius: ${t.radius};
    background: ${t.bg};
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.16);
    color: ${t.ink};
    font-size: ${t.px12};
  }
  .help::backdrop {
    background: rgb(0 0 0 / 0.3);
  }
  .help h3 {
    font-size: ${t.px15};
  }
  .help h4 {
    margin: 12px 0 2px;
    color: ${t.muted};
    font: inherit;
  }
  .help dl {
    display: grid;
    grid-template-columns: 150px minmax(0, 1fr);
  }
  .help dt,
  .help dd {
    padding: 3px 0;
    border-bottom: 1px solid ${t.line};
  }
  .help form {
    margin-top: 16px;
  }
`;
