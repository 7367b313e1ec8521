import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeAnswer, describeScenario, type RepricedSums } from '../../src/view/what-if-answer.js';

const sums = (facts: Partial<RepricedSums>): RepricedSums => ({
  calls: 812,
  repricedCalls: 812,
  recordedMillicents: 1_020_000,
  repricedMillicents: 310_000,
  recordedImputedMillicents: 0,
  repricedImputedMillicents: 0,
  failedCalls: 0,
  incompleteCalls: 0,
  addedCalls: 0,
  addedMillicents: 0,
  noRateCalls: 0,
  noRateMillicents: 0,
  noTokensCalls: 0,
  ...facts,
});

const haiku = { provider: 'anthropic', model: 'claude-haiku-4-5' };

describe('what calls would have cost, in one sentence', () => {
  const tell = (facts: Partial<RepricedSums>, isFiltered = true): string =>
    describeAnswer(sums(facts), { target: haiku, hasCaching: true, isFiltered });

  it('tells both sums, the difference and its share', () => {
    assert.equal(
      tell({}),
      'The 812 calls of this filter would have cost $3.10 on claude-haiku-4-5, instead of $10.20: $7.10 less, −69.6 %.',
    );
    assert.match(
      tell({ repricedMillicents: 2_040_000 }, false),
      /^The 812 calls recorded .*: \$10\.20 more, \+100\.0 %\.$/,
    );
    assert.match(tell({ repricedMillicents: 1_020_000 }), /: the same\.$/);
  });

  it('says of how many calls it is where not all can be compared', () => {
    assert.match(tell({ repricedCalls: 800, noRateCalls: 12 }), /^800 of the 812 calls of this filter would have cost/);
    assert.equal(
      tell({ repricedCalls: 0, noTokensCalls: 812 }),
      'None of the 812 calls of this filter can be compared on claude-haiku-4-5.',
    );
    assert.equal(
      tell({ calls: 1, repricedCalls: 0, addedCalls: 1 }),
      'The one call of this filter can not be compared on claude-haiku-4-5.',
    );
    assert.equal(tell({ calls: 0, repricedCalls: 0 }), 'This filter has no calls.');
    assert.equal(tell({ calls: 0, repricedCalls: 0 }, false), 'There are no calls.');
  });

  it('tells less than a cent to its last digit, and no share of nothing', () => {
    assert.match(
      tell({ recordedMillicents: 0, repricedMillicents: 7 }),
      /\$0\.00007 on .* instead of \$0\.00: \$0\.00007 more\.$/,
    );
  });

  it('names the scenario', () => {
    const name = (target: Parameters<typeof describeScenario>[0]['target'], hasCaching: boolean): string =>
      describeScenario({ target, hasCaching, isFiltered: true });
    assert.equal(name('own', true), 'at the rates of then');
    assert.equal(name('own', false), 'without caching');
    assert.equal(name('rates', false), 'at these rates without caching');
    assert.equal(name(haiku, false), 'on claude-haiku-4-5 without caching');
  });
});
