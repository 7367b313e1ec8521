import { css } from 'lit';
import * as t from './tokens.js';

/** What stands under an open row of prices: its rates on a line of time, the rates that calls imply, commands. */
export const pricingDetail = css`
  .opened {
    position: sticky;
    left: 0;
    width: min(100%, calc(100cqi + 16px));
    padding: 2px 8px 12px 24px;
    /* What is wide in it scrolls by itself, and does not widen the table. */
    contain: inline-size;
    font-size: ${t.px12};
  }
  .opened > * + * {
    margin-top: 6px;
  }
  .opened p {
    max-width: 92ch;
  }
  .opened code {
    font-family: ${t.mono};
  }
  .opened .command {
    padding-inline: 0;
  }
  .opened mark {
    background: none;
    color: inherit;
    font-weight: 600;
    text-decoration: underline dotted;
    text-underline-offset: 3px;
  }
  .opened .scroller {
    margin: 0 -8px;
  }
  .periods {
    width: auto;
    font-size: ${t.px12};
  }
  .periods th,
  .periods td {
    height: 22px;
  }
  .periods tr,
  .periods tr:hover {
    background: ${t.sunken};
  }
  .periods .apart {
    padding-inline-start: 24px;
  }
  .line {
    max-width: 720px;
    margin-inline: 0;
  }
  .line svg {
    display: block;
    width: 100%;
    height: 36px;
    border-bottom: 1px solid ${t.lineStrong};
  }
  .line .past {
    fill: ${t.lineStrong};
    opacity: 0.5;
  }
  .line .now {
    fill: ${t.ink};
  }
  .line figcaption {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 16px;
    font-size: ${t.px11};
  }
  @media print {
    .command button {
      display: none;
    }
  }
  @container (max-width: 460px) {
    .periods th {
      white-space: nowrap;
    }
    .opened {
      padding-inline-start: 8px;
    }
  }
`;
