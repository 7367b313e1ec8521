import type { SpendModel } from './spend-model.js';
import { formatLine } from './spend-scale.js';
import { captionBars, captionLane, describeAmount, findPeak } from './spend-words.js';
import { listTimeTicks } from './strip-time.js';

/** Room for the label of a time. */
const LABEL_PX = 72;

/** What the bars are drawn from: amounts as numbers, everything else as words. */
export function drawSpend(model: SpendModel, width: number) {
  const { read, measure, slots, stacks, sums, ticks, scale } = model;
  const peak = findPeak(model);
  const begun = slots.findIndex(({ state }) => state === 'begun');
  return {
    slots: slots.length,
    stacks: stacks.map(({ series }) => series.points.map(({ value }) => value ?? 0)),
    partial: slots.map(({ state }) => state === 'begun' || state === 'cut'),
    atLeast: sums.map(({ unpricedCalls }) => unpricedCalls > 0),
    ticks,
    lane: sums.map(({ imputed }) => imputed),
    step: scale.step,
    lines: scale.lines,
    laneTop: scale.laneTop,
    lineLabels: Array.from({ length: scale.lines + 1 }, (_, line) =>
      formatLine(line * scale.step, scale.step, measure),
    ),
    slotLabels: labelSlots(model, width),
    caption: captionBars(model),
    laneCaption: captionLane(model),
    peak: peak === null ? null : { slot: peak, label: describeAmount(sums[peak]!, sums[peak]!.value, measure) },
    begun: begun < 0 ? null : { slot: begun, label: read.bucket === 'day' ? 'today, so far' : 'so far' },
  };
}

function labelSlots({ slots, read: { zone } }: SpendModel, width: number): { slot: number; label: string }[] {
  const [first, last] = [slots[0], slots.at(-1)];
  if (first === undefined || last === undefined) return [];
  const labels: { slot: number; label: string }[] = [];
  for (const { atMs, label } of listTimeTicks(first.startMs, last.endMs - 1, zone, Math.max(2, width / LABEL_PX))) {
    const slot = slots.findIndex(({ startMs, endMs }) => atMs >= startMs && atMs < endMs);
    if (slot >= 0 && slot !== labels.at(-1)?.slot) labels.push({ slot, label });
  }
  return labels;
}
