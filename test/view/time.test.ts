import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatClock, formatDay, formatInstant, formatRecent } from '../../src/view/time.js';

const NOW = new Date('2026-11-24T14:02:14Z');

describe('instants', () => {
  it('are days of this year without it, and of another year with it', () => {
    assert.equal(formatDay('2026-11-23T12:00:00Z', 'UTC', NOW), '23 Nov');
    assert.equal(formatDay('2025-11-23T12:00:00Z', 'UTC', NOW), '23 Nov 2025');
  });

  it('fall on the day and year of the zone, not of UTC', () => {
    assert.equal(formatDay('2026-11-23T23:30:00Z', 'Pacific/Auckland', NOW), '24 Nov');
    assert.equal(formatDay('2026-01-01T03:00:00Z', 'America/New_York', NOW), '31 Dec 2025');
  });

  it('follow daylight saving time', () => {
    assert.equal(formatClock('2026-10-25T00:30:00Z', 'Europe/London'), '01:30:00');
    assert.equal(formatClock('2026-10-25T01:30:00Z', 'Europe/London'), '01:30:00');
    assert.equal(formatClock('2026-10-25T02:30:00Z', 'Europe/London'), '02:30:00');
  });

  it('start a day at 00, not at 24', () => {
    assert.equal(formatClock('2026-11-24T00:00:05.123456Z', 'UTC'), '00:00:05');
  });

  it('are told in full with their zone', () => {
    assert.equal(formatInstant('2026-11-24T14:02:11Z', 'Europe/London'), '24 Nov 2026, 14:02:11 Europe/London');
  });

  it('are a time of day today and a day before that, by the zone', () => {
    assert.equal(formatRecent('2026-11-24T14:02:11Z', 'UTC', NOW), '14:02:11');
    assert.equal(formatRecent('2026-11-23T23:59:59Z', 'UTC', NOW), '23 Nov');
    assert.equal(formatRecent('2026-11-23T23:59:59Z', 'Europe/Paris', NOW), '00:59:59');
  });

  it('are drawn in UTC where a link names a zone that does not exist', () => {
    assert.equal(formatClock('2026-11-24T14:02:11Z', 'Middle/Earth'), '14:02:11');
  });
});
