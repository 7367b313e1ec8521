import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { describeChange } from '../../src/view/project-change.js';

const cost = (costMillicents: number | null, unpricedCalls = 0, calls = 10): Parameters<typeof describeChange>[0] => ({
  calls,
  unpricedCalls,
  costMillicents,
});

const textOf = (...costs: Parameters<typeof describeChange>): string => {
  const { bound, text } = describeChange(...costs);
  return bound === undefined ? text : `${bound} ${text}`;
};

describe('the change of a cost since the period before', () => {
  it('is a percentage of what it was', () => {
    assert.equal(textOf(cost(112_400), cost(100_000)), '+12.4 %');
    assert.equal(textOf(cost(50_000), cost(100_000)), '−50.0 %');
    assert.equal(textOf(cost(100_000), cost(100_000)), '±0 %');
    assert.equal(textOf(cost(0, 0, 0), cost(100_000)), '−100.0 %');
  });

  it('is new where no call was made before, and a dash where none is made at all', () => {
    assert.equal(textOf(cost(5)), 'new');
    assert.equal(textOf(cost(null, 10), cost(0, 0, 0)), 'new');
    assert.equal(textOf(cost(0, 0, 0)), '–');
  });

  it('is a bound where calls of one side have no price, and of what is priced where those of both have none', () => {
    assert.equal(textOf(cost(150_000, 1), cost(100_000)), '≥ +50.0 %');
    assert.equal(textOf(cost(150_000), cost(100_000, 1)), '≤ +50.0 %');
    assert.equal(textOf(cost(150_000, 1), cost(100_000, 1)), 'priced +50.0 %');
  });

  it('is unknown where nothing is priced, and no percentage of nothing', () => {
    assert.equal(textOf(cost(null, 10), cost(100_000)), 'unknown');
    assert.equal(textOf(cost(100_000), cost(null, 10)), 'unknown');
    assert.equal(textOf(cost(100_000), cost(0)), 'from $0');
    assert.equal(textOf(cost(0), cost(0)), '±0 %');
  });

  it('says both costs, and how many calls have none', () => {
    assert.equal(
      describeChange(cost(150_000, 2), cost(100_000)).sentence,
      'at least $1.50 (2 not priced) now, $1.00 then.',
    );
  });

  it('is a lower bound that holds, whatever the unpriced calls cost', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), fc.integer({ min: 1, max: 1e9 }), (known, hidden, before) => {
        const real = describeChange(cost(known + hidden), cost(before));
        const bound = describeChange(cost(known, 1), cost(before));
        assert.equal(bound.bound, '≥');
        assert.ok(real.ratio! >= bound.ratio!);
      }),
    );
  });
});
