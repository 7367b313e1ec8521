import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import { pricingAnswer, type WirePricingAnswer } from '../../src/api/pricing.js';
import { priceTokens, type Rates, type TokenCounts } from '../../src/api/price-tokens.js';
import { CIRCUMSTANCES, openContents, requestRow } from './database-rows.js';
import type { Row } from './fixture-database.js';

const LARGE = { input: 250_000, output: 1_500_000, thinking: 1_500_000, cacheRead: 25_000, cacheWrite: 0 };

const rowOf = (tokens: TokenCounts, cost: number | null, place: number): Row =>
  requestRow({
    id: `call-${place}`,
    provider: 'openai',
    model: 'gpt-5.4',
    mode: tokens.thinking > 0 ? 'thinking' : 'standard',
    input_tokens: tokens.input,
    output_tokens: tokens.output,
    thinking_tokens: tokens.thinking,
    cache_read_tokens: tokens.cacheRead,
    cache_write_tokens: tokens.cacheWrite,
    cost_usd_minor_units: cost,
  });

function fit(test: TestContext, requests: readonly Row[]): WirePricingAnswer['unlisted'][number]['implied'] {
  const { reader } = openContents(test, { requests });
  return pricingAnswer.parse(reader.pricing(CIRCUMSTANCES, { implied: true })).unlisted[0]?.implied;
}

const tokensUpTo = (most: number): fc.Arbitrary<TokenCounts> =>
  fc.record({
    input: fc.nat(most),
    output: fc.nat(most),
    thinking: fc.oneof(fc.constant(0), fc.nat(most)),
    cacheRead: fc.nat(most),
    cacheWrite: fc.constant(0),
  });

describe('the rates that calls of an unlisted model imply', () => {
  it('are those that they were priced with, by cents, and none for tokens that no call used', (test) => {
    const cents = fc.nat(5000).map((count) => count * 1000);
    const rates: fc.Arbitrary<Rates> = fc.record({
      input: cents,
      output: cents,
      thinking: cents,
      cacheRead: cents,
      cacheWrite: cents,
    });
    fc.assert(
      fc.property(rates, fc.integer(), (own, seed) => {
        const calls = fc.sample(tokensUpTo(200_000), { numRuns: 80, seed });
        const implied = fit(
          test,
          calls.map((tokens, place) => rowOf(tokens, priceTokens(tokens, own), place)),
        );
        const { input, output, thinking, cacheRead } = own;
        assert.ok(implied);
        const { step, calls: count, ...found } = implied;
        assert.deepEqual(found, { input, output, thinking, cache_read: cacheRead, cache_write: null });
        assert.ok(step >= 1000);
        assert.equal(count, 80);
      }),
      { numRuns: 12 },
    );
  });

  it('give every call its cost to the millicent, however few or small the calls are, or are not told', (test) => {
    fc.assert(
      fc.property(fc.array(tokensUpTo(3000), { maxLength: 12 }), (calls) => {
        const costs = calls.map((tokens) => priceTokens(tokens, LARGE));
        const implied = fit(
          test,
          calls.map((tokens, place) => rowOf(tokens, costs[place]!, place)),
        );
        if (implied === null || implied === undefined) return;
        const { input, output, thinking, cache_read, cache_write } = implied;
        const rates = {
          ...{ input: input ?? 0, output: output ?? 0, thinking: thinking ?? 0 },
          ...{ cacheRead: cache_read ?? 0, cacheWrite: cache_write ?? 0 },
        };
        assert.deepEqual(
          calls.map((tokens) => priceTokens(tokens, rates)),
          costs,
        );
      }),
      { numRuns: 30 },
    );
  });

  const calls = fc.sample(tokensUpTo(100_000), { numRuns: 60, seed: 11 });
  const rows = calls.map((tokens, place) => rowOf(tokens, priceTokens(tokens, LARGE), place));

  it('are not told where one call has another cost, as beyond a long context', (test) => {
    assert.ok(fit(test, rows));
    const odd = { ...calls[7]!, input: 300_000 };
    assert.equal(fit(test, [...rows.slice(1), rowOf(odd, 2 * priceTokens(odd, LARGE), 0)]), null);
  });

  it('are not told where the calls can not tell them apart', (test) => {
    const same = { input: 1000, output: 500, thinking: 0, cacheRead: 0, cacheWrite: 0 };
    assert.equal(
      fit(
        test,
        [1, 2, 3, 4].map((place) => rowOf(same, priceTokens(same, LARGE), place)),
      ),
      null,
    );
    const tiny = { input: 12, output: 0, thinking: 0, cacheRead: 0, cacheWrite: 0 };
    assert.equal(fit(test, [rowOf(tiny, 0, 0), rowOf({ ...tiny, input: 11 }, 0, 1)]), null);
  });

  it('are of the priced calls alone, and stay away unless they are asked for', (test) => {
    const unpriced = rowOf({ ...calls[0]!, input: 5 }, null, 100);
    const { reader } = openContents(test, { requests: [...rows, unpriced] });
    assert.equal(reader.pricing(CIRCUMSTANCES, { implied: true }).unlisted[0]!.implied!.calls, 60);
    assert.ok(!('implied' in reader.pricing(CIRCUMSTANCES, {}).unlisted[0]!));
    assert.equal(fit(test, [unpriced]), null);
  });
});
