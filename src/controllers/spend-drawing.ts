/** What the look adds to bars on a canvas: hairlines, labels, gaps, hatched caps, ticks, the lane of imputed amounts. */

/** Bars over slots of time, from the baseline up, in one unit. */
export interface BarsPicture {
  readonly slots: number;
  /** For each stack one amount a slot. */
  readonly stacks: readonly (readonly number[])[];
  /** Slots of which only a part is there. */
  readonly partial: readonly boolean[];
  /** Slots with more than is drawn, how much is unknown. */
  readonly atLeast: readonly boolean[];
  /** The period before, slot by slot; null where there is none. */
  readonly ticks: readonly (number | null)[];
  /** Amounts of the lane below; none without it. */
  readonly lane: readonly number[];
  readonly step: number;
  readonly lines: number;
  readonly laneTop: number;
  /** From the baseline up. */
  readonly lineLabels: readonly string[];
  readonly slotLabels: readonly { readonly slot: number; readonly label: string }[];
  readonly caption: string;
  readonly laneCaption: string;
  /** The highest bar in words. */
  readonly peak: { readonly slot: number; readonly label: string } | null;
  /** The slot that goes on now, in words. */
  readonly begun: { readonly slot: number; readonly label: string } | null;
}

/** Colours as the canvas takes them. */
export interface BarsPaint {
  readonly bg: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly unpriced: string;
  readonly imputed: string;
  /** An edge, where the fill alone does not tell a stack from its neighbours. */
  readonly stacks: readonly { readonly fill: string; readonly edge: string | null }[];
  readonly font: string;
}

/** Where things stand, in CSS pixels from the left upper corner. */
export interface BarsGeometry {
  readonly left: number;
  readonly slotWidth: number;
  readonly width: number;
  /** Of a slot that its bar takes. */
  readonly barShare: number;
  /** Amount at the top line. */
  readonly top: number;
  /** Pixels of one. */
  readonly unit: number;
  readonly base: number;
  /** Baseline of the words below the axis. */
  readonly times: number;
  readonly laneBase: number | null;
}

const CAP_PX = 7;
/** Room of the caption above the bars. */
const CAPTION_PX = 24;
const HATCH_PX = 4;
/** A bar lower than this has no gap to its neighbour: it would be nothing else. */
const GAP_FROM_PX = 2.5;
const PARTIAL_ALPHA = 0.4;

type Draw = (context: CanvasRenderingContext2D, picture: BarsPicture, geometry: BarsGeometry, paint: BarsPaint) => void;

const barLeft = ({ left, slotWidth, barShare }: BarsGeometry, slot: number): number =>
  left + (slot + (1 - barShare) / 2) * slotWidth;

function fillLine(context: CanvasRenderingContext2D, x: number, y: number, width: number, colour: string): void {
  context.fillStyle = colour;
  context.fillRect(x, Math.round(y), width, 1);
}

/** Hairlines with their labels in the left gutter, times, captions. */
export const drawBelow: Draw = (context, picture, geometry, paint) => {
  const { left, width, base, unit, slotWidth, times, laneBase } = geometry;
  context.save();
  context.font = paint.font;
  for (const [line, label] of picture.lineLabels.entries()) {
    const y = base - line * picture.step * unit;
    if (line > 0) fillLine(context, left, y, width - left, paint.line);
    context.fillStyle = paint.muted;
    context.textAlign = 'right';
    context.fillText(label, left - 8, y + 4);
  }
  context.textAlign = 'left';
  context.fillText(picture.caption, left, 11);
  if (laneBase !== null) {
    context.fillText(picture.laneCaption, left, laneBase - picture.laneTop * unit - 7, width - left);
    fillLine(context, left, laneBase, width - left, paint.line);
  }
  for (const { slot, label } of picture.slotLabels) {
    const half = context.measureText(label).width / 2;
    const x = Math.max(left + half, Math.min(width - half, left + (slot + 0.5) * slotWidth));
    context.fillStyle = paint.muted;
    context.fillText(label, x - half, times);
  }
  context.restore();
};

/** What stands on the bars, and the lane. */
export const drawAbove: Draw = (context, picture, geometry, paint) => {
  context.save();
  context.font = paint.font;
  const tops = drawEdges(context, picture, geometry, paint);
  drawCaps(context, picture, geometry, paint, tops);
  drawTicks(context, picture, geometry, paint);
  fillLine(context, geometry.left, geometry.base, geometry.width - geometry.left, paint.ink);
  drawLane(context, picture, geometry, paint);
  drawWords(context, picture, geometry, paint, tops);
  context.restore();
};

/** Gaps between stacks, their edges, and partial slots at 40 %; gives the top of each slot's bar. */
function drawEdges(...[context, picture, geometry, paint]: Parameters<Draw>): number[] {
  const { base, unit, slotWidth, barShare } = geometry;
  const width = slotWidth * barShare;
  return Array.from({ length: picture.slots }, (_, slot) => {
    const x = barLeft(geometry, slot);
    let y = base;
    for (const [stack, values] of picture.stacks.entries()) {
      const height = (values[slot] ?? 0) * unit;
      if (height <= 0) continue;
      y -= height;
      const { fill, edge } = paint.stacks[stack]!;
      if (picture.partial[slot]) {
        context.globalAlpha = 1 - PARTIAL_ALPHA;
        context.fillStyle = paint.bg;
        context.fillRect(x, y, width, height);
        context.globalAlpha = 1;
      }
      const outline = picture.partial[slot] ? (edge ?? fill) : edge;
      if (outline !== null && width > 3 && height > GAP_FROM_PX) {
        context.strokeStyle = outline;
        context.lineWidth = 1;
        context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
      }
      if (height > GAP_FROM_PX && base - y - height > 0.5) {
        context.fillStyle = paint.bg;
        context.fillRect(x - 0.5, y + height - 0.5, width + 1, 1);
      }
    }
    return y;
  });
}

/** Of one height, since what is missing is unknown; without an upper edge, since it has no end. */
function drawCaps(
  context: CanvasRenderingContext2D,
  picture: BarsPicture,
  geometry: BarsGeometry,
  paint: BarsPaint,
  tops: readonly number[],
): void {
  const width = geometry.slotWidth * geometry.barShare;
  if (!picture.atLeast.includes(true)) return;
  context.save();
  context.beginPath();
  for (const [slot, isCapped] of picture.atLeast.entries()) {
    if (isCapped) context.rect(barLeft(geometry, slot), tops[slot]! - 1 - CAP_PX, Math.max(2, width), CAP_PX);
  }
  context.clip();
  context.beginPath();
  const lowest = geometry.base;
  for (let x = geometry.left - lowest; x < geometry.width; x += HATCH_PX) {
    context.moveTo(x, lowest);
    context.lineTo(x + lowest, 0);
  }
  context.strokeStyle = paint.unpriced;
  context.lineWidth = 1.5;
  context.stroke();
  context.restore();
}

function drawTicks(...[context, picture, geometry, paint]: Parameters<Draw>): void {
  const { left, slotWidth, base, unit } = geometry;
  const [inset, width] = slotWidth > 6 ? [slotWidth * 0.08, slotWidth * 0.84] : [0, slotWidth];
  for (const [colour, height] of [
    [paint.bg, 3.5],
    [paint.ink, 1.25],
  ] as const) {
    context.fillStyle = colour;
    for (const [slot, tick] of picture.ticks.entries()) {
      if (tick !== null)
        context.fillRect(left + slot * slotWidth + inset, base - tick * unit - height / 2, width, height);
    }
  }
}

/** Hollow bars on the scale of those above. */
function drawLane(...[context, picture, geometry, paint]: Parameters<Draw>): void {
  const { laneBase, unit, slotWidth, barShare } = geometry;
  if (laneBase === null) return;
  const width = slotWidth * barShare;
  context.lineWidth = 1;
  context.strokeStyle = context.fillStyle = paint.imputed;
  for (const [slot, amount] of picture.lane.entries()) {
    const height = amount * unit;
    if (height <= 0) continue;
    const x = barLeft(geometry, slot);
    if (width > 3 && height > 2) context.strokeRect(x + 0.5, laneBase - height + 0.5, width - 1, height - 1);
    else context.fillRect(x, laneBase - Math.max(1, height), width, Math.max(1, height));
  }
}

function drawWords(
  context: CanvasRenderingContext2D,
  picture: BarsPicture,
  geometry: BarsGeometry,
  paint: BarsPaint,
  tops: readonly number[],
): void {
  const { left, slotWidth, width, base } = geometry;
  const { peak, begun } = picture;
  context.textAlign = 'left';
  if (begun !== null) {
    const x = left + (begun.slot + 1) * slotWidth + 2;
    // Where slots still to come give it room.
    if (x + context.measureText(begun.label).width <= width) {
      context.fillStyle = paint.muted;
      context.fillText(begun.label, x, base - 6);
    }
  }
  if (peak === null) return;
  const half = context.measureText(peak.label).width / 2;
  const y = tops[peak.slot]! - (picture.atLeast[peak.slot] ? CAP_PX + 1 : 0) - 5;
  // Beside the caption, not on it.
  const free = y < CAPTION_PX ? left + context.measureText(picture.caption).width + 12 : left;
  const x = Math.max(free + half, Math.min(width - half, left + (peak.slot + 0.5) * slotWidth)) - half;
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = paint.bg;
  context.strokeText(peak.label, x, y);
  context.fillStyle = paint.ink;
  context.fillText(peak.label, x, y);
}
