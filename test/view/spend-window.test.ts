import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { findDayStart } from '../../src/filter/zone-time.js';
import {
  alignBefore,
  BUCKETS,
  chooseBucket,
  describeSlot,
  findShift,
  findSlotEnd,
  makeSlots,
} from '../../src/view/spend-slots.js';
import { describeWindow, findPeriod, findPeriodTime, findWindow, PERIODS } from '../../src/view/spend-window.js';
import { NOW } from './spend-answers.js';

const ZONES = ['UTC', 'Europe/London', 'America/New_York', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Kolkata'];
const DAY_MS = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const day = (date: string, zone = 'UTC'): number => findDayStart(Date.parse(date) / DAY_MS, zone);

describe('the window of spend', () => {
  const find = (filter: { since?: string; until?: string; last?: string }, first: number | null = null) => {
    const found = findWindow(filter, NOW, 'UTC', first);
    return (
      found && [iso(found.sinceMs).slice(0, 16), iso(found.untilMs).slice(0, 16), describeWindow(found, NOW, 'UTC')]
    );
  };

  it('of this month or today goes to its end, and is told until now', () => {
    assert.deepEqual(find({ since: '2026-11-01' }), ['2026-11-01T00:00', '2026-12-01T00:00', '1–24 November 2026']);
    assert.deepEqual(find({ since: '2026-11-24' }), ['2026-11-24T00:00', '2026-11-25T00:00', '24 November 2026']);
  });

  it('of another beginning goes until now, of an end until the end of its day', () => {
    assert.deepEqual(find({ since: '2026-11-10' }), ['2026-11-10T00:00', '2026-11-24T14:02', '10–24 November 2026']);
    assert.deepEqual(find({ since: '2026-10-28', until: '2026-11-02' }), [
      '2026-10-28T00:00',
      '2026-11-03T00:00',
      '28 October – 2 November 2026',
    ]);
    assert.deepEqual(find({ last: '7d' }), ['2026-11-17T14:02', '2026-11-24T14:02', '17–24 November 2026']);
  });

  it('without a beginning is that of the first call’s day; without a call there is none', () => {
    assert.deepEqual(find({}, Date.parse('2025-12-30T10:00:00Z')), [
      '2025-12-30T00:00',
      '2026-11-24T14:02',
      '30 December 2025 – 24 November 2026',
    ]);
    assert.equal(find({}), null);
  });

  it('of hours is told with its times', () => {
    assert.equal(
      find({ since: '2026-11-24T09:00:00Z', until: '2026-11-24T12:30:00Z' })![2],
      '24 November 2026, 09:00–12:30',
    );
    assert.equal(find({ last: '24h' })![2], '23 November, 14:02 – 24 November 2026, 14:02');
  });

  it('is a period exactly where the filter says that and nothing else', () => {
    for (const [period] of PERIODS) {
      const time = findPeriodTime(period, NOW, 'Europe/London');
      assert.equal(findPeriod(time, NOW, 'Europe/London'), period);
      assert.equal(findPeriod({ ...time, until: '2026-12-24' }, NOW, 'Europe/London'), null);
    }
    assert.equal(findPeriod({ since: '2026-11-02' }, NOW, 'UTC'), null);
  });
});

describe('the bucket of spend', () => {
  const fit = (days: number, asked = ''): string =>
    chooseBucket({ sinceMs: NOW - days * DAY_MS, untilMs: NOW, isFromFirst: false }, asked);

  it('fits the window: hours to 3 days, days to 120, weeks to 2 years, months beyond', () => {
    assert.deepEqual(
      [1, 3, 4, 120, 121, 730, 800, 9000].map((days) => fit(days)),
      [...['hour', 'hour', 'day', 'day', 'week', 'week', 'month', 'month']],
    );
  });

  it('is the one that is asked for, unless that would make more bars than can be seen', () => {
    assert.deepEqual(
      [fit(2, 'day'), fit(30, 'hour'), fit(90, 'hour'), fit(5000, 'hour'), fit(20_000, 'day'), fit(7, 'nonsense')],
      ['day', 'hour', 'day', 'week', 'month', 'day'],
    );
  });

  it('ends where the next one begins, across clock changes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES.filter((zone) => zone !== 'Australia/Lord_Howe')),
        fc.constantFrom(...BUCKETS),
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        (zone, bucket, date) => {
          const at = Temporal.Instant.from(date.toISOString()).toZonedDateTimeISO(zone);
          const unit = bucket === 'week' ? 'day' : bucket;
          const back = bucket === 'week' ? at.dayOfWeek - 1 : bucket === 'month' ? at.day - 1 : 0;
          const start =
            unit === 'hour'
              ? at.round({ smallestUnit: 'hour', roundingMode: 'floor' })
              : at.subtract({ days: back }).startOfDay();
          const end = bucket === 'hour' ? start.add({ hours: 1 }) : start.add({ [`${bucket}s`]: 1 }).startOfDay();
          assert.equal(findSlotEnd(bucket, date.getTime(), zone), end.epochMilliseconds);
        },
      ),
    );
  });
});

describe('a slot of spend', () => {
  const window = { sinceMs: Date.parse('2026-11-22T06:00:00Z'), untilMs: day('2026-11-26'), isFromFirst: false };
  const starts = ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'].map((date) => day(date));

  it('is whole, cut by the filter, going on, or still to come', () => {
    const states = makeSlots(starts, { bucket: 'day', window, nowMs: NOW, zone: 'UTC' }).map(({ state }) => state);
    assert.deepEqual(states, ['cut', 'whole', 'begun', 'future']);
  });

  it('is not cut by the first call that there is', () => {
    const [first] = makeSlots(starts, {
      bucket: 'day',
      window: { ...window, isFromFirst: true },
      nowMs: NOW,
      zone: 'UTC',
    });
    assert.equal(first!.state, 'whole');
  });

  it('has a name', () => {
    assert.deepEqual(
      BUCKETS.map((bucket) => describeSlot(day('2026-11-18'), bucket, 'UTC')),
      ['18 November, 00:00', 'Wednesday 18 November', 'week of 18 November', 'November 2026'],
    );
  });
});

describe('what a slot is compared with', () => {
  const frame = (sinceMs: number, untilMs: number, zone: string) => ({
    ...({ bucket: 'day', nowMs: NOW, zone } as const),
    window: { sinceMs, untilMs, isFromFirst: false },
  });

  it('is the same weekday, about as long before as the window is long, whatever the clocks did', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 1, max: 130 }), fc.nat(500), (zone, days, offset) => {
        const first = Date.parse('2026-01-01') / DAY_MS + offset;
        const starts = Array.from({ length: days }, (_, at) => findDayStart(first + at, zone));
        const slots = makeSlots(starts, frame(starts[0]!, findDayStart(first + days, zone), zone));
        const shift = findShift(slots, 'day', zone)!;
        assert.equal(shift.by % 7, 0);
        assert.ok(shift.by > 0 && Math.abs(shift.by - days) <= 7);
        const before = Array.from({ length: days }, (_, at) => ({
          startMs: findDayStart(first - shift.by + at, zone),
          value: at,
        }));
        assert.equal(shift.sinceMs, before[0]!.startMs);
        assert.equal(shift.untilMs, findDayStart(first - shift.by + days, zone));
        assert.deepEqual(
          alignBefore(slots, before, shift, 'day', zone),
          before.map(({ value }) => value),
        );
      }),
    );
  });

  it('is the same hour of the day before, and nothing where clocks leapt over it', () => {
    const zone = 'Europe/London';
    const hours = (date: string): number[] =>
      Array.from({ length: 24 }, (_, hour) => day(date, zone) + hour * 3_600_000).filter(
        (ms) => ms < day(date, zone) + DAY_MS,
      );
    const starts = hours('2026-03-30');
    const slots = makeSlots(starts, { ...frame(starts[0]!, day('2026-03-31', zone), zone), bucket: 'hour' });
    const shift = findShift(slots, 'hour', zone)!;
    assert.equal(shift.label, 'the day before');
    // On 29 March clocks go from 00:59 to 02:00.
    const before = hours('2026-03-29')
      .slice(0, 23)
      .map((startMs, value) => ({ startMs, value }));
    const aligned = alignBefore(slots, before, shift, 'hour', zone);
    assert.deepEqual(aligned.slice(0, 4), [0, null, 1, 2]);
    assert.equal(aligned[23], 22);
  });

  it('is as many months before, for months', () => {
    const starts = ['2026-01-01', '2026-02-01', '2026-03-01'].map((date) => day(date));
    const slots = makeSlots(starts, { ...frame(starts[0]!, day('2026-04-01'), 'UTC'), bucket: 'month' });
    const shift = findShift(slots, 'month', 'UTC')!;
    const before = ['2025-10-01', '2025-11-01', '2025-12-01'].map((date, value) => ({ startMs: day(date), value }));
    assert.equal(shift.label, '3 months earlier');
    assert.equal(iso(shift.sinceMs).slice(0, 10), '2025-10-01');
    assert.deepEqual(alignBefore(slots, before, shift, 'month', 'UTC'), [0, 1, 2]);
  });
});
