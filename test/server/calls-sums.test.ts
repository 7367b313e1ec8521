import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { WireTotals } from '../../src/api/call.js';
import { groupsAnswer } from '../../src/api/groups.js';
import { BUCKETS, GROUP_KEYS, SERIES_KEYS, type FilterQuery } from '../../src/api/query.js';
import { QueryError } from '../../src/api/query-error.js';
import { seriesAnswer } from '../../src/api/series.js';
import { CIRCUMSTANCES, openContents, projectRow, requestRow } from './database-rows.js';
import type { Row } from './fixture-database.js';

const PROJECTS = [projectRow({ id: 'p1', slug: 'one' }), projectRow({ id: 'p2', slug: 'two' })];
const ZONES = ['UTC', 'Europe/London', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia'];

/** Microseconds around both changes of the clocks of most zones, and some far from them. */
const micros = fc.oneof(
  ...[
    '2026-03-08T06:00:00Z',
    '2026-03-29T00:00:00Z',
    '2026-10-25T00:00:00Z',
    '2026-11-01T05:00:00Z',
    '2026-12-31T23:00:00Z',
  ].map((around) =>
    fc.integer({ min: 0, max: 3 * 3600 * 1_000_000 }).map((offset) => Date.parse(around) * 1000 + offset),
  ),
);

function storedOf(at: number): string {
  const second = Math.floor(at / 1_000_000);
  return `${new Date(second * 1000).toISOString().slice(0, 19).replace('T', ' ')}.${String(at - second * 1_000_000).padStart(6, '0')}`;
}

const count = fc.integer({ min: 0, max: 5 });
const row = fc.record({
  at: micros,
  project_id: fc.constantFrom('p1', 'p2'),
  provider: fc.constantFrom('anthropic', 'xai'),
  model: fc.constantFrom('a', 'b'),
  status: fc.constantFrom('success', 'error'),
  request_kind: fc.option(fc.constantFrom('chat', 'tool')),
  billing_basis: fc.option(fc.constantFrom('subscription_imputed', 'imported')),
  source_machine: fc.option(fc.constantFrom('m1')),
  source_workdir: fc.option(fc.constantFrom('/w')),
  attribution_method: fc.option(fc.constantFrom('git')),
  error_class: fc.option(fc.constantFrom('timeout')),
  cost_usd_minor_units: fc.option(fc.oneof(count, fc.constant(30_000_000_001))),
  tokens_complete: fc.constantFrom(0, 1),
  latency_ms: fc.option(fc.constantFrom(1, 2.5)),
  input_tokens: fc.oneof(count, fc.constant(5_000_000_000)),
  output_tokens: count,
  thinking_tokens: count,
  cache_read_tokens: count,
  cache_write_tokens: count,
});
type Made = { readonly [K in keyof (typeof row extends fc.Arbitrary<infer T> ? T : never)]: Row[string] } & {
  readonly at: number;
};

/** The contract's sums, told plainly. */
function sum(calls: readonly Made[]): WireTotals {
  const total = (name: keyof Made, among = calls): number =>
    among.reduce((all, call) => all + Number(call[name] ?? 0), 0);
  const priced = calls.filter((call) => call.cost_usd_minor_units !== null);
  return {
    calls: calls.length,
    failed_calls: calls.filter((call) => call.status !== 'success').length,
    unpriced_calls: calls.length - priced.length,
    incomplete_calls: calls.filter((call) => call.tokens_complete === 0).length,
    cost_millicents: calls.length > 0 && priced.length === 0 ? null : total('cost_usd_minor_units', priced),
    imputed_millicents: total(
      'cost_usd_minor_units',
      priced.filter((call) => call.billing_basis === 'subscription_imputed'),
    ),
    input_tokens: total('input_tokens'),
    output_tokens: total('output_tokens'),
    thinking_tokens: total('thinking_tokens'),
    cache_read_tokens: total('cache_read_tokens'),
    cache_write_tokens: total('cache_write_tokens'),
  };
}

function keyOf(name: (typeof GROUP_KEYS)[number] | 'none', call: Made, tz: string): string | null {
  const text = (value: unknown): string | null => (value ?? null) as string | null;
  switch (name) {
    case 'none':
      return 'all';
    case 'day':
      return zoned(call.at, tz).toPlainDate().toString();
    case 'project':
      return call.project_id === 'p1' ? 'one' : 'two';
    case 'kind':
      return text(call.request_kind);
    case 'billing':
      return text(call.billing_basis) ?? 'api';
    case 'attribution':
      return text(call.attribution_method);
    case 'machine':
      return text(call.source_machine);
    case 'workdir':
      return text(call.source_workdir);
    default:
      return text(call[name]);
  }
}

const zoned = (at: number, tz: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at / 1000)).toZonedDateTimeISO(tz);

/** When the bucket of an instant begins, by the calendar's own rules. */
function startOf(bucket: (typeof BUCKETS)[number], at: number, tz: string): Temporal.ZonedDateTime {
  const time = zoned(at, tz);
  if (bucket === 'hour') return floorToHour(time);
  const day = time.startOfDay();
  if (bucket === 'day') return day;
  const date = time.toPlainDate();
  const first = bucket === 'week' ? date.subtract({ days: date.dayOfWeek - 1 }) : date.with({ day: 1 });
  return first.toZonedDateTime(tz);
}

/** Back, minute by minute, to where the clock last showed a full hour or jumped forward to what it shows. */
function floorToHour(time: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  let at = time.with({ second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 }, { offset: 'prefer' });
  for (;;) {
    const before = at.subtract({ minutes: 1 });
    const hasJumped = before.offsetNanoseconds < at.offsetNanoseconds;
    if (at.minute === 0 || hasJumped) return at;
    at = before;
  }
}

const instant = (time: Temporal.ZonedDateTime): string => time.toInstant().toString();

describe('sums over calls', () => {
  const made = fc.array(row, { maxLength: 30 });
  const zone = fc.constantFrom(...ZONES);

  function open(
    test: Parameters<typeof openContents>[0],
    calls: readonly Made[],
  ): ReturnType<typeof openContents>['reader'] {
    const requests = calls.map(({ at, ...fields }, place) =>
      requestRow({ id: `call-${place}`, ...(fields as Row), requested_at: storedOf(at) }),
    );
    return openContents(test, { projects: PROJECTS, requests }).reader;
  }

  it('are those of the calls themselves in every bucket of every zone, whatever they are split by', (test) => {
    fc.assert(
      fc.property(made, zone, (calls, tz) => {
        const reader = open(test, calls);
        for (const bucket of BUCKETS.filter((name) => name !== 'hour')) assertSeries(reader, calls, bucket, tz, {});
        const around = { since: '2026-10-24T20:00:00Z', until: '2026-10-25T16:00:00Z' };
        const from = Date.parse(around.since) * 1000;
        const before = Date.parse(around.until) * 1000;
        const within = calls.filter(({ at }) => at >= from && at < before);
        for (const bucket of BUCKETS) assertSeries(reader, within, bucket, tz, around);
      }),
      { numRuns: 15 },
    );
  });

  function assertSeries(
    reader: ReturnType<typeof open>,
    calls: readonly Made[],
    bucket: (typeof BUCKETS)[number],
    tz: string,
    query: FilterQuery,
  ): void {
    for (const by of SERIES_KEYS) {
      const answer = seriesAnswer.parse(reader.series(CIRCUMSTANCES, { ...query, bucket, by, tz }));
      const keys = new Set(calls.map((call) => keyOf(by, call, tz)));
      assert.deepEqual(new Set(answer.series.map(({ key }) => key)), keys);
      for (const { key, points } of answer.series) {
        const own = calls.filter((call) => keyOf(by, call, tz) === key);
        const byStart = new Map<string, Made[]>();
        for (const call of own) {
          const start = instant(startOf(bucket, call.at, tz));
          byStart.set(start, [...(byStart.get(start) ?? []), call]);
        }
        assert.deepEqual(
          new Map(points.filter(({ calls: many }) => many > 0).map(({ start, ...sums }) => [start, sums])),
          new Map([...byStart].map(([start, some]) => [start, sum(some)])),
          `${bucket} by ${by} in ${tz}`,
        );
        const starts = points.map(({ start }) => start);
        assert.deepEqual(starts, [...new Set(starts)].sort());
        for (const [place, start] of starts.entries()) {
          assert.equal(instant(startOf(bucket, Date.parse(start) * 1000, tz)), start, `${bucket} in ${tz}`);
          // No bucket is missing: the last instant before one lies in the one before it.
          if (place > 0) assert.equal(instant(startOf(bucket, (Date.parse(start) - 1) * 1000, tz)), starts[place - 1]);
        }
      }
    }
  }

  it('are those of the calls of each group, dearest first, and of all together', (test) => {
    fc.assert(
      fc.property(made, zone, (calls, tz) => {
        const reader = open(test, calls);
        for (const by of GROUP_KEYS) {
          const answer = groupsAnswer.parse(reader.groups(CIRCUMSTANCES, { by, tz }));
          assert.deepEqual(answer.totals, sum(calls));
          const groups = new Map<string | null, Made[]>();
          for (const call of calls) {
            const key = keyOf(by, call, tz);
            groups.set(key, [...(groups.get(key) ?? []), call]);
          }
          for (const { key, avg_latency_ms, first_call_at, last_call_at, ...sums } of answer.groups) {
            const own = groups.get(key) ?? [];
            assert.deepEqual(sums, sum(own), `${by} ${key}`);
            const times = own.map(({ at }) => at).sort((a, b) => a - b);
            assert.equal(first_call_at, `${storedOf(times[0]!).replace(' ', 'T')}Z`);
            assert.equal(last_call_at, `${storedOf(times.at(-1)!).replace(' ', 'T')}Z`);
            const latencies = own.map((call) => call.latency_ms).filter((latency) => latency !== null);
            const mean = latencies.reduce<number>((all, latency) => all + Number(latency), 0) / latencies.length;
            assert.equal(avg_latency_ms, latencies.length === 0 ? null : mean);
          }
          assert.equal(answer.groups.length, groups.size);
          const costs = answer.groups.map((group) => group.cost_millicents ?? -1);
          assert.deepEqual(
            costs,
            [...costs].sort((a, b) => b - a),
          );
        }
      }),
      { numRuns: 15 },
    );
  });

  it('have a bucket for every day of the window, also where there was no call, the last one up to its end', (test) => {
    const { reader } = openContents(test, { requests: [requestRow({ id: 'a' })] });
    const { series } = reader.series(CIRCUMSTANCES, {
      since: '2026-11-20',
      until: '2026-11-26T12:00:00Z',
      by: 'provider',
    });
    assert.deepEqual(
      series[0]?.points.map(({ start, calls, cost_millicents }) => [start.slice(0, 10), calls, cost_millicents]),
      [20, 21, 22, 23, 24, 25, 26].map((day) => [`2026-11-${day}`, day === 24 ? 1 : 0, day === 24 ? 45 : 0]),
    );
    assert.deepEqual(reader.series(CIRCUMSTANCES, { since: '2027-01-01' }).series, []);
    const { series: last } = reader.series(CIRCUMSTANCES, { last: '3d' });
    assert.deepEqual(
      last[0]?.points.map(({ start }) => start),
      ['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24'].map((day) => `${day}T00:00:00Z`),
    );
  });

  it('refuse a bucket that is too short for the window, by name', (test) => {
    const { reader } = openContents(test, { requests: [requestRow({ id: 'a' })] });
    assert.throws(
      () => reader.series(CIRCUMSTANCES, { since: '1990-01-01', until: '2026-11-24', bucket: 'hour' }),
      (error) => error instanceof QueryError && error.parameter === 'bucket',
    );
  });
});
