import { formatChange } from './compare-totals.js';
import { formatCount, formatPlural } from './format.js';
import { formatValue } from './spend-scale.js';
import type { SpendModel } from './spend-model.js';
import { type Bucket, describeSlot } from './spend-slots.js';
import { type Amount, type Measure, wholeOf } from './spend-sums.js';
import { describeWindow, formatWall } from './spend-window.js';

/** Spend in words: its summary, the label of a place in the picture, captions. */

const NAMES: Readonly<Record<Measure, string>> = { cost: 'Spend', calls: 'Calls', tokens: 'Tokens' };
const EACH: Readonly<Record<Bucket, string>> = { hour: 'an hour', day: 'a day', week: 'a week', month: 'a month' };

/** `$92.07`, `at least $92.07`, `not priced`. */
export function describeAmount({ unpricedCalls }: Amount, value: number | null, measure: Measure): string {
  if (value === null) return 'not priced';
  return `${unpricedCalls > 0 ? 'at least ' : ''}${formatValue(value, measure)}${measure === 'tokens' ? ' tokens' : measure === 'calls' ? (value === 1 ? ' call' : ' calls') : ''}`;
}

/** `Billed a day`, above the picture. */
export function captionBars({ measure, read: { bucket }, all }: SpendModel): string {
  const what = measure !== 'cost' ? NAMES[measure] : all.imputed > 0 ? 'Billed' : 'Cost';
  return `${what} ${EACH[bucket]}`;
}

export function captionLane({ read: { bucket } }: SpendModel): string {
  return `Imputed ${EACH[bucket]}: covered by a subscription, not billed`;
}

/** The slot with the most in it; null where all are empty. */
export function findPeak({ sums }: SpendModel): number | null {
  let best: number | null = null;
  sums.forEach(({ value }, at) => {
    if ((value ?? 0) > (best === null ? 0 : (sums[best]!.value ?? 0))) best = at;
  });
  return best;
}

/** One sentence or two on the whole picture, for those who do not see it. */
export function describeSpend(model: SpendModel): string {
  const { read, measure, all, rows, sums, slots, beforeAll } = model;
  const { bucket, zone, nowMs, by, window, before } = read;
  const split = by === 'none' ? '' : `, by ${by}`;
  const parts = [
    `${NAMES[measure]} by the ${bucket}, ${describeWindow(window, nowMs, zone)}${split}: ${describeAmount(all, wholeOf(all), measure)} in all`,
  ];
  if (all.imputed > 0) parts.push(`of it ${formatValue(all.imputed, measure)} imputed and not billed`);
  if (all.unpricedCalls > 0) parts.push(`${formatPlural(all.unpricedCalls, 'call')} not priced`);
  const sentences = [`${parts.join(', ')}.`];
  const peak = findPeak(model);
  if (peak !== null && slots.length > 1) {
    const word = measure === 'cost' ? 'dearest' : 'busiest';
    const what = describeAmount(sums[peak]!, sums[peak]!.value, measure);
    sentences.push(
      `The ${word} ${bucket} is ${describeSlot(slots[peak]!.startMs, bucket, zone).replace(/^week of/, 'that of')}, ${what}.`,
    );
  }
  const top = rows[0];
  if (top?.kind === 'series' && top.share !== null && rows.length > 2)
    sentences.push(`Most is ${top.label}, ${top.share}.`);
  const change = beforeAll && compareWords(wholeOf(all), wholeOf(beforeAll));
  if (change !== null && before) sentences.push(`That is ${change} ${before.period.label}.`);
  return sentences.join(' ');
}

/** `12.4 % more than`, `as much as in`, `130 times as much as in`; null where there is nothing to compare with. */
export function compareWords(now: number | null, before: number | null): string | null {
  const change = now === null || before === null || before === 0 ? null : formatChange(now, before);
  if (change === null) return null;
  if (change.startsWith('±')) return 'as much as in';
  if (change.startsWith('×')) return `${change.slice(1)} times as much as in`;
  return `${change.slice(1)} ${change.startsWith('+') ? 'more' : 'less'} than`;
}

/** Lines about a slot, and about one stack of it where one is meant. `lane`: about its imputed part. */
export function describePlace(model: SpendModel, slot: number, stack: number | 'lane' | null): string[] {
  const { read, measure, slots, stacks, sums, ticks } = model;
  const { bucket, zone, shifted, nowMs } = read;
  const { startMs, endMs, state } = slots[slot]!;
  const sum = sums[slot]!;
  const end = bucket === 'hour' ? `–${formatWall(endMs, zone)}` : '';
  const part =
    state === 'begun'
      ? `, so far (${formatWall(nowMs, zone)})`
      : state === 'cut'
        ? ', a part of it'
        : state === 'future'
          ? ', still to come'
          : '';
  const lines = [`${describeSlot(startMs, bucket, zone)}${end}${part}`];
  if (state !== 'future') {
    const one = typeof stack === 'number' ? stacks[stack] : undefined;
    if (one !== undefined && stacks.length > 1) {
      const amount = one.series.points[slot]!;
      lines.push(`${one.label}: ${describeAmount(amount, amount.value, measure)}`);
    }
    const billed = sum.imputed > 0 || stack === 'lane' ? ' billed' : '';
    lines.push(`${stacks.length > 1 ? 'all: ' : ''}${describeAmount(sum, sum.value, measure)}${billed}`);
    if (sum.imputed > 0 || stack === 'lane') lines.push(`imputed, not billed: ${formatValue(sum.imputed, measure)}`);
    if (sum.unpricedCalls > 0)
      lines.push(`${formatCount(sum.unpricedCalls)} of ${formatPlural(sum.calls, 'call')} not priced`);
    else if (measure !== 'calls') lines.push(formatPlural(sum.calls, 'call'));
  }
  const tick = ticks[slot];
  if (tick != null && shifted) lines.push(`${shifted.shift.label}: ${formatValue(tick, measure)}`);
  return lines;
}
