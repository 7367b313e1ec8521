import { html, nothing, type TemplateResult } from 'lit';
import type { SpendModel } from './spend-model.js';
import { describePlace, describeSpend } from './spend-words.js';

interface Place {
  readonly slot: number;
  readonly stack: number | 'lane' | null;
}

interface BarsView {
  /** What the label speaks of: what is under the pointer, or where the keyboard is; null without. */
  readonly place: Place | null;
  /** Where the keyboard is, whether it is shown or not. */
  readonly cursor: Place;
  readonly input: {
    readonly onPointer: (event: PointerEvent) => void;
    readonly onKey: (event: KeyboardEvent) => void;
    readonly onFocus: (event: FocusEvent) => void;
  };
}

/** The canvas that the bars are drawn on, with its label, and in words for those who do not see it. */
export function renderBars(model: SpendModel, { place, cursor, input }: BarsView): TemplateResult {
  const { onPointer, onKey, onFocus } = input;
  return html`<div role="group" aria-label=${describeSpend(model)}>
    <div
      class="picture"
      part="chart"
      role="slider"
      tabindex="0"
      aria-label="Bars of spend"
      aria-description="Left and right move in time, with Shift they choose a stretch of it. Up and down go through the parts of a bar. Enter filters, Escape takes it back."
      aria-valuemin="1"
      aria-valuemax=${model.slots.length}
      aria-valuenow=${cursor.slot + 1}
      aria-valuetext=${describePlace(model, cursor.slot, cursor.stack).join('. ')}
      @pointermove=${onPointer}
      @pointerdown=${onPointer}
      @pointerup=${onPointer}
      @pointercancel=${onPointer}
      @pointerleave=${onPointer}
      @keydown=${onKey}
      @focus=${onFocus}
      @blur=${onFocus}
    >
      <canvas aria-hidden="true"></canvas>
      <svg id="probe" class="colour bg" width="0" height="0" hidden aria-hidden="true"></svg>
      <div class="chosen-time" hidden></div>
      <div class="place-label" aria-hidden="true" ?hidden=${place === null}>
        ${
          place === null
            ? nothing
            : describePlace(model, place.slot, place.stack).map((line) => html`<div>${line}</div>`)
        }
      </div>
    </div>
  </div>`;
}
