import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Temporal } from 'temporal-polyfill';
import type { FilterQuery } from '../../src/api/query.js';
import { QueryError } from '../../src/api/query-error.js';
import {
  dateOfDay,
  firstOfMonth,
  firstOfNextMonth,
  LocalDays,
  mondayOf,
} from '../../src/server/sources/database/local-days.js';
import { toInstant, toStoredBound } from '../../src/server/sources/database/stored-time.js';
import { readWindow } from '../../src/server/sources/database/time-window.js';
import { CIRCUMSTANCES, NOW_MS, openContents, requestRow } from './database-rows.js';

const windowOf = (query: FilterQuery): unknown => readWindow(query, NOW_MS);

describe('the window of a filter', () => {
  it('begins and ends at midnight of its zone, also when a day has 23 or 25 hours', () => {
    const days: [FilterQuery, string, string][] = [
      [{ since: '2026-11-24', until: '2026-11-24' }, '2026-11-24 00:00:00', '2026-11-25 00:00:00'],
      [{ since: '2026-03-29', until: '2026-03-29', tz: 'Europe/Berlin' }, '2026-03-28 23:00:00', '2026-03-29 22:00:00'],
      [{ since: '2026-10-25', until: '2026-10-25', tz: 'Europe/Berlin' }, '2026-10-24 22:00:00', '2026-10-25 23:00:00'],
      [
        { since: '2026-11-24', until: '2026-11-25', tz: 'Asia/Kathmandu' },
        '2026-11-23 18:15:00',
        '2026-11-25 18:15:00',
      ],
      // Clocks in Beirut go forward at midnight: the day begins at one.
      [{ since: '2026-03-29', until: '2026-03-29', tz: 'Asia/Beirut' }, '2026-03-28 22:00:00', '2026-03-29 21:00:00'],
    ];
    for (const [query, from, before] of days) assert.deepEqual(windowOf(query), { from, before });
  });

  it('takes instants with an offset, and counts finer ones from the next microsecond', () => {
    assert.deepEqual(windowOf({ since: '2026-11-24T09:00:00.5+01:00', until: '2026-11-24T08:00:01.0000001Z' }), {
      from: '2026-11-24 08:00:00.5',
      before: '2026-11-24 08:00:01.000001',
    });
    assert.equal(toStoredBound(Temporal.Instant.from('1969-12-31T23:59:59.0000015Z')), '1969-12-31 23:59:59.000002');
  });

  it('counts last back from the time of the question', () => {
    assert.deepEqual(windowOf({ last: '90m' }), { from: '2026-11-24 10:30:00', before: null });
    assert.deepEqual(windowOf({ last: '30d' }), { from: '2026-10-25 12:00:00', before: null });
    assert.deepEqual(windowOf({ last: '999999d' }), { from: '', before: null });
  });

  it('refuses days that there are not, and a beginning after the end', () => {
    const wrong: [FilterQuery, string][] = [
      [{ since: '2026-02-31' }, 'since'],
      [{ until: '2026-04-31' }, 'until'],
      [{ since: '2026-11-24T25:00:00Z' }, 'since'],
      [{ until: '2026-11-31T10:00:00+01:00' }, 'until'],
      [{ since: '2026-11-25', until: '2026-11-24' }, 'since'],
      [{ since: '2026-11-24T08:00:00Z', until: '2026-11-24T08:59:00+01:00' }, 'since'],
      [{ since: '2026-11-25T00:00:00.000001Z', until: '2026-11-24' }, 'since'],
    ];
    for (const [query, parameter] of wrong) {
      assert.throws(
        () => windowOf(query),
        (error) => error instanceof QueryError && error.parameter === parameter && error.message.includes(parameter),
        JSON.stringify(query),
      );
    }
  });

  it('takes calls in that stand exactly on its first instant, and leaves those on its last out', (test) => {
    const times = ['07:59:59.999999', '08:00:00', '08:00:00.000000', '08:59:59.999999', '09:00:00', '09:00:00.000000'];
    const { reader } = openContents(test, {
      requests: times.map((time) => requestRow({ id: time, requested_at: `2026-11-24 ${time}` })),
    });
    const query = { since: '2026-11-24T08:00:00Z', until: '2026-11-24T09:00:00.000Z', order: 'asc' } as const;
    const { calls } = reader.calls(CIRCUMSTANCES, query);
    assert.deepEqual(
      calls.map(({ id }) => id),
      ['08:00:00', '08:00:00.000000', '08:59:59.999999'],
    );
    assert.deepEqual(
      reader.calls(CIRCUMSTANCES, { since: '2026-11-24T08:00:00Z', until: '2026-11-24T08:00:00Z' }).calls,
      [],
    );
  });
});

describe('a stored time', () => {
  it('reads as an instant with the digits that were stored', () => {
    const times: [string | null, string | null][] = [
      ['2026-11-24 07:53:30.386836', '2026-11-24T07:53:30.386836Z'],
      ['2026-11-24 07:53:30', '2026-11-24T07:53:30Z'],
      ['2026-11-24T07:53:30.5+05:45', '2026-11-24T02:08:30.5Z'],
      ['2026-11-24T07:53:30.120+00:00', '2026-11-24T07:53:30.120Z'],
      ['2026-11-24T07:53:30Z', '2026-11-24T07:53:30Z'],
      ['2026-02-31 07:53:30', null],
      ['2026-11-24 25:00:00', null],
      ['yesterday', null],
      ['', null],
      [null, null],
    ];
    for (const [text, instant] of times) assert.equal(toInstant(text), instant, String(text));
  });

  it('that can not be read does not take the answer away', (test) => {
    const { reader } = openContents(test, {
      requests: [
        requestRow({ id: 'odd', requested_at: 'yesterday', recorded_at: 'later' }),
        requestRow({ id: 'iso', requested_at: '2026-11-24T10:00:00+02:00' }),
      ],
    });
    const calls = new Map(reader.calls(CIRCUMSTANCES, {}).calls.map((call) => [call.id, call]));
    assert.equal(calls.get('odd')?.requested_at, '1970-01-01T00:00:00Z');
    assert.equal(calls.get('odd')?.recorded_at, null);
    assert.equal(calls.get('iso')?.requested_at, '2026-11-24T08:00:00Z');
    const [project] = reader.projects(CIRCUMSTANCES, {}).projects;
    assert.equal(project?.calls, 2);
    assert.deepEqual(project.daily, [{ date: '2026-11-24', calls: 1, cost_millicents: 45 }]);
    assert.equal(reader.call(CIRCUMSTANCES, 'odd')?.audit, 'cannot');
  });
});

describe('days of a zone', () => {
  const ZONES = ['Europe/London', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Asia/Beirut'];
  const microsOf = (text: string): number => Date.parse(text) * 1000;

  it('are those of the calendar there, hour by hour through both changes of the clocks', () => {
    for (const zone of ZONES) {
      const days = new LocalDays(zone);
      const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
      for (let ms = Date.parse('2026-03-01T00:10:00Z'); ms < Date.parse('2026-12-01T00:00:00Z'); ms += 4_500_000) {
        assert.equal(dateOfDay(days.dayOf(ms * 1000)), calendar.format(ms), `${new Date(ms).toISOString()} in ${zone}`);
      }
    }
  });

  it('are the same in whatever order calls come', () => {
    const inOrder = ['2026-10-24T21:59:59Z', '2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z'];
    const days = new LocalDays('Europe/Berlin');
    assert.deepEqual(
      [3, 0, 2, 1, 0, 3].map((place) => dateOfDay(days.dayOf(microsOf(inOrder[place]!)))),
      ['2026-10-26', '2026-10-24', '2026-10-25', '2026-10-25', '2026-10-24', '2026-10-26'],
    );
  });

  it('have the hours that clocks show there: 23 or 25 of them, or one of another length', () => {
    const lengthsOf = (zone: string, date: string): number[] => {
      const days = new LocalDays(zone);
      const day = Date.parse(`${date}T00:00:00Z`) / 86_400_000;
      const hours = [...days.hoursOf(day), days.startOf(day + 1)];
      return hours.slice(1).map((end, at) => (end - hours[at]!) / 60_000_000);
    };
    const many = (count: number, minutes: number): number[] => Array.from({ length: count }, () => minutes);
    assert.deepEqual(lengthsOf('Europe/Berlin', '2026-03-29'), many(23, 60));
    assert.deepEqual(lengthsOf('Europe/Berlin', '2026-10-25'), many(25, 60));
    assert.deepEqual(lengthsOf('Asia/Kathmandu', '2026-10-25'), many(24, 60));
    // Clocks there go by half an hour: from 2:00 to 2:30, and back from 2:00 to 1:30.
    assert.deepEqual(lengthsOf('Australia/Lord_Howe', '2026-10-04'), [60, 60, 30, ...many(21, 60)]);
    assert.deepEqual(lengthsOf('Australia/Lord_Howe', '2026-04-05'), [60, 90, ...many(22, 60)]);
  });

  it('belong to weeks that begin on Monday and to months, before 1970 too', () => {
    for (let day = -800; day < 800; day++) {
      const date = Temporal.PlainDate.from('1970-01-01').add({ days: day });
      assert.equal(dateOfDay(mondayOf(day)), date.subtract({ days: date.dayOfWeek - 1 }).toString());
      assert.equal(dateOfDay(firstOfMonth(day)), date.with({ day: 1 }).toString());
      assert.equal(dateOfDay(firstOfNextMonth(day)), date.with({ day: 1 }).add({ months: 1 }).toString());
    }
  });
});
