import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { RepriceQuery } from '../../src/api/query.js';
import { QueryError } from '../../src/api/query-error.js';
import { repriceAnswer, type WireRepriceAnswer } from '../../src/api/reprice.js';
import { CIRCUMSTANCES, openContents, projectRow, requestRow, type OpenDatabase } from './database-rows.js';
import type { Row } from './fixture-database.js';

type Five = readonly [input: number, output: number, thinking: number, cacheRead: number, cacheWrite: number];
type Sums = WireRepriceAnswer['totals'];

interface Rated {
  readonly provider: string;
  readonly model: string;
  readonly mode: string;
  readonly from: string;
  readonly to: string | null;
  readonly five: Five;
}

const CHANGE = '2026-11-24 08:00:00.000000';
const ALWAYS = '1970-01-01 00:00:00.000000';
const COLUMNS = ['input', 'output', 'thinking', 'cache_read', 'cache_write'] as const;
const PROJECTS = [projectRow({ id: 'p1', slug: 'one' }), projectRow({ id: 'p2', slug: 'two' })];

/** A model whose rate changed, one with a thinking rate of its own, one in the list's other name, one that ended. */
const RATES: readonly Rated[] = [
  {
    provider: 'anthropic',
    model: 'a',
    mode: 'standard',
    from: ALWAYS,
    to: CHANGE,
    five: [3e5, 15e5, 15e5, 3e4, 375e3],
  },
  { provider: 'anthropic', model: 'a', mode: 'standard', from: CHANGE, to: null, five: [1e5, 5e5, 5e5, 1e4, 125e3] },
  { provider: 'anthropic', model: 'a', mode: 'thinking', from: ALWAYS, to: null, five: [7, 11, 13, 17, 19] },
  { provider: 'google', model: 'g', mode: 'standard', from: ALWAYS, to: null, five: [125_001, 1e6, 1e6, 12_500, 0] },
  { provider: 'gemini', model: 'g', mode: 'thinking', from: ALWAYS, to: null, five: [1, 2, 3, 4, 5] },
  { provider: 'anthropic', model: 'ended', mode: 'standard', from: ALWAYS, to: CHANGE, five: [1, 1, 1, 1, 1] },
];

const rateRow = ({ provider, model, mode, from, to, five }: Rated, place: number): Row => ({
  id: `rate-${place}`,
  provider,
  model,
  mode,
  effective_from: from,
  effective_to: to,
  ...Object.fromEntries(COLUMNS.map((name, at) => [`${name}_rate_per_million_minor_units`, five[at]!])),
});

/** Most counts are small, some so great that a double holds neither product nor sum. */
const tokens = fc.oneof(fc.nat(3), fc.nat(2_000_000), fc.constantFrom(9_007_199_253, 40_000_000_001));
const call = fc.record({
  requested_at: fc.constantFrom('2026-11-24 07:59:59.999999', CHANGE, '2026-11-24 09:00:00.000000'),
  project_id: fc.constantFrom('p1', 'p2'),
  provider: fc.constantFrom('anthropic', 'gemini', 'openai'),
  model: fc.constantFrom('a', 'g', 'ended', 'nobody-knows'),
  mode: fc.constantFrom('standard', 'thinking', 'stream'),
  status: fc.constantFrom('success', 'error'),
  billing_basis: fc.option(fc.constantFrom('subscription_imputed', 'imported')),
  tokens_complete: fc.constantFrom(0, 1),
  cost_usd_minor_units: fc.option(fc.nat(5_000_000)),
  input_tokens: tokens,
  output_tokens: tokens,
  thinking_tokens: tokens,
  cache_read_tokens: tokens,
  cache_write_tokens: tokens,
});
type Made = typeof call extends fc.Arbitrary<infer T> ? T : never;

const sameProvider = (a: string, b: string): boolean =>
  a === b || (a + b).replace('google', 'gemini') === 'geminigemini';

/** The rate that the daemon would price a call of this provider, model and mode with at a time. */
function rateAt(provider: string, model: string, mode: string, at: string): Five | null {
  const holding = RATES.filter(
    (rate) =>
      rate.model === model &&
      sameProvider(rate.provider, provider) &&
      rate.from <= at &&
      (rate.to === null || at < rate.to),
  );
  const of = (wanted: string): Rated | undefined =>
    holding.find((rate) => rate.mode === wanted && rate.provider === provider) ??
    holding.find((rate) => rate.mode === wanted);
  return (of(mode) ?? of('standard'))?.five ?? null;
}

const NOW = '2026-11-24 12:00:00.000000';

function rateOf(made: Made, query: RepriceQuery): Five | null {
  const { rates, to_provider, to_model, caching } = query;
  const five: Five | null =
    rates !== undefined
      ? [rates.input, rates.output, rates.thinking, rates.cacheRead, rates.cacheWrite]
      : to_model !== undefined
        ? rateAt(to_provider!, to_model, made.mode, NOW)
        : rateAt(made.provider, made.model, made.mode, made.requested_at);
  return five === null || caching !== 'none' ? five : [five[0], five[1], five[2], five[0], five[0]];
}

/** Tokens times rates, floored once, by arithmetic that has no limit. */
function price(made: Made, five: Five): bigint {
  return COLUMNS.reduce((sum, name, at) => sum + BigInt(made[`${name}_tokens`]) * BigInt(five[at]!), 0n) / 1_000_000n;
}

/** The contract's sums, told plainly. */
function sum(calls: readonly Made[], query: RepriceQuery): Sums {
  const all = calls.map((made) => ({ made, five: rateOf(made, query), cost: made.cost_usd_minor_units }));
  const isLost = ({ made, cost }: (typeof all)[number]): boolean => cost === null && made.tokens_complete === 0;
  const rated = all.filter((one) => one.five !== null && !isLost(one));
  const repriced = rated.filter(({ cost }) => cost !== null);
  const added = rated.filter(({ cost }) => cost === null);
  const unrated = all.filter((one) => one.five === null && !isLost(one));
  const imputed = repriced.filter(({ made }) => made.billing_basis === 'subscription_imputed');
  const recorded = (some: typeof all): number => some.reduce((total, { cost }) => total + (cost ?? 0), 0);
  const priced = (some: typeof all): number =>
    Number(some.reduce((total, { made, five }) => total + price(made, five!), 0n));
  return {
    calls: all.length,
    repriced_calls: repriced.length,
    recorded_millicents: recorded(repriced),
    repriced_millicents: priced(repriced),
    recorded_imputed_millicents: recorded(imputed),
    repriced_imputed_millicents: priced(imputed),
    failed_calls: repriced.filter(({ made }) => made.status !== 'success').length,
    incomplete_calls: repriced.filter(({ made }) => made.tokens_complete === 0).length,
    added_calls: added.length,
    added_millicents: priced(added),
    no_rate_calls: unrated.length,
    no_rate_millicents: recorded(unrated),
    no_tokens_calls: all.filter(isLost).length,
  };
}

const SCENARIOS: readonly RepriceQuery[] = [
  {},
  { caching: 'none' },
  { caching: 'keep', to_provider: 'anthropic', to_model: 'a' },
  { to_provider: 'gemini', to_model: 'g' },
  { to_provider: 'gemini', to_model: 'g', caching: 'none' },
  { rates: { input: 999_999, output: 1, thinking: 0, cacheRead: 3, cacheWrite: 1_000_000_000 } },
];

function open(test: TestContext, calls: readonly Made[]): OpenDatabase['reader'] {
  const requests = calls.map((made, place) => requestRow({ id: `call-${place}`, ...made }));
  return openContents(test, { projects: PROJECTS, requests, pricing_rates: RATES.map(rateRow) }).reader;
}

const slugOf = ({ project_id }: Made): string => (project_id === 'p1' ? 'one' : 'two');

describe('what calls would have cost', () => {
  it('is the sum of each call priced by itself and floored, for every project and in all, in every scenario', (test) => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 40 }), (calls) => {
        const reader = open(test, calls);
        for (const query of SCENARIOS) {
          const { projects, totals } = repriceAnswer.parse(reader.reprice(CIRCUMSTANCES, query));
          assert.deepEqual(totals, sum(calls, query));
          const slugs = new Set(calls.map(slugOf));
          assert.deepEqual(new Set(projects.map(({ project }) => project)), slugs);
          for (const { project, ...sums } of projects) {
            assert.deepEqual(
              sums,
              sum(
                calls.filter((made) => slugOf(made) === project),
                query,
              ),
            );
          }
          for (const name of Object.keys(totals) as (keyof Sums)[]) {
            assert.equal(
              projects.reduce((all, part) => all + part[name], 0),
              totals[name],
              name,
            );
          }
          const known = projects.map((part) => part.recorded_millicents + part.no_rate_millicents);
          assert.deepEqual(
            known,
            [...known].sort((a, b) => b - a),
          );
          assert.equal(
            totals.calls,
            totals.repriced_calls + totals.added_calls + totals.no_rate_calls + totals.no_tokens_calls,
          );
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is what was recorded, at the rates of then', (test) => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 30 }), (calls) => {
        const recorded = calls.map((made) => {
          const five = rateAt(made.provider, made.model, made.mode, made.requested_at);
          return { ...made, cost_usd_minor_units: five === null ? null : Number(price(made, five)) };
        });
        const { totals } = open(test, recorded).reprice(CIRCUMSTANCES, {});
        assert.equal(totals.repriced_millicents, totals.recorded_millicents);
        assert.equal(totals.repriced_imputed_millicents, totals.recorded_imputed_millicents);
        assert.equal(totals.added_calls, 0);
      }),
      { numRuns: 15 },
    );
  });

  it('is the same without caching where a cached token costs what any input does', (test) => {
    const rates = { input: 123_457, output: 5, thinking: 6, cacheRead: 123_457, cacheWrite: 123_457 };
    fc.assert(
      fc.property(fc.array(call, { maxLength: 30 }), (calls) => {
        const reader = open(test, calls);
        assert.deepEqual(
          reader.reprice(CIRCUMSTANCES, { rates, caching: 'none' }),
          reader.reprice(CIRCUMSTANCES, { rates }),
        );
      }),
      { numRuns: 15 },
    );
  });

  it('is of the calls that the filter lets through', (test) => {
    const calls = fc.sample(call, { numRuns: 60, seed: 3 });
    const reader = open(test, calls);
    const cases: readonly (readonly [RepriceQuery, (made: Made) => boolean])[] = [
      [{ project: ['two'] }, (made) => made.project_id === 'p2'],
      [{ model: ['a'], since: '2026-11-24T08:00:00Z' }, (made) => made.model === 'a' && made.requested_at >= CHANGE],
      [{ priced: false }, (made) => made.cost_usd_minor_units === null],
      [{ min_cost: 1_000_000 }, (made) => (made.cost_usd_minor_units ?? 0) >= 1_000_000],
    ];
    for (const [filter, isIn] of cases) {
      const query = { ...filter, to_provider: 'anthropic', to_model: 'a' };
      assert.deepEqual(reader.reprice(CIRCUMSTANCES, query).totals, sum(calls.filter(isIn), query));
    }
    const nothing = reader.reprice(CIRCUMSTANCES, { q: 'nobody-has-this' });
    assert.deepEqual(nothing.projects, []);
    assert.equal(nothing.totals.calls, 0);
  });

  it('can not be told for a model without a rate in force, which is named', (test) => {
    const { reader } = openContents(test, { requests: [requestRow({ id: 'a' })], pricing_rates: RATES.map(rateRow) });
    for (const [to_provider, to_model] of [
      ['anthropic', 'ended'],
      ['anthropic', 'nothing'],
      ['openai', 'a'],
    ] as const) {
      assert.throws(
        () => reader.reprice(CIRCUMSTANCES, { to_provider, to_model }),
        (error) => error instanceof QueryError && error.parameter === 'to_model',
      );
    }
  });
});
