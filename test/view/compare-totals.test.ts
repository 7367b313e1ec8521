import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ComparisonWords, compareTotals, formatChange, tellUnrecorded } from '../../src/view/compare-totals.js';
import { ONE_CALL } from './one-call.js';

const period = { since: '', until: '', label: '1–24 Oct', title: 'From 1 Oct until 24 Oct' };
const sums = { ...ONE_CALL, calls: 100, costMillicents: 200_000 as number | null };

describe('a change', () => {
  it('is a percentage with its sign', () => {
    assert.equal(formatChange(109, 100), '+9.0 %');
    assert.equal(formatChange(66, 100), '−34.0 %');
    assert.equal(formatChange(0, 5), '−100.0 %');
    assert.equal(formatChange(999, 10), '+9,890.0 %');
  });

  it('to a hundred times as much and more is told in times', () => {
    assert.equal(formatChange(13_000, 10), '×1,300');
    assert.equal(formatChange(56_261_337, 130), '×432,780');
  });

  it('from nothing is new, never endless', () => {
    assert.equal(formatChange(5, 0), 'new');
    assert.equal(formatChange(0, 0), null);
  });

  it('of nothing is told apart from one too small to print', () => {
    assert.equal(formatChange(100_000, 100_000), '±0 %');
    assert.equal(formatChange(100_001, 100_000), '+<0.1 %');
    assert.equal(formatChange(99_999, 100_000), '−<0.1 %');
  });
});

describe('totals beside those of the period before', () => {
  it('tell the change of calls and of the cost', () => {
    const compared = compareTotals({ ...sums, calls: 109, costMillicents: 224_800 }, sums, period);
    assert.equal(compared.calls, '+9.0 %');
    assert.equal(compared.cost!.text, '+12.4 %');
    assert.equal(compared.label, '1–24 Oct');
    assert.equal(
      compared.sentence,
      '109 calls, compared with 100 in 1–24 Oct: +9.0 %. Cost, compared with 1–24 Oct: +12.4 %.',
    );
  });

  it('call the change one of the priced calls where either side has calls without a price', () => {
    for (const [now, before] of [
      [{ ...sums, unpricedCalls: 3 }, sums],
      [sums, { ...sums, unpricedCalls: 3 }],
    ] as const) {
      const { cost } = compareTotals(now, before, period);
      assert.equal(cost!.text, 'priced ±0 %');
      assert.match(cost!.title, /Not priced: [03] now, [03] then, so the whole change is not known/);
    }
  });

  it('tell no change of a cost that is not known at all', () => {
    assert.equal(compareTotals({ ...sums, unpricedCalls: 100, costMillicents: null }, sums, period).cost, null);
    assert.equal(compareTotals(sums, { ...sums, unpricedCalls: 100, costMillicents: null }, period).cost, null);
  });

  it('say that there were no calls before', () => {
    const compared = compareTotals(sums, { ...sums, calls: 0, costMillicents: 0 }, period);
    assert.deepEqual([compared.label, compared.calls, compared.cost], ['no calls in 1–24 Oct', null, null]);
  });

  it('are set against nothing where that period was not recorded, or only in part', () => {
    const before = { ...period, since: '2026-10-01T00:00:00Z', until: '2026-10-25T00:00:00Z' };
    const tell = (oldest: string | null): ComparisonWords | null => tellUnrecorded(before, oldest, 'UTC');
    for (const oldest of [null, '2026-09-30T23:59:59Z', '2026-10-01T00:00:00Z']) assert.equal(tell(oldest), null);
    assert.match(tell('2026-10-01T00:00:01Z')!.sentence, /^Nothing was recorded in part of 1–24 Oct to compare with/);
    const { label, title, calls, cost, sentence } = tell('2026-10-25T00:00:00Z')!;
    assert.match(sentence, /^Nothing was recorded in 1–24 Oct to compare with: the oldest call is of 25 Oct/);
    assert.match(label, /^nothing: recorded since 25 Oct/);
    assert.equal(title, `${sentence} ${period.title}`);
    assert.deepEqual([calls, cost], [null, null]);
  });
});
