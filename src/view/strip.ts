import { html, nothing, svg, type TemplateResult } from 'lit';
import { renderLoading } from './states.js';
import type { ChosenMark } from './strip-chosen.js';
import type { StripPicture } from './strip-picture.js';
import { type Lane, LANES, STRIP } from './strip-scale.js';
import { describeColumns, describeStrip, describeTime, listChanges } from './strip-words.js';

const LANE_LABELS: Readonly<Record<Lane, string>> = { zero: '$0', failed: 'failed', unpriced: 'not priced' };

/** A stretch of whole columns, both ends included. */
export interface ColumnRange {
  readonly first: number;
  readonly last: number;
}

/** What the strip shows besides its picture. */
export interface StripView {
  /** Undefined before the first answer. */
  readonly picture: StripPicture | undefined;
  readonly isBusy: boolean;
  readonly timeZone: string;
  /** Calls that were chosen, by the letters they wear in the table. */
  readonly chosen: readonly ChosenMark[];
  /** Where the keyboard is; its first and last column differ while a time is being chosen. */
  readonly cursor: ColumnRange;
  readonly hasCursor: boolean;
  /** The time that the pointer is choosing. */
  readonly dragged: ColumnRange | null;
  /** What stands under the pointer. */
  readonly mark: { readonly x: number; readonly y: number } | null;
  /** Lines about it, or about the keyboard's columns. */
  readonly label: readonly unknown[];
  /** What a key has just done, for those who don't see it. */
  readonly note: string;
  /** False where the page's author fixed the time. */
  readonly canChooseTime: boolean;
  readonly table: { readonly isShown: boolean; readonly content: unknown };
  readonly toggleTable: () => void;
  readonly onPointer: (event: PointerEvent) => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
}

/** What each call cost over time: a picture to read, to choose a time and calls in, and its numbers as a table. */
export function renderCostStrip(view: StripView): TemplateResult {
  const { picture, cursor, timeZone } = view;
  if (picture === undefined) return renderLoading('costs');
  const { scale } = picture;
  const spoken = `${describeTime(picture, cursor.first, cursor.last, timeZone)}: ${[
    describeColumns(picture, cursor.first, cursor.last),
    ...listChanges(picture, cursor.first, cursor.last),
  ].join('. ')}`;
  return html`<div role="group" aria-label=${describeStrip(picture, timeZone)} aria-busy=${view.isBusy}>
    <div
      class="strip-plot"
      role="slider"
      tabindex="0"
      aria-label="Time in the strip of costs"
      aria-description=${
        view.canChooseTime
          ? 'Arrow keys move, with Shift they choose a time. Enter shows only that time, or selects the newest call here.'
          : 'Arrow keys move. Enter selects the newest call here.'
      }
      aria-valuemin="1"
      aria-valuemax=${scale.columns}
      aria-valuenow=${cursor.last + 1}
      aria-valuetext=${spoken}
      @pointermove=${view.onPointer}
      @pointerdown=${view.onPointer}
      @pointerup=${view.onPointer}
      @pointercancel=${view.onPointer}
      @pointerleave=${view.onPointer}
      @keydown=${view.onKey}
      @focus=${view.onFocus}
      @blur=${view.onFocus}
    >
      ${renderPicture(view, picture)}
      <div class="strip-label" aria-hidden="true" ?hidden=${view.label.length === 0}>
        ${view.label.map((line) => html`<div>${line}</div>`)}
      </div>
    </div>
    <p class="visually-hidden" role="status">${view.note}</p>
    ${renderLegend(view, picture)} ${view.table.isShown ? view.table.content : nothing}
  </div>`;
}

function renderPicture(view: StripView, picture: StripPicture): TemplateResult {
  const { answer, scale } = picture;
  const { width } = scale;
  const range = view.dragged ?? (view.hasCursor ? view.cursor : null);
  return html`<svg width=${width} height=${STRIP.height} aria-hidden="true">
    ${picture.costTicks.map(
      ({ y, label }) => svg`<line x2=${width} y1=${y} y2=${y} class="grid-line"/>
        <text x="-8" y=${y + 4} text-anchor="end">${label}</text>`,
    )}
    ${
      range === null
        ? nothing
        : svg`<rect
            x=${scale.columnToX(range.first)}
            y="4"
            width=${Math.max(1, scale.columnToX(range.last + 1) - scale.columnToX(range.first))}
            height=${STRIP.unpriced - 4}
            class="chosen-time"
          />`
    }
    ${LANES.map(
      (lane) => svg`<line x2=${width} y1=${STRIP[lane]} y2=${STRIP[lane]} class="grid-line"/>
        <text x="-8" y=${STRIP[lane]} text-anchor="end">${LANE_LABELS[lane]}</text>
        <path d=${picture.lanes[lane]} class=${lane}/>`,
    )}
    <path d=${picture.dots} class="dots" />
    ${picture.bins.map((path, size) => svg`<path d=${path} class=${`bins size-${size}`}/>`)}
    <path d=${picture.band} class="halo thin" />
    <path d=${picture.median} class="halo" />
    <path d=${picture.band} class="band" />
    <path d=${picture.median} class="median" />
    <line x2=${width} y1=${STRIP.base} y2=${STRIP.base} class="base-line" />
    ${
      answer.pricedCalls === 0
        ? svg`<text x=${width / 2} y="92" text-anchor="middle">No call here has a cost above 0.</text>`
        : nothing
    }
    ${picture.changes.map(
      ({
        x,
        words,
        anchor,
      }) => svg`<line x1=${x + 0.5} x2=${x + 0.5} y1=${anchor === null ? STRIP.top : 4} y2=${STRIP.base} class=${anchor === null ? 'change untold' : 'change'}/>
        ${anchor && svg`<text x=${x + (anchor === 'start' ? 5 : -5)} y="13" text-anchor=${anchor} class="change-words">${words}</text>`}`,
    )}
    ${view.mark && svg`<circle cx=${view.mark.x} cy=${view.mark.y} r="5" class="under"/>`}
    ${view.chosen.map(
      ({ letter, x, y }) => svg`<rect x=${x - 7} y=${y - 7} width="14" height="14" rx="2" class="letter-box"/>
        <text x=${x} y=${y + 4} text-anchor="middle" class="letter-text">${letter}</text>`,
    )}
    ${picture.timeTicks.map(
      ({ x, label, anchor }) => svg`<text x=${x} y=${STRIP.times} text-anchor=${anchor}>${label}</text>`,
    )}
  </svg>`;
}

function renderLegend(view: StripView, picture: StripPicture): TemplateResult {
  const { answer, sizes } = picture;
  return html`<div class="strip-legend">
    ${
      answer.points === null
        ? html`<span
            ><svg width=${2 + sizes.length * 9} height="10" aria-hidden="true">
              ${sizes.map((_, size) => {
                const height = [2.4, 2.4, 3.4, 4.6][size]!;
                const width = size === 0 ? 3 : 7;
                return svg`<rect x=${size === 0 ? 2 : size * 9} y=${5 - height / 2} width=${width} height=${height} class=${`bins size-${size}`}/>`;
              })}</svg
            >${sizes.length > 1 ? `${sizes.join(', ')} calls or more` : 'one call or more'}</span
          >`
        : html`<span
            ><svg width="6" height="10" aria-hidden="true"><path d="M2 4h2.6v2.6h-2.6z" class="dots" /></svg>one
            call</span
          >`
    }
    ${
      answer.band.length > 0
        ? html`<span
              ><svg width="20" height="10" aria-hidden="true"><path d="M0 5h20" class="median" /></svg>rolling
              median</span
            ><span
              ><svg width="20" height="10" aria-hidden="true"><path d="M0 5h20" class="band" /></svg>middle 80 %</span
            >`
        : nothing
    }
    <span class="strip-hint"
      >${view.canChooseTime ? 'Drag to choose a time, click to select' : 'Click to select a call'}</span
    >
    <button type="button" aria-expanded=${view.table.isShown} @click=${view.toggleTable}>Table</button>
  </div>`;
}
