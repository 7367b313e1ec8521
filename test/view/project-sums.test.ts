import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addSums, joinGroups, stripModelDate } from '../../src/view/model-names.js';
import { foldOthers, sortByCost } from '../../src/view/project-parts.js';
import { roundShares } from '../../src/view/shares.js';
import { ONE_CALL } from './one-call.js';

const count = fc.nat({ max: 1_000_000_000 });
const sums = fc.record({
  calls: fc.integer({ min: 1, max: 1_000_000 }),
  failedCalls: count,
  unpricedCalls: count,
  incompleteCalls: count,
  costMillicents: fc.option(count),
  imputedMillicents: count,
  inputTokens: count,
  outputTokens: count,
  thinkingTokens: count,
  cacheReadTokens: count,
  cacheWriteTokens: count,
});
const model = fc.constantFrom('a', 'a-20250101', 'a-20251001', 'b-20251001', 'b', 'c-1234567', '-20251001', null);
const groups = fc
  .uniqueArray(fc.tuple(model, sums), { selector: ([key]) => key })
  .map((pairs) => pairs.map(([key, sum]) => ({ key, ...sum })));

type Sums = typeof ONE_CALL;
const NOTHING: Sums = { ...ONE_CALL, calls: 0, costMillicents: null };

const sumOf = (parts: readonly Sums[]): Sums =>
  parts.reduce<Sums>((sum, part) => {
    const { calls, failedCalls, unpricedCalls, incompleteCalls, costMillicents, imputedMillicents, ...tokens } = part;
    return addSums(sum, {
      ...{ calls, failedCalls, unpricedCalls, incompleteCalls, costMillicents, imputedMillicents },
      inputTokens: tokens.inputTokens,
      outputTokens: tokens.outputTokens,
      thinkingTokens: tokens.thinkingTokens,
      cacheReadTokens: tokens.cacheReadTokens,
      cacheWriteTokens: tokens.cacheWriteTokens,
    });
  }, NOTHING);

describe('shares', () => {
  it('sum to exactly 100.0 %, each less than a tenth of a percent from what it is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2 ** 40 }), { minLength: 1, maxLength: 300 }), (parts) => {
        const whole = parts.reduce((sum, part) => sum + part, 0);
        fc.pre(whole > 0);
        const shares = roundShares(parts, whole);
        assert.equal(
          shares.reduce((sum, share) => sum + share, 0),
          1000,
        );
        parts.forEach((part, index) => {
          assert.ok(shares[index]! >= 0);
          assert.ok(Math.abs(shares[index]! - (part / whole) * 1000) <= 1 + 1e-6);
        });
      }),
    );
  });

  it('of nothing are none', () => {
    assert.ok(roundShares([0, 0], 0).every(Number.isNaN));
  });
});

describe('models whose names end with a date', () => {
  it('are one model, as the report has it', () => {
    assert.equal(stripModelDate('claude-haiku-4-5-20251001'), 'claude-haiku-4-5');
    for (const name of ['gpt-5.4-mini', 'gpt-4o-2024-08-06', 'claude-20251001-preview', 'x-1234567', '20251001']) {
      assert.equal(stripModelDate(name), name);
    }
  });

  it('sum to what they sum to apart, and keep every name', () => {
    fc.assert(
      fc.property(groups, (apart) => {
        const joined = joinGroups(apart, stripModelDate);
        assert.deepEqual(sumOf(joined), sumOf(apart));
        assert.deepEqual(joined.flatMap(({ keys }) => keys).toSorted(), apart.map(({ key }) => key).toSorted());
        assert.equal(new Set(joined.map(({ name }) => name)).size, joined.length);
      }),
    );
  });

  it('cost what is known of them, and nothing is known where none is priced', () => {
    const unpriced = { ...ONE_CALL, unpricedCalls: 1, costMillicents: null };
    const [one] = joinGroups(
      [
        { key: 'm-20250101', ...unpriced },
        { key: 'm', ...ONE_CALL, costMillicents: 5 },
      ],
      stripModelDate,
    );
    assert.deepEqual([one!.costMillicents, one!.unpricedCalls, one!.calls], [5, 1, 2]);
    assert.equal(addSums(unpriced, unpriced).costMillicents, null);
  });
});

describe('the parts of a project', () => {
  it('sum to the same whole when the cheapest stand as one', () => {
    fc.assert(
      fc.property(groups, fc.integer({ min: 1, max: 4 }), (apart, shown) => {
        const all = sortByCost(joinGroups(apart, (name) => name));
        const { few, others } = foldOthers(all, shown);
        assert.deepEqual(sumOf(others === null ? few : [...few, others]), sumOf(apart));
      }),
    );
  });

  it('stand dearest first, and a single other by itself', () => {
    const all = sortByCost(
      joinGroups(
        [
          { key: 'free', ...ONE_CALL },
          { key: 'unpriced', ...ONE_CALL, costMillicents: null },
          { key: 'dear', ...ONE_CALL, costMillicents: 9 },
        ],
        (name) => name,
      ),
    );
    assert.deepEqual(
      all.map(({ name }) => name),
      ['dear', 'free', 'unpriced'],
    );
    assert.equal(foldOthers(all, 2).others, null);
    assert.equal(foldOthers(all, 1).others?.calls, 2);
  });
});
