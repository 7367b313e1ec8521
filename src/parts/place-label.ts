import type { StripScale } from '../view/strip-scale.js';
import type { StripInput } from './strip-input.js';

/** Width of the labels left of the picture; the same in the style sheet. */
export const GUTTER_PX = 62;
const GAP_PX = 12;

/** Puts the label beside what it speaks of, within the picture and its labels. */
export function placeLabel(place: HTMLElement, { width, columnToX }: StripScale, input: StripInput): void {
  const label = place.querySelector<HTMLElement>('.strip-label');
  if (label === null || label.hidden) return;
  const { hit, change, dragged, cursor } = input;
  const { first, last } = dragged ?? cursor;
  const x = hit?.x ?? change?.x ?? (columnToX(first) + columnToX(last + 1)) / 2;
  const y = hit?.y ?? 0;
  const isRight = x + GAP_PX + label.offsetWidth <= width;
  const left = isRight ? x + GAP_PX : Math.max(-GUTTER_PX, x - GAP_PX - label.offsetWidth);
  const top = Math.max(0, y - label.offsetHeight - GAP_PX);
  label.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}
