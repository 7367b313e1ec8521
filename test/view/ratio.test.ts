import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatRatio } from '../../src/view/ratio.js';

describe('a ratio', () => {
  it('says how many times the first the second is, with as many digits as tell something', () => {
    assert.deepEqual(
      [
        [2_210, 42_408],
        [100, 107],
        [100, 100],
        [1_000, 83],
        [1, 12_345],
        [500, 0],
        [1_000_000, 1],
      ].map(([from, to]) => formatRatio(from!, to!)),
      ['×19.2', '×1.07', '×1.00', '×0.083', '×12,345', '×0', '×<0.001'],
    );
  });

  it('is none of nothing: no number of times 0 is something', () => {
    assert.equal(formatRatio(0, 5), null);
    assert.equal(formatRatio(0, 0), null);
  });

  it('draws only what is equal as equal', () => {
    assert.equal(formatRatio(100_000, 100_001), '×>1');
    assert.equal(formatRatio(100_000, 99_999), '×<1');
    const amount = fc.integer({ min: 1, max: 10_000_000 });
    fc.assert(fc.property(amount, amount, (from, to) => (formatRatio(from, to) === '×1.00') === (from === to)));
  });
});
