import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import { CIRCUMSTANCES, NOW_MS, openContents, projectRow, requestRow, type OpenDatabase } from './database-rows.js';
import { insertRows, type Row } from './fixture-database.js';

/** So many calls that those which come later are put among them one by one. */
const FIRST = 300;
const SPANS = { '1s': 1, '2s': 2, '1m': 60, '1h': 3600, '1d': 86_400 };

/** Times that are often equal, or a whole number of seconds apart, or a microsecond more; and one that is none. */
const time = fc.oneof(
  { arbitrary: fc.constant('no time'), weight: 1 },
  {
    arbitrary: fc.tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 59 }),
      fc.constantFrom(0, 0, 1, 999_999),
    ),
    weight: 12,
  },
);
const call = fc.record({
  /** What its id begins with: ids come in another order than calls. */
  letter: fc.constantFrom('a', 'b', 'c', 'd'),
  project_id: fc.constantFrom('p1', 'p2'),
  prompt_hash: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { freq: 5 }),
  requested_at: time.map((at) =>
    typeof at === 'string'
      ? at
      : `2026-11-24 08:0${at[0]}:${String(at[1]).padStart(2, '0')}.${String(at[2]).padStart(6, '0')}`,
  ),
});

type MadeCall = typeof call extends fc.Arbitrary<infer T> ? T : never;
type Change =
  { readonly kind: 'insert'; readonly calls: MadeCall[] } | { readonly kind: 'tag' | 'time'; readonly at: number };
const change: fc.Arbitrary<Change> = fc.oneof(
  {
    arbitrary: fc.array(call, { minLength: 1, maxLength: 12 }).map((calls): Change => ({ kind: 'insert', calls })),
    weight: 4,
  },
  {
    arbitrary: fc.record({ kind: fc.constantFrom('tag' as const, 'time' as const), at: fc.nat({ max: FIRST }) }),
    weight: 1,
  },
);

/** Whole microseconds of a day; null where the stored text is no time. */
const MICROS = `iif(requested_at like '2026%', substr(requested_at, 12, 2) * 3600000000 + substr(requested_at, 15, 2) * 60000000
  + substr(requested_at, 18, 2) * 1000000 + substr(requested_at, 21, 6), null)`;

let calls = 0;
const makeRow = ({ letter, ...row }: MadeCall): Row => requestRow({ ...row, id: `${letter}-${calls++}` });

function assertGaps({ db, reader }: OpenDatabase): void {
  const byGap = db.prepare(`select id from (select id, at - lag(at) over (
      partition by project_id, prompt_hash order by requested_at, id) gap
    from (select *, ${MICROS} at from requests) where prompt_hash is not null) where gap <= ? * 1000000 order by id`);
  for (const [span, seconds] of Object.entries(SPANS)) {
    const answer = reader.calls(CIRCUMSTANCES, { repeated_within: span, limit: 1000 });
    const expected = (byGap.raw().all(seconds) as [string][]).map(([id]) => id);
    assert.deepEqual(answer.calls.map(({ id }) => id).sort(), expected, span);
  }
}

function applyChange({ db, reader }: OpenDatabase, made: Change, minutes: number): void {
  if (made.kind === 'insert') return insertRows(db, 'requests', made.calls.map(makeRow));
  const sql =
    made.kind === 'tag'
      ? "project_id = iif(project_id = 'p1', 'p2', 'p1')"
      : "requested_at = '2026-11-24 08:00:30.000000', cost_usd_minor_units = cost_usd_minor_units + 1";
  db.prepare(`update requests set ${sql} where rowid = ?`).run(made.at);
  // Changes of projects and costs are found by comparing sums, now and then.
  const nowMs = NOW_MS + minutes * 60_000;
  reader.changes({ ...CIRCUMSTANCES, nowMs });
  while (reader.isBusy(nowMs) && reader.advance(nowMs));
}

const open = (test: TestContext, requests: readonly Row[]): OpenDatabase =>
  openContents(test, { projects: [projectRow({ id: 'p1' }), projectRow({ id: 'p2' })], requests });

describe('prompts repeated within a time', () => {
  it('are found as SQL finds them, whatever the order in which calls come, and when they get another project or time', (test) => {
    const first = fc.array(call, { minLength: FIRST, maxLength: FIRST });
    fc.assert(
      fc.property(first, fc.array(change, { minLength: 1, maxLength: 6 }), (calls, changes) => {
        const opened = open(test, calls.map(makeRow));
        assertGaps(opened);
        for (const [place, made] of changes.entries()) {
          applyChange(opened, made, place + 1);
          assertGaps(opened);
        }
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it('count a call exactly so long before, and not one a microsecond longer before', (test) => {
    const { reader } = open(test, [
      requestRow({ id: 'first', prompt_hash: 'a', requested_at: '2026-11-24 08:00:00.000000' }),
      requestRow({ id: 'exact', prompt_hash: 'a', requested_at: '2026-11-24 08:10:00.000000' }),
      requestRow({ id: 'late', prompt_hash: 'a', requested_at: '2026-11-24 08:20:00.000001' }),
    ]);
    const ids = (span: string): string[] =>
      reader.calls(CIRCUMSTANCES, { repeated_within: span }).calls.map(({ id }) => id);
    assert.deepEqual(ids('10m'), ['exact']);
    assert.deepEqual(ids('599s'), []);
    assert.deepEqual(ids('601s'), ['late', 'exact']);
  });

  it('look for the earlier call outside the window too, and only in the same project', (test) => {
    const { reader } = open(test, [
      requestRow({ id: 'before', prompt_hash: 'a', requested_at: '2026-11-24 08:00:00.000000' }),
      requestRow({ id: 'within', prompt_hash: 'a', requested_at: '2026-11-24 08:05:00.000000' }),
      requestRow({ id: 'other', prompt_hash: 'a', project_id: 'p2', requested_at: '2026-11-24 08:06:00.000000' }),
    ]);
    const { calls, totals } = reader.calls(CIRCUMSTANCES, { repeated_within: '10m', since: '2026-11-24T08:05:00Z' });
    assert.deepEqual(
      calls.map(({ id }) => id),
      ['within'],
    );
    assert.equal(totals.cost_millicents, 45);
  });
});
