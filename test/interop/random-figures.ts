import assert from 'node:assert/strict';
import type { WireCallsAnswer } from '../../src/api/call.js';
import type { WireGroupsAnswer } from '../../src/api/groups.js';
import type { WireProjectsAnswer } from '../../src/api/project.js';
import type { WireSeriesAnswer } from '../../src/api/series.js';
import { ask } from './our-figures.js';
import type { PlainAnswer, PlainQuestion, PlainSums } from './plain-answers.js';

type WireSums = WireCallsAnswer['totals'];

const NOTHING: PlainSums = {
  ...{ calls: 0, failed: 0, unpriced: 0, incomplete: 0, cost: 0, imputed: 0 },
  ...{ input: 0, output: 0, thinking: 0, read: 0, write: 0 },
};

const plain = (sums: WireSums): PlainSums => ({
  calls: sums.calls,
  failed: sums.failed_calls,
  unpriced: sums.unpriced_calls,
  incomplete: sums.incomplete_calls,
  cost: sums.cost_millicents,
  imputed: sums.imputed_millicents,
  input: sums.input_tokens,
  output: sums.output_tokens,
  thinking: sums.thinking_tokens,
  read: sums.cache_read_tokens,
  write: sums.cache_write_tokens,
});

const toStored = (instant: string): string =>
  `${instant.slice(0, 19).replace('T', ' ')}.${(/\.(\d+)Z$/.exec(instant)?.[1] ?? '').padEnd(6, '0')}`;

/** What has a call, by its name. */
function byKey<T extends WireSums>(rows: readonly T[], keyOf: (row: T) => string | null): Record<string, PlainSums> {
  const named = rows.filter((row) => row.calls > 0).map((row) => [String(keyOf(row)), plain(row)] as const);
  assert.equal(new Set(named.map(([name]) => name)).size, named.length, 'A name came twice');
  return Object.fromEntries(named);
}

/** Everything that our server says of a question is what plain SQL says of it. */
export async function assertAsPlain(origin: string, question: PlainQuestion, expected: PlainAnswer): Promise<void> {
  const { query, bucket } = question;
  const totals = { ...NOTHING, ...(expected.totals.calls === undefined ? {} : { cost: null }), ...expected.totals };
  const [calls, { projects, totals: ofProjects }, series, models] = await Promise.all([
    ask<WireCallsAnswer>(`${origin}/api/calls?${query}&limit=1`),
    ask<WireProjectsAnswer>(`${origin}/api/projects?${query}`),
    ask<WireSeriesAnswer>(`${origin}/api/calls/series?${query}&by=provider&bucket=${bucket}`),
    ask<WireGroupsAnswer>(`${origin}/api/calls/groups?${query}&by=model`),
  ]);
  assert.deepEqual(plain(calls.totals), totals, `calls of ${query}`);
  assert.deepEqual(plain(ofProjects), totals, `projects of ${query}`);
  assert.deepEqual(plain(models.totals), totals, `models of ${query}`);
  assert.deepEqual(
    byKey(projects, (project) => project.slug),
    expected.projects,
    String(query),
  );
  assert.deepEqual(
    byKey(models.groups, (group) => group.key),
    expected.models,
    String(query),
  );
  const ours = series.series.map(({ key, points }) => [key, byKey(points, (point) => toStored(point.start))] as const);
  assert.deepEqual(Object.fromEntries(ours), expected.series, `${bucket}s of ${query}`);
  assertEveryBucket(question, series);
}

/** Empty buckets are there too: one for each day of a window of days, and the same ones in each series. */
function assertEveryBucket({ since, until, bucket, query }: PlainQuestion, { series }: WireSeriesAnswer): void {
  const [first = [], ...others] = series.map(({ points }) => points.map((point) => point.start));
  for (const starts of others) assert.deepEqual(starts, first);
  assert.deepEqual([...new Set(first)].sort(), first, `order of ${query}`);
  if (bucket !== 'day' || since === null || until === null || series.length === 0) return;
  assert.equal(first.length, (Date.parse(until) - Date.parse(since)) / 86_400_000 + 1, `days of ${query}`);
}
