import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { priceTokens, type TokenCounts } from '../../src/api/price-tokens.js';

const NONE: TokenCounts = { input: 0, output: 0, thinking: 0, cacheRead: 0, cacheWrite: 0 };
const SONNET: TokenCounts = {
  input: 300_000,
  output: 1_500_000,
  thinking: 1_500_000,
  cacheRead: 30_000,
  cacheWrite: 375_000,
};

const counts = (max: number): fc.Arbitrary<TokenCounts> =>
  fc.record({
    input: fc.nat(max),
    output: fc.nat(max),
    thinking: fc.nat(max),
    cacheRead: fc.nat(max),
    cacheWrite: fc.nat(max),
  });

describe('the price of a call', () => {
  it('is the sum of the five products, floored once', () => {
    // 0.3 + 1.5 + 0.03 millicents: each alone would lose its fraction.
    assert.equal(priceTokens({ ...NONE, input: 1, output: 1, cacheRead: 1 }, SONNET), 1);
    assert.equal(priceTokens({ ...NONE, input: 2_210, cacheRead: 58_402, output: 1_204 }, SONNET), 4_221);
  });

  it('is 0 for what costs less than a millicent', () => {
    assert.equal(priceTokens({ ...NONE, input: 3 }, SONNET), 0);
  });

  it('is exact where doubles are not', () => {
    const tokens = { ...NONE, input: 9_007_199_254_740_991, output: 1 };
    assert.equal(priceTokens(tokens, { ...NONE, input: 1_000_000, output: 999_999 }), 9_007_199_254_740_991);
  });

  it('floors below zero as the daemon does', () => {
    assert.equal(priceTokens({ ...NONE, input: 1 }, { ...NONE, input: -1 }), -1);
    assert.equal(priceTokens({ ...NONE, input: 1_000_000 }, { ...NONE, input: -1 }), -1);
  });

  it('never falls when a call has more tokens', () => {
    fc.assert(
      fc.property(counts(10_000_000), counts(10_000_000), fc.nat(1_000_000), (tokens, rates, more) => {
        const dearer = priceTokens({ ...tokens, input: tokens.input + more }, rates);
        return dearer >= priceTokens(tokens, rates);
      }),
    );
  });

  it('is within one millicent of the exact quotient, from below', () => {
    fc.assert(
      fc.property(counts(10_000_000), counts(50_000_000), (tokens, rates) => {
        const keys = ['input', 'output', 'thinking', 'cacheRead', 'cacheWrite'] as const;
        const exact = keys.reduce((sum, key) => sum + BigInt(tokens[key]) * BigInt(rates[key]), 0n);
        const rest = exact - BigInt(priceTokens(tokens, rates)) * 1_000_000n;
        return rest >= 0n && rest < 1_000_000n;
      }),
    );
  });
});
