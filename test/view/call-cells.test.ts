import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bodyCell, timeCell, tokensCell } from '../../src/view/call-cells.js';
import { type Call, costCell, statusCell } from '../../src/view/call-state.js';

const call = (fields: Partial<Call> = {}): Call => ({
  id: 'a',
  project: 'acme',
  provider: 'openai',
  model: 'gpt-5.1',
  mode: null,
  kind: 'chat',
  status: 'success',
  httpStatus: 200,
  errorClass: null,
  errorCode: null,
  retryable: null,
  requestedAt: '2026-11-24T14:02:11Z',
  recordedAt: null,
  latencyMs: 1,
  ttftMs: null,
  inputTokens: 100,
  outputTokens: 10,
  thinkingTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  complete: true,
  costMillicents: 2_840,
  ratesSource: null,
  billing: 'api',
  machine: null,
  workdir: null,
  attribution: null,
  promptHash: null,
  body: 'stored',
  ...fields,
});

const costText = (fields: Partial<Call>): string => {
  const { lead = '', text } = costCell(call(fields));
  return (lead + text).replace('\u00a0', ' ');
};

describe('a cell of the calls table', () => {
  it('says what a call cost, and never 0 for what nobody priced', () => {
    assert.equal(costText({}), '$0.0284');
    assert.equal(costText({ costMillicents: null }), 'not priced');
    assert.equal(costText({ costMillicents: 0 }), '<$0.00001');
    assert.equal(costText({ costMillicents: 0, inputTokens: 0, outputTokens: 0 }), '0');
    assert.equal(costText({ costMillicents: 3 }), '<$0.0001');
    assert.equal(costText({ costMillicents: 126_720 }), '$1.2672');
  });

  it('calls the cost of a cut stream a lower bound, to its last digit where it is small', () => {
    assert.equal(costText({ complete: false }), '≥ $0.0284');
    assert.equal(costText({ complete: false, costMillicents: 3 }), '≥ $0.00003');
  });

  it('mutes the zeros before the figures', () => {
    assert.deepEqual(costCell(call()), { lead: '$0.0', text: '284' });
  });

  it('tells tokens that are unknown from tokens that are none', () => {
    assert.equal(tokensCell(call(), 0).text, '0');
    const unsent = call({ complete: false, inputTokens: 0, outputTokens: 0 });
    assert.equal(tokensCell(unsent, 0).text, 'unknown');
    const failed = call({ status: 'error', inputTokens: 0, outputTokens: 0 });
    assert.equal(tokensCell(failed, 0).text, '–');
    assert.equal(tokensCell(call({ complete: false }), 100).lead, '≥\u00a0');
  });

  it('says in words how a call went', () => {
    const words = (fields: Partial<Call>): [string, string | null | undefined] => {
      const { text, mark } = statusCell(call(fields));
      return [text, mark];
    };
    assert.deepEqual(words({}), ['ok', undefined]);
    assert.deepEqual(words({ status: 'error', errorClass: 'rate_limit', httpStatus: 429 }), [
      'rate limit 429',
      'error',
    ]);
    assert.deepEqual(words({ status: 'error' }), ['failed 200', 'error']);
    assert.deepEqual(words({ status: 'blocked_by_policy' }), ['blocked by policy', 'blocked']);
    assert.deepEqual(words({ status: 'resting' }), ['resting', 'warning']);
    assert.deepEqual(words({ status: null }), ['unknown', 'warning']);
    assert.deepEqual(words({ complete: false }), ['stream cut', 'stream-cut']);
    assert.deepEqual(words({ billing: 'subscription_imputed' }), ['imputed', 'imputed']);
  });

  it('says what is kept of the bodies, and why nothing is where that is known', () => {
    assert.equal(bodyCell(call()).text, 'stored');
    assert.deepEqual(bodyCell(call({ body: 'truncated' })), { mark: 'body-cut', text: 'cut' });
    assert.equal(bodyCell(call({ body: 'failed' })).text, 'failed');
    assert.equal(bodyCell(call({ body: 'none' })).text, 'none');
    assert.equal(bodyCell(call({ body: 'none' }), 'off').text, 'off');
    assert.equal(bodyCell(call({ body: 'none' }), 'expired').text, 'expired');
  });

  it('tells the time in the zone, and nothing where there is none', () => {
    assert.equal(timeCell('2026-11-24T14:02:11Z', 'Asia/Tokyo').text, '23:02:11');
    assert.equal(timeCell(null, 'UTC').text, '–');
  });
});
