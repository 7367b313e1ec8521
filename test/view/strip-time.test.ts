import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { listTimeTicks } from '../../src/view/strip-time.js';

const labels = (since: string, until: string, zone = 'UTC', most = 12): string[] =>
  listTimeTicks(Date.parse(since), Date.parse(until), zone, most).map(({ label }) => label);

describe('the times under the strip', () => {
  it('are Mondays of a month, days of a week, hours of a day and minutes of an hour', () => {
    assert.deepEqual(labels('2026-11-01T00:00:00Z', '2026-11-24T14:00:00Z', 'UTC', 11), [
      'Mon 2',
      'Mon 9',
      'Mon 16',
      'Mon 23',
    ]);
    assert.deepEqual(labels('2026-11-20T06:00:00Z', '2026-11-24T06:00:00Z', 'UTC', 6), [
      'Sat 21',
      'Sun 22',
      'Mon 23',
      'Tue 24',
    ]);
    assert.deepEqual(labels('2026-11-23T20:10:00Z', '2026-11-24T10:00:00Z', 'UTC', 5), [
      '21:00',
      '24 Nov',
      '03:00',
      '06:00',
      '09:00',
    ]);
    assert.deepEqual(labels('2026-11-24T12:59:00Z', '2026-11-24T13:31:00Z', 'UTC', 4), [
      '13:00',
      '13:10',
      '13:20',
      '13:30',
    ]);
  });

  it('are months and years of longer times, with their years', () => {
    assert.deepEqual(labels('2026-10-15T00:00:00Z', '2027-03-15T00:00:00Z', 'UTC', 6), [
      'Nov',
      'Dec',
      'Jan 2027',
      'Feb',
      'Mar',
    ]);
    assert.deepEqual(labels('2021-05-01T00:00:00Z', '2026-05-01T00:00:00Z', 'UTC', 6), [
      '2022',
      '2023',
      '2024',
      '2025',
      '2026',
    ]);
  });

  it('begin days where the zone does', () => {
    const ticks = listTimeTicks(
      Date.parse('2026-03-27T00:00:00Z'),
      Date.parse('2026-03-30T12:00:00Z'),
      'Europe/London',
      5,
    );
    assert.deepEqual(
      ticks.map(({ atMs, label }) => [new Date(atMs).toISOString(), label]),
      [
        ['2026-03-27T00:00:00.000Z', 'Fri 27'],
        ['2026-03-28T00:00:00.000Z', 'Sat 28'],
        ['2026-03-29T00:00:00.000Z', 'Sun 29'],
        // Clocks went forward in the night before.
        ['2026-03-29T23:00:00.000Z', 'Mon 30'],
      ],
    );
  });

  it('show an hour that clocks leap over as the one they leap to', () => {
    assert.deepEqual(labels('2026-03-29T00:00:00Z', '2026-03-29T03:00:00Z', 'Europe/London', 4), [
      '29 Mar',
      '02:00',
      '03:00',
      '04:00',
    ]);
  });

  it('are in order, within the time, no more than asked for, in every zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2030, 0, 1) }),
        fc.double({ min: 0, max: 11, noNaN: true }),
        fc.integer({ min: 3, max: 16 }),
        fc.constantFrom('UTC', 'Europe/London', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
        (sinceMs, power, most, zone) => {
          const untilMs = sinceMs + Math.round(10 ** power);
          const ticks = listTimeTicks(sinceMs, untilMs, zone, most);
          assert.ok(ticks.length <= most + 2, `${ticks.length} of ${most}`);
          for (const [index, { atMs }] of ticks.entries()) {
            assert.ok(atMs >= sinceMs && atMs <= untilMs);
            if (index > 0) assert.ok(atMs > ticks[index - 1]!.atMs);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
