import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findDayStart } from '../../src/filter/zone-time.js';
import { findFigures, findFiguresStart, sumCosts } from '../../src/view/spend-figures.js';
import { makeSums, NOW } from './spend-answers.js';

const DAY_MS = 86_400_000;
const first = (date: string): number => Date.parse(date) / DAY_MS;
type Sums = ReturnType<typeof makeSums>;

/** Days from a date on, with these sums. */
const days = (date: string, sums: readonly Sums[], zone = 'UTC') =>
  sums.map((sum, at) => ({ start: new Date(findDayStart(first(date) + at, zone)).toISOString(), ...sum }));
const cost = (costMillicents: number, more: Partial<Sums> = {}): Sums =>
  makeSums({ calls: 1, costMillicents, ...more });
const repeat = (count: number, sum: Sums): Sums[] => Array.from({ length: count }, () => sum);

describe('the figures of spend', () => {
  it('reckon a month’s end as what there is and the last 7 full days’ average for the days left', () => {
    // From 1 October to 23 November $1 a day, today 50 cents until 14:02.
    const { month, today, monthEnd } = findFigures(
      days('2026-10-01', [...repeat(54, cost(100_000)), cost(50_000)]),
      NOW,
      'UTC',
    );
    assert.equal(month.costMillicents, 23 * 100_000 + 50_000);
    assert.equal(today.costMillicents, 50_000);
    assert.equal(monthEnd.kind, 'estimate');
    if (monthEnd.kind !== 'estimate') return;
    const left = 6 + (DAY_MS - (14 * 60 + 2) * 60_000) / DAY_MS;
    assert.equal(monthEnd.dailyMillicents, 100_000);
    assert.ok(Math.abs(monthEnd.daysLeft - left) < 1e-9);
    assert.equal(monthEnd.millicents, Math.round(2_350_000 + 100_000 * left));
    assert.equal(monthEnd.isAtLeast, false);
  });

  it('say when there are too few full days, no call this month, or no price', () => {
    const end = (points: ReturnType<typeof days>) => findFigures(points, NOW, 'UTC').monthEnd;
    assert.deepEqual(end(days('2026-11-20', repeat(5, cost(100)))), { kind: 'too-little', days: 3 });
    assert.deepEqual(end(days('2026-11-24', [cost(5)])), { kind: 'too-little', days: 0 });
    assert.equal(end(days('2026-11-16', repeat(9, cost(100)))).kind, 'estimate');
    assert.deepEqual(end(days('2026-10-01', repeat(20, cost(100)))), { kind: 'no-calls' });
    assert.deepEqual(end([]), { kind: 'no-calls' });
    const unpriced = makeSums({ calls: 2, unpricedCalls: 2, costMillicents: null });
    assert.deepEqual(end(days('2026-11-01', repeat(24, unpriced))), { kind: 'no-price' });
  });

  it('call an estimate a lower bound where calls in it have no price', () => {
    const some = cost(100, { calls: 2, unpricedCalls: 1 });
    const { monthEnd, month } = findFigures(days('2026-11-01', [some, ...repeat(23, cost(100))]), NOW, 'UTC');
    assert.equal(monthEnd.kind === 'estimate' && monthEnd.isAtLeast, true);
    assert.equal(month.unpricedCalls, 1);
  });

  it('divide by the calls that have a price', () => {
    const { perCall, lastMonth } = findFigures(
      days('2026-10-31', [cost(90), makeSums({ calls: 4, unpricedCalls: 1, costMillicents: 300 })]),
      NOW,
      'UTC',
    );
    assert.equal(perCall, 100);
    assert.deepEqual(lastMonth, { name: 'October', perCall: 90 });
  });

  it('of a month are the sum of its days to the millicent, in zones with clock changes and with unknown costs', () => {
    const anyDay = fc
      .record({ priced: fc.nat(5), unpriced: fc.nat(2), millicents: fc.nat(1_000_000) })
      .map(({ priced, unpriced, millicents }) =>
        makeSums({
          calls: priced + unpriced,
          unpricedCalls: unpriced,
          costMillicents: priced > 0 ? millicents : unpriced > 0 ? null : 0,
        }),
      );
    const dates = ['2026-03-31T22:00:00Z', '2026-10-25T12:00:00Z', '2026-11-01T00:30:00Z', '2026-11-24T14:02:00Z'];
    fc.assert(
      fc.property(
        fc.constantFrom('UTC', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe'),
        fc.constantFrom(...dates),
        fc.array(anyDay, { minLength: 70, maxLength: 70 }),
        (zone, now, sums) => {
          const nowMs = Date.parse(now);
          const date = new Date(findFiguresStart(nowMs, zone) + 12 * 3_600_000).toISOString().slice(0, 10);
          const points = days(date, sums, zone).filter(({ start }) => Date.parse(start) <= nowMs);
          const local = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
          const today = local.format(nowMs);
          const ofMonth = points.filter(
            ({ start }) => local.format(Date.parse(start)).slice(0, 7) === today.slice(0, 7),
          );
          const { month, monthEnd } = findFigures(points, nowMs, zone);
          assert.deepEqual(month, sumCosts(ofMonth));
          if (monthEnd.kind === 'estimate') assert.ok(monthEnd.millicents >= month.costMillicents!);
        },
      ),
    );
  });
});
