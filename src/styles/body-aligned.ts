import { css } from 'lit';
import * as t from './tokens.js';

/**
 * Several calls in one list. What only the first has is amber and dotted, what only a later one has is blue and solid;
 * edges, words and lanes of the ruler say the same without colour.
 */
export const bodyAligned = css`
  .above-list {
    padding-inline-end: 14px;
  }
  /* Of bars side by side, a short one is as high as the highest. */
  .above-list .bar {
    flex: 1 0 auto;
    align-content: center;
  }
  .aligned {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 14px;
    border-bottom: 1px solid ${t.line};
  }
  .aligned > .box {
    max-height: calc(${t.bodyHeight} + 120px);
    min-height: 160px;
    scrollbar-width: none;
  }
  .aligned-waiting {
    padding: 8px;
  }
  .aligned-section,
  .aligned-fold {
    display: flex;
    align-items: center;
    gap: 0 12px;
    min-height: 28px;
    padding: 2px 8px;
    border-bottom: 1px solid ${t.line};
    background: ${t.sunken};
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .aligned-section b {
    color: ${t.ink};
    font-weight: 600;
  }
  .aligned-fold .link {
    margin-inline-start: auto;
  }
  .aligned-fold::before {
    content: '▸';
    width: 8px;
  }
  .aligned-fold.open::before {
    content: '▾';
  }
  .aligned-row {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    border-bottom: 1px solid ${t.line};
    contain: layout style;
  }
  .aligned-row .cell {
    position: relative;
    min-width: 0;
  }
  .aligned-row .turn {
    border-bottom: 0;
    padding-inline-start: 12px;
  }
  .aligned-row .end {
    margin: 0;
    padding: 7px 12px 10px;
  }
  .cell > .letter {
    display: none;
  }
  .held > .visually-hidden {
    top: 0;
  }
  .cell.blank,
  .cell.gap {
    background: ${t.sunken};
  }
  .cell.gap {
    background: repeating-linear-gradient(-45deg, ${t.sunken} 0 11px, ${t.line} 11px 12px);
  }
  .cell.gap > .held > .note {
    display: inline-block;
    margin: 8px 12px;
    padding: 0 6px;
    border-radius: 2px;
    background: ${t.bg};
    color: ${t.muted};
    font-size: ${t.px12};
  }
  .is-changed > .filled::before,
  .is-removed > .filled::before,
  .is-added > .filled::before,
  .is-moved > .filled::before {
    content: '';
    position: absolute;
    inset: 0 auto 0 0;
    border-inline-start: 3px solid ${t.accent};
  }
  .is-changed > .filled.first::before,
  .is-removed > .filled::before {
    border-inline-start-style: double;
    border-inline-start-color: ${t.warn};
  }
  .is-moved > .filled::before {
    border-inline-start: 3px dotted ${t.lineStrong};
  }
  .is-removed > .filled {
    background: color-mix(in srgb, ${t.diffA} 34%, transparent);
  }
  .is-added > .filled {
    background: color-mix(in srgb, ${t.diffB} 40%, transparent);
  }
  .aligned-row.now {
    box-shadow:
      inset 0 1px ${t.accent},
      inset 0 -1px ${t.accent};
  }
  .aligned-row.now .why {
    background: ${t.accent};
    color: ${t.bg};
  }
  .why {
    padding: 0 4px;
    border-radius: 2px;
    background: ${t.selected};
    color: ${t.ink};
    font-style: normal;
  }
  .first .why {
    background: ${t.diffA};
  }
  .later .why,
  .is-added .why {
    background: ${t.diffB};
  }
  del {
    background: ${t.diffA};
    text-decoration: underline dotted ${t.warn};
    text-underline-offset: 3px;
  }
  ins {
    background: ${t.diffB};
    text-decoration: underline ${t.accent};
    text-underline-offset: 3px;
  }
  del::before,
  del::after,
  ins::before,
  ins::after {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  del::before {
    content: ' [only here: ';
  }
  ins::before {
    content: ' [new here: ';
  }
  del::after,
  ins::after {
    content: '] ';
  }
  .chunk + .skipped,
  .skipped + .chunk {
    margin-top: 4px;
  }
  .skipped::before {
    content: '⋯ ';
  }
  .ruler {
    position: relative;
    border-inline-start: 1px solid ${t.line};
    background: ${t.sunken};
    touch-action: none;
    user-select: none;
  }
  .ruler svg {
    position: absolute;
    inset: 0;
  }
  .ruler .thumb {
    position: absolute;
    inset-inline: 0;
    min-height: 16px;
    border-block: 1px solid ${t.lineStrong};
    background: color-mix(in srgb, ${t.lineStrong} 28%, transparent);
  }
  .ruler:hover .thumb {
    background: color-mix(in srgb, ${t.lineStrong} 44%, transparent);
  }
  .mark-changed {
    fill: ${t.lineStrong};
    stroke: ${t.sunken};
  }
  .mark-removed {
    fill: ${t.warn};
  }
  .mark-added {
    fill: ${t.accent};
  }
  .mark-moved {
    fill: none;
    stroke: ${t.lineStrong};
    stroke-width: 1.5px;
  }
  .ruler .now {
    fill: ${t.ink};
  }
  .steps {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    font-size: ${t.px12};
  }
  .steps > [role='status'] {
    min-width: 13ch;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .steps button {
    justify-content: center;
    min-width: 24px;
  }
  @container (min-width: 720.01px) {
    .aligned-row.of-3 {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    .aligned-row.of-4 {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
    .aligned-row > .cell + .cell {
      border-inline-start: 1px solid ${t.line};
    }
  }
  @container (max-width: 1480px) {
    .of-3 .turn,
    .of-4 .turn {
      grid-template-columns: minmax(0, 1fr);
      gap: 4px;
    }
    .of-3 .role,
    .of-4 .role {
      display: flex;
      flex-wrap: wrap;
      gap: 0 8px;
    }
  }
  @container (max-width: 720px) {
    .aligned-row {
      grid-template-columns: minmax(0, 1fr);
    }
    .aligned-row > .cell {
      display: grid;
      grid-template-columns: 24px minmax(0, 1fr);
    }
    .aligned-row > .cell + .cell {
      border-top: 1px dotted ${t.line};
    }
    .cell > .letter {
      display: block;
      margin: 8px 0 0 8px;
    }
    .cell.blank {
      display: none;
    }
    .aligned .box .turn {
      grid-template-columns: minmax(0, 1fr);
      gap: 4px;
    }
    .aligned .role {
      display: flex;
      flex-wrap: wrap;
      gap: 0 8px;
    }
    .cell.gap > .held > .note {
      margin-block: 5px;
    }
  }
  @media (forced-colors: active) {
    .thumb,
    .why {
      border: 1px solid;
    }
    .mark-changed,
    .mark-removed,
    .mark-added {
      fill: CanvasText;
    }
    .mark-moved {
      stroke: CanvasText;
    }
    .ruler .now {
      fill: Highlight;
    }
    .aligned-row.now {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
