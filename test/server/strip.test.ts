import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { stripAnswer, type WireStripAnswer } from '../../src/api/strip.js';
import { CIRCUMSTANCES, openContents, projectRow, requestRow } from './database-rows.js';
import type { Row } from './fixture-database.js';

const START_MS = Date.parse('2026-10-01T00:00:00Z');
const DAY_MS = 86_400_000;
const stored = (ms: number): string => `${new Date(ms).toISOString().slice(0, 23).replace('T', ' ')}000`;

interface Made {
  readonly atMs: number;
  readonly cost: number | null;
  readonly status: string;
}

const made: fc.Arbitrary<Made> = fc.record({
  atMs: fc.integer({ min: 0, max: 20 * DAY_MS }).map((offset) => START_MS + offset),
  cost: fc.option(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 10_000_000 }))),
  status: fc.constantFrom('success', 'success', 'error'),
});

const rowOf = ({ atMs, cost, status }: Made, place: number): Row =>
  requestRow({ id: `call-${place}`, requested_at: stored(atMs), cost_usd_minor_units: cost, status });

/** Which stretch of the picture an instant stands in, told plainly. */
function columnOf(answer: WireStripAnswer, ms: number): number {
  const [since, until] = [Date.parse(answer.since!), Date.parse(answer.until!)];
  return Math.min(answer.columns - 1, Math.floor(((ms - since) / Math.max(until - since, 0.001)) * answer.columns));
}

function countBy<T>(items: readonly T[], key: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

function assertLane(
  lane: WireStripAnswer['failed'],
  calls: readonly (Made & { id: string })[],
  answer: WireStripAnswer,
): void {
  const expected = countBy(calls, ({ atMs }) => columnOf(answer, atMs));
  assert.deepEqual(
    new Map(lane.map(({ column, calls: many }) => [column, many])),
    new Map([...expected].map(([column, some]) => [column, some.length])),
  );
  for (const { column, id } of lane) {
    const some = expected.get(column)!;
    const newest = Math.max(...some.map(({ atMs }) => atMs));
    assert.ok(some.some((call) => call.id === id && call.atMs === newest));
  }
}

describe('the cost strip', () => {
  it('draws each call of a small window, with what failed or has no price on lanes of its own', (test) => {
    fc.assert(
      fc.property(
        fc.array(made, { minLength: 1, maxLength: 120 }),
        fc.integer({ min: 10, max: 60 }),
        (calls, columns) => {
          const { reader } = openContents(test, { requests: calls.map(rowOf) });
          const all = calls.map((call, place) => ({ ...call, id: `call-${place}` }));
          const answer = stripAnswer.parse(reader.strip(CIRCUMSTANCES, { columns }));
          const priced = all.filter(({ cost }) => cost !== null && cost > 0);
          assert.equal(answer.priced_calls, priced.length);
          assert.equal(answer.bins, null);
          assert.deepEqual(
            new Map(answer.points!.map(({ id, at, cost_millicents }) => [id, [Date.parse(at), cost_millicents]])),
            new Map(priced.map(({ id, atMs, cost }) => [id, [atMs, cost]])),
          );
          const costs = priced.map(({ cost }) => cost!);
          assert.equal(answer.min_millicents, costs.length === 0 ? null : Math.min(...costs));
          assert.equal(answer.max_millicents, costs.length === 0 ? null : Math.max(...costs));
          assert.equal(Date.parse(answer.since!), Math.min(...calls.map(({ atMs }) => atMs)));
          assert.equal(Date.parse(answer.until!), Math.max(...calls.map(({ atMs }) => atMs)));
          assertLane(
            answer.zero,
            all.filter(({ status, cost }) => status === 'success' && cost === 0),
            answer,
          );
          assertLane(
            answer.failed,
            all.filter(({ status }) => status !== 'success'),
            answer,
          );
          assertLane(
            answer.unpriced,
            all.filter(({ status, cost }) => status === 'success' && cost === null),
            answer,
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it('counts the calls of a large window in cells, each with its newest call', (test) => {
    const calls = fc.sample(made, { numRuns: 5000, seed: 7 });
    const { reader } = openContents(test, { requests: calls.map(rowOf) });
    const answer = stripAnswer.parse(reader.strip(CIRCUMSTANCES, { columns: 40, rows: 12 }));
    assert.equal(answer.points, null);
    const priced = calls
      .map((call, place) => ({ ...call, id: `call-${place}` }))
      .filter(({ cost }) => cost !== null && cost > 0);
    const [least, most] = [answer.min_millicents!, answer.max_millicents!];
    const rowOfCost = (cost: number): number =>
      Math.min(11, Math.floor((Math.log(cost / least) / Math.log(most / least)) * 12));
    const expected = countBy(priced, ({ atMs, cost }) => columnOf(answer, atMs) * 12 + rowOfCost(cost!));
    assert.deepEqual(
      new Map(answer.bins!.map(({ column, row, calls: many }) => [column * 12 + row, many])),
      new Map([...expected].map(([cell, some]) => [cell, some.length])),
    );
    for (const { column, row, id } of answer.bins!) {
      const some = expected.get(column * 12 + row)!;
      const newest = Math.max(...some.map(({ atMs }) => atMs));
      assert.ok(some.some((call) => call.id === id && call.atMs === newest));
    }
    assertBand(answer, priced);
  });

  /** The figures of a window are those of its sorted costs, to within a step of the axis. */
  function assertBand(answer: WireStripAnswer, priced: readonly Made[]): void {
    const step = Math.exp(Math.log(answer.max_millicents! / answer.min_millicents!) / 2048);
    assert.ok(answer.band.length > 0);
    for (const { column, calls, ...figures } of answer.band) {
      const reaches = Array.from({ length: 6 }, (_, reach) =>
        priced.filter(({ atMs }) => Math.abs(columnOf(answer, atMs) - column) <= reach),
      );
      const window = reaches.find((some) => some.length === calls);
      assert.ok(window, `no window around column ${column} has ${calls} calls`);
      const costs = window.map(({ cost }) => cost!).sort((a, b) => a - b);
      for (const [name, share] of [
        ['p10_millicents', 0.1],
        ['p50_millicents', 0.5],
        ['p90_millicents', 0.9],
      ] as const) {
        const exact = costs[Math.ceil(share * costs.length - 1e-9) - 1]!;
        assert.ok(figures[name] <= exact * step && figures[name] >= exact / step, `${name} of column ${column}`);
      }
    }
  }

  it('spans the window that is asked for, and says when there is nothing', (test) => {
    const { reader } = openContents(test, { requests: [requestRow({ id: 'a' })] });
    const asked = reader.strip(CIRCUMSTANCES, { since: '2026-11-20', until: '2026-11-25', columns: 10 });
    assert.equal(Date.parse(asked.since!), Date.parse('2026-11-20T00:00:00Z'));
    assert.equal(Date.parse(asked.until!), Date.parse('2026-11-26T00:00:00Z'));
    const last = reader.strip(CIRCUMSTANCES, { last: '2d' });
    assert.equal(Date.parse(last.until!), CIRCUMSTANCES.nowMs);
    const nothing = stripAnswer.parse(reader.strip(CIRCUMSTANCES, { q: 'nobody' }));
    assert.deepEqual([nothing.since, nothing.until, nothing.points, nothing.band], [null, null, [], []]);
    assert.equal(nothing.min_millicents, null);
  });

  it('marks where a rate, a model or a provider changed, and stayed', (test) => {
    const requests: Row[] = [];
    const add = (project: string, day: number, provider: string, model: string): void => {
      for (let hour = 0; hour < 3; hour++) {
        requests.push(
          requestRow({
            id: `${project}-${day}-${hour}`,
            project_id: project,
            provider,
            model,
            requested_at: stored(START_MS + day * DAY_MS + hour * 3_600_000),
            cost_usd_minor_units: project === 'p1' ? 900 : 100,
          }),
        );
      }
    };
    for (let day = 0; day < 20; day++) {
      // One stray day changes nothing.
      add('p1', day, 'anthropic', day < 8 || day === 14 ? 'old' : 'new');
      add('p2', day, day < 12 ? 'anthropic' : 'xai', day < 12 ? 'old' : 'grok');
    }
    const rate = (id: string, model: string, from: string, to: string | null, input: number): Row => ({
      id,
      provider: 'anthropic',
      model,
      mode: 'standard',
      effective_from: from,
      effective_to: to,
      input_rate_per_million_minor_units: input,
      output_rate_per_million_minor_units: 5,
      thinking_rate_per_million_minor_units: 5,
      cache_read_rate_per_million_minor_units: 1,
      cache_write_rate_per_million_minor_units: 1,
    });
    const CHANGED = '2026-10-11 12:00:00.000000';
    const { reader } = openContents(test, {
      projects: [projectRow({ id: 'p1' }), projectRow({ id: 'p2' })],
      requests,
      pricing_rates: [
        rate('1', 'new', '2026-01-01 00:00:00.000000', CHANGED, 10),
        rate('2', 'new', CHANGED, null, 20),
        rate('3', 'old', '2026-01-01 00:00:00.000000', CHANGED, 10),
        rate('4', 'old', CHANGED, null, 10),
        rate('5', 'never-called', '2026-01-01 00:00:00.000000', CHANGED, 10),
        rate('6', 'never-called', CHANGED, null, 20),
      ],
    });
    assert.deepEqual(
      reader.strip(CIRCUMSTANCES, {}).changes.sort((a, b) => (a.at < b.at ? -1 : 1)),
      [
        { at: '2026-10-09T00:00:00.000000Z', kind: 'model', project: 'slug-of-p1', from: 'old', to: 'new' },
        { at: '2026-10-11T12:00:00.000000Z', kind: 'rate', project: null, from: null, to: 'new' },
        { at: '2026-10-13T00:00:00.000000Z', kind: 'provider', project: 'slug-of-p2', from: 'anthropic', to: 'xai' },
      ],
    );
    assert.deepEqual(
      reader.strip(CIRCUMSTANCES, { project: ['slug-of-p2'] }).changes.map(({ kind }) => kind),
      ['provider'],
    );
  });
});
