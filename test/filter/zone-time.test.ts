import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { DAY_MS, dayOf, findDayStart, findInstant, readWallClock, toDate, toDay } from '../../src/filter/zone-time.js';

const ZONES = [
  'UTC',
  'Europe/London',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Havana',
  'America/St_Johns',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Tehran',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
];
const zones = fc.constantFrom(...ZONES);
const instants = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2035, 0, 1) });

describe('days and clocks of a zone', () => {
  it('are the ones that Temporal knows, in every zone and season', () => {
    fc.assert(
      fc.property(instants, zones, (instantMs, zone) => {
        const there = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone);
        assert.equal(dayOf(instantMs, zone), toDay(there.year, there.month, there.day));
        assert.equal(readWallClock(instantMs, zone), there.toPlainDateTime().toZonedDateTime('UTC').epochMilliseconds);
      }),
      { numRuns: 2000 },
    );
  });

  it('start a day where Temporal starts it, also when clocks change at midnight', () => {
    fc.assert(
      fc.property(instants, zones, (instantMs, zone) => {
        const day = dayOf(instantMs, zone);
        const { year, month, dayOfMonth } = toDate(day);
        const date = Temporal.PlainDate.from({ year, month, day: dayOfMonth });
        assert.equal(findDayStart(day, zone), date.toZonedDateTime(zone).epochMilliseconds);
      }),
      { numRuns: 3000 },
    );
    for (const [zone, date] of [
      ['America/Sao_Paulo', '2018-11-04'],
      ['America/Sao_Paulo', '2018-02-18'],
      ['America/Havana', '2024-11-03'],
      ['Asia/Beirut', '2024-03-31'],
      ['Africa/Cairo', '2024-04-26'],
    ] as const) {
      const day = Date.parse(date) / DAY_MS;
      const expected = Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
      assert.equal(findDayStart(day, zone), expected, `${date} in ${zone}`);
    }
  });

  it('find the instant of a time on the wall as Temporal does, also when it comes twice or not at all', () => {
    fc.assert(
      fc.property(instants, zones, (wallMs, zone) => {
        const wall = Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO('UTC').toPlainDateTime();
        assert.equal(findInstant(wallMs, zone), wall.toZonedDateTime(zone).epochMilliseconds);
      }),
      { numRuns: 3000 },
    );
    for (const [wall, expected] of [
      ['2026-03-29T01:30:00Z', '2026-03-29T01:30:00Z'],
      ['2026-10-25T01:30:00Z', '2026-10-25T00:30:00Z'],
    ] as const) {
      assert.equal(findInstant(Date.parse(wall), 'Europe/London'), Date.parse(expected));
    }
  });

  it('are those of UTC in a zone that does not exist', () => {
    assert.equal(findDayStart(20_000, 'Middle/Earth'), 20_000 * DAY_MS);
  });
});
