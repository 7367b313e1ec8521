import fc from 'fast-check';
import type { Rates } from '../../src/api/price-tokens.js';
import type { CallDetail } from '../../src/view/body-price.js';

/** A call of the real daemon: 1,376 millicents, which its tokens times its rates give. */
export const SONNET: CallDetail = {
  id: '3c4fa084-db68-46f6-9126-efb05759b208',
  project: 'cap',
  provider: 'anthropic',
  model: 'claude-sonnet-4-6',
  mode: 'standard',
  kind: 'chat',
  status: 'success',
  httpStatus: 200,
  errorClass: null,
  errorCode: null,
  retryable: null,
  requestedAt: '2026-11-24T07:53:30.386836Z',
  recordedAt: '2026-11-24T07:53:30.500000Z',
  latencyMs: 1200,
  ttftMs: null,
  inputTokens: 1234,
  outputTokens: 77,
  thinkingTokens: 0,
  cacheReadTokens: 4096,
  cacheWriteTokens: 2048,
  complete: true,
  costMillicents: 1376,
  ratesSource: 'bundled-2026-07-13',
  billing: 'api',
  machine: 'm',
  workdir: '/w',
  attribution: 'env',
  promptHash: null,
  body: 'stored',
  price: {
    input: 300_000,
    output: 1_500_000,
    thinking: 1_500_000,
    cacheRead: 30_000,
    cacheWrite: 375_000,
    effectiveFrom: '1970-01-01T00:00:00Z',
    effectiveTo: null,
    source: 'bundled',
  },
  audit: 'equal',
  recomputedMillicents: 1376,
};

/** A model whose price is inside the daemon. */
export const GPT: CallDetail = {
  ...SONNET,
  id: 'c3623be6-3c5f-4a45-8d51-e6f337551f8d',
  provider: 'openai',
  model: 'gpt-5.4',
  inputTokens: 388,
  outputTokens: 56,
  thinkingTokens: 64,
  cacheReadTokens: 512,
  cacheWriteTokens: 0,
  costMillicents: 289,
  ratesSource: null,
  price: null,
  audit: 'cannot',
  recomputedMillicents: null,
};

/** Counts as they come, and some that no double holds a product of. */
const count = fc.oneof(fc.nat(1_000), fc.nat(500_000), fc.constantFrom(0, Number.MAX_SAFE_INTEGER), fc.maxSafeNat());
const rate = fc.oneof(fc.nat(3_000_000), fc.constantFrom(0, 1, 37_500, Number.MAX_SAFE_INTEGER));
const rates: fc.Arbitrary<Rates> = fc.record({
  input: rate,
  output: rate,
  thinking: rate,
  cacheRead: rate,
  cacheWrite: rate,
});

/** Any call: priced or not, with rates or without, recorded as its rates give or otherwise, complete or cut. */
export const anyCall: fc.Arbitrary<CallDetail> = fc
  .record({
    inputTokens: count,
    outputTokens: count,
    thinkingTokens: count,
    cacheReadTokens: count,
    cacheWriteTokens: count,
    complete: fc.boolean(),
    model: fc.constantFrom('claude-sonnet-4-6', 'claude-haiku-4-5'),
    costMillicents: fc.option(fc.oneof(fc.nat(1_000_000), fc.maxSafeNat()), { freq: 6 }),
    price: fc.option(rates, { freq: 6 }),
  })
  .map(({ price, ...call }) => ({
    ...SONNET,
    ...call,
    price: price === null ? null : { ...SONNET.price!, ...price },
    audit: price === null || call.costMillicents === null ? 'cannot' : 'differs',
  }));
