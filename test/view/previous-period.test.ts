import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { findPreviousPeriod } from '../../src/view/previous-period.js';

const NOW = Date.parse('2026-11-24T14:02:14Z');
const find = (filter: { since?: string; until?: string; last?: string }, zone = 'Europe/London', now = NOW) => {
  const found = findPreviousPeriod(filter, now, zone);
  return found && [found.since, found.until, found.label];
};
const ZONES = ['UTC', 'Europe/London', 'America/New_York', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Kolkata'];

describe('the period before', () => {
  it('of the last days is as many days before them, to the second', () => {
    assert.deepEqual(find({ last: '7d' }), [
      '2026-11-10T14:02:14.000Z',
      '2026-11-17T14:02:14.000Z',
      'the 7 days before',
    ]);
    assert.deepEqual(find({ last: '1h' }), ['2026-11-24T12:02:14.000Z', '2026-11-24T13:02:14.000Z', 'the hour before']);
  });

  it('of this month so far is the same part of the month before, by the clock on the wall', () => {
    assert.deepEqual(find({ since: '2026-11-01' }), [
      // Summer time until 25 October.
      '2026-09-30T23:00:00.000Z',
      '2026-10-24T13:02:14.000Z',
      '1–24 Oct',
    ]);
    assert.deepEqual(find({ since: '2026-11-01T00:00:00Z', until: '2026-11-30' }), find({ since: '2026-11-01' }));
  });

  it('of a whole month is the whole month before, however long', () => {
    assert.deepEqual(find({ since: '2026-03-01', until: '2026-03-31' }, 'UTC'), [
      '2026-02-01T00:00:00.000Z',
      '2026-03-01T00:00:00.000Z',
      '1–28 Feb',
    ]);
    assert.deepEqual(find({ since: '2026-01-01', until: '2026-01-31' }, 'UTC'), [
      '2025-12-01T00:00:00.000Z',
      '2026-01-01T00:00:00.000Z',
      '1–31 Dec 2025',
    ]);
  });

  it('of the 31st of a month ends with the shorter month before', () => {
    assert.deepEqual(find({ since: '2026-03-01' }, 'UTC', Date.parse('2026-03-31T09:00:00Z')), [
      '2026-02-01T00:00:00.000Z',
      '2026-03-01T00:00:00.000Z',
      '1–28 Feb',
    ]);
  });

  it('of days is as many days before, up to the same time where the last one is today', () => {
    assert.deepEqual(find({ since: '2026-11-16', until: '2026-11-18' }, 'UTC'), [
      '2026-11-13T00:00:00.000Z',
      '2026-11-16T00:00:00.000Z',
      '13–15 Nov',
    ]);
    assert.deepEqual(find({ since: '2026-11-24' }, 'UTC'), [
      '2026-11-23T00:00:00.000Z',
      '2026-11-23T14:02:14.000Z',
      '23 Nov until 14:02',
    ]);
    assert.deepEqual(find({ since: '2026-11-05', until: '2026-11-24' }, 'UTC'), [
      '2026-10-16T00:00:00.000Z',
      '2026-11-04T14:02:14.000Z',
      '16 Oct – 4 Nov',
    ]);
  });

  it('of a stretch between two instants is as long and directly before', () => {
    assert.deepEqual(find({ since: '2026-11-24T10:00:00Z', until: '2026-11-24T11:30:00Z' }), [
      '2026-11-24T08:30:00.000Z',
      '2026-11-24T10:00:00.000Z',
      'the 1 h 30 min before',
    ]);
  });

  it('does not exist without a beginning, nor before something that has not begun', () => {
    assert.equal(find({}), null);
    assert.equal(find({ until: '2026-11-20' }), null);
    assert.equal(find({ last: '999999d' }), null);
    assert.equal(find({ since: '0202-11-01' }), null);
    assert.equal(find({ since: '0202-11-01T10:00:00Z' }), null);
    assert.equal(find({ since: '2026-12-01' }), null);
    assert.equal(find({ since: '2026-11-20T10:00:00Z', until: '2026-11-20T10:00:00Z' }), null);
  });

  it('begins and ends with days of the zone, as many as the filter has, across every change of the clocks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 0, max: 70 }),
        fc.constantFrom(...ZONES),
        (start, length, zone) => {
          const since = Temporal.PlainDate.from('2016-01-02').add({ days: start });
          const until = since.add({ days: length });
          fc.pre(since.day !== 1);
          const now = Temporal.Instant.from('2026-11-24T14:02:14Z').epochMilliseconds;
          const found = findPreviousPeriod({ since: String(since), until: String(until) }, now, zone)!;
          const first = since.subtract({ days: length + 1 });
          assert.equal(Date.parse(found.since), first.toZonedDateTime(zone).epochMilliseconds);
          assert.equal(Date.parse(found.until), since.toZonedDateTime(zone).epochMilliseconds);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('never reaches into the filter and never is longer by more than the clocks change', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2016, 0, 1), max: Date.UTC(2030, 0, 1) }),
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom(...ZONES),
        (nowMs, back, zone) => {
          const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone).toPlainDate();
          const since = today.subtract({ days: back });
          // Until the first moment of a day is until the end of the day before.
          const last = Temporal.Instant.fromEpochMilliseconds(nowMs - 1)
            .toZonedDateTimeISO(zone)
            .toPlainDate();
          fc.pre(since.day !== 1 || since.month !== last.month);
          const found = findPreviousPeriod({ since: String(since) }, nowMs, zone)!;
          const sinceMs = since.toZonedDateTime(zone).epochMilliseconds;
          assert.ok(Date.parse(found.until) <= sinceMs);
          const longer = Date.parse(found.until) - Date.parse(found.since) - (nowMs - sinceMs);
          assert.ok(Math.abs(longer) <= 2 * 3_600_000, `${longer} ms longer`);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
