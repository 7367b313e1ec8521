import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { QueryError } from '../../src/api/query-error.js';
import { CIRCUMSTANCES, openContents, requestRow, type OpenDatabase } from './database-rows.js';
import type { Row } from './fixture-database.js';

function rateRow(row: Row & { readonly id: string }): Row {
  return {
    provider: 'anthropic',
    model: 'claude-sonnet-4-6',
    mode: 'standard',
    effective_from: '1970-01-01 00:00:00.000000',
    effective_to: null,
    input_rate_per_million_minor_units: 300_000,
    output_rate_per_million_minor_units: 1_500_000,
    thinking_rate_per_million_minor_units: 1_500_000,
    cache_read_rate_per_million_minor_units: 30_000,
    cache_write_rate_per_million_minor_units: 375_000,
    ...row,
  };
}

const CHANGE = '2026-11-24 08:00:00.000000';

/** Two periods that meet at CHANGE. */
const CHANGED = [
  rateRow({ id: 'before', effective_to: CHANGE }),
  rateRow({ id: 'after', effective_from: CHANGE, source: 'operator', input_rate_per_million_minor_units: 100_000 }),
];

function auditOf({ reader }: OpenDatabase, id: string): unknown[] {
  const call = reader.call(CIRCUMSTANCES, id);
  return [call?.price?.source ?? null, call?.audit, call?.recomputed_millicents];
}

describe('the price of a call', () => {
  it('is that of its moment: a period has its first instant and not its last', (test) => {
    const opened = openContents(test, {
      pricing_rates: CHANGED,
      requests: [
        requestRow({ id: 'early', requested_at: '2026-11-24 07:59:59.999999', cost_usd_minor_units: 45 }),
        requestRow({ id: 'on', requested_at: CHANGE, cost_usd_minor_units: 25 }),
        requestRow({ id: 'on-the-second', requested_at: '2026-11-24 08:00:00', cost_usd_minor_units: 25 }),
        requestRow({ id: 'wrong', requested_at: '2026-11-24 08:00:00.000001', cost_usd_minor_units: 45 }),
      ],
    });
    assert.deepEqual(auditOf(opened, 'early'), ['bundled', 'equal', 45]);
    assert.deepEqual(auditOf(opened, 'on'), ['operator', 'equal', 25]);
    assert.deepEqual(auditOf(opened, 'on-the-second'), ['operator', 'equal', 25]);
    assert.deepEqual(auditOf(opened, 'wrong'), ['operator', 'differs', 25]);
  });

  it('is of the rate that began last where several hold, as the daemon has it', (test) => {
    const opened = openContents(test, {
      pricing_rates: [
        rateRow({ id: 'operator', source: 'operator', effective_from: '2026-11-01 00:00:00.000000' }),
        rateRow({ id: 'auto', source: 'auto', effective_from: '2026-11-02 00:00:00.000000' }),
      ],
      requests: [requestRow({ id: 'a' })],
    });
    assert.deepEqual(auditOf(opened, 'a'), ['auto', 'equal', 45]);
  });

  it('is of the call’s mode, or the standard one where that mode is not listed', (test) => {
    const opened = openContents(test, {
      pricing_rates: [
        rateRow({ id: 'standard', source: 'of-standard' }),
        rateRow({ id: 'thinking', mode: 'thinking', source: 'of-thinking' }),
      ],
      requests: [requestRow({ id: 'a', mode: 'thinking' }), requestRow({ id: 'b', mode: 'brand_new' })],
    });
    assert.equal(auditOf(opened, 'a')[0], 'of-thinking');
    assert.equal(auditOf(opened, 'b')[0], 'of-standard');
  });

  it('of gemini is the one listed for google', (test) => {
    const opened = openContents(test, {
      pricing_rates: [rateRow({ id: 'g', provider: 'google', model: 'gemini-2.5-pro' })],
      requests: [requestRow({ id: 'a', provider: 'gemini', model: 'gemini-2.5-pro' })],
    });
    assert.deepEqual(auditOf(opened, 'a'), ['bundled', 'equal', 45]);
    const { rates, unlisted } = opened.reader.pricing(CIRCUMSTANCES, {});
    assert.deepEqual([rates[0]?.provider, rates[0]?.calls, unlisted], ['gemini', 1, []]);
  });

  it('is not made up for a call without a cost, a failed call costs nothing, and a rate of more digits is exact', (test) => {
    const opened = openContents(test, {
      pricing_rates: [
        rateRow({ id: 'r' }),
        rateRow({ id: 'dear', model: 'dear', input_rate_per_million_minor_units: 90_000_000_000_001 }),
      ],
      requests: [
        requestRow({ id: 'cut', cost_usd_minor_units: null, tokens_complete: 0, input_tokens: 0, output_tokens: 0 }),
        requestRow({ id: 'failed', status: 'error', cost_usd_minor_units: 0, input_tokens: 0, output_tokens: 0 }),
        requestRow({ id: 'tiny', input_tokens: 3, output_tokens: 0, cost_usd_minor_units: 0 }),
        requestRow({ id: 'dear', model: 'dear', input_tokens: 99_999_999, output_tokens: 0, cost_usd_minor_units: 1 }),
        requestRow({ id: 'unlisted', model: 'nobody-knows' }),
      ],
    });
    assert.deepEqual(auditOf(opened, 'cut'), ['bundled', 'cannot', null]);
    assert.deepEqual(auditOf(opened, 'failed'), ['bundled', 'equal', 0]);
    assert.deepEqual(auditOf(opened, 'tiny'), ['bundled', 'equal', 0]);
    assert.deepEqual(auditOf(opened, 'dear'), ['bundled', 'differs', 8_999_999_910_000_099]);
    assert.deepEqual(auditOf(opened, 'unlisted'), [null, 'cannot', null]);
  });
});

const NO_TOKENS = {
  input_tokens: 0,
  output_tokens: 0,
  thinking_tokens: 0,
  cache_read_tokens: 0,
  cache_write_tokens: 0,
};

describe('the price list', () => {
  it('has no mode to price where nothing was seen of what its unpriced calls used', (test) => {
    const cut = { cost_usd_minor_units: null, tokens_complete: 0, input_tokens: 0, output_tokens: 0 };
    const { reader } = openContents(test, {
      requests: [
        requestRow({ id: 'a', model: 'grok-4', ...cut, mode: 'thinking' }),
        requestRow({ id: 'b', model: 'grok-4' }),
      ],
    });
    const [unlisted] = reader.pricing(CIRCUMSTANCES, {}).unlisted;
    assert.deepEqual([unlisted?.unpriced_calls, unlisted?.unpriced_modes], [1, []]);
  });

  it('takes a rate that was set under the name that calls have for Google, before those under the other', (test) => {
    const google = { provider: 'google', model: 'gemini-2.5-pro' };
    const gemini = { provider: 'gemini', model: 'gemini-2.5-pro' };
    const opened = openContents(test, {
      pricing_rates: [
        rateRow({ id: 'google', ...google }),
        rateRow({ id: 'google-thinking', ...google, mode: 'thinking' }),
        rateRow({ id: 'gemini', ...gemini, source: 'operator', effective_from: CHANGE }),
        rateRow({ id: 'new', provider: 'gemini', model: 'gemini-9', source: 'operator', effective_from: CHANGE }),
      ],
      requests: [
        requestRow({ id: 'before', ...gemini, requested_at: '2026-11-24 07:00:00.000000' }),
        requestRow({ id: 'after', ...gemini, requested_at: '2026-11-24 09:00:00.000000' }),
        requestRow({ id: 'thinking', ...gemini, mode: 'thinking', requested_at: '2026-11-24 09:00:00.000000' }),
        requestRow({ id: 'new', provider: 'gemini', model: 'gemini-9', requested_at: '2026-11-24 09:00:00.000000' }),
      ],
    });
    assert.equal(auditOf(opened, 'before')[0], 'bundled');
    assert.equal(auditOf(opened, 'after')[0], 'operator');
    assert.equal(auditOf(opened, 'thinking')[0], 'bundled');
    assert.equal(auditOf(opened, 'new')[0], 'operator');
    const { rates, unlisted } = opened.reader.pricing(CIRCUMSTANCES, {});
    assert.deepEqual(Object.fromEntries(rates.map(({ id, calls }) => [id, calls])), {
      gemini: 1,
      google: 1,
      'google-thinking': 1,
      new: 1,
    });
    assert.deepEqual(unlisted, []);
  });

  const idsOf = ({ reader }: OpenDatabase, query: Parameters<typeof reader.pricing>[1]): [string, number][] =>
    reader.pricing(CIRCUMSTANCES, query).rates.map(({ id, calls }) => [id, calls]);

  it('holds what is in force now, then or ever, each with the calls of its period', (test) => {
    const opened = openContents(test, {
      pricing_rates: [
        ...CHANGED,
        rateRow({ id: 'planned', model: 'claude-opus-9', effective_from: '2027-01-01 00:00:00.000000' }),
      ],
      requests: [
        requestRow({ id: 'a', requested_at: '2026-11-24 07:59:59.999999' }),
        requestRow({ id: 'b', requested_at: CHANGE }),
        requestRow({ id: 'c', requested_at: '2026-11-24 09:00:00.000000' }),
        requestRow({ id: 'd', mode: 'thinking' }),
      ],
    });
    assert.deepEqual(idsOf(opened, {}), [['after', 2]]);
    assert.deepEqual(idsOf(opened, { history: true }), [
      ['planned', 0],
      ['after', 2],
      ['before', 1],
    ]);
    assert.deepEqual(idsOf(opened, { at: '2026-11-24T07:59:59.999999Z' }), [['before', 1]]);
    assert.deepEqual(idsOf(opened, { at: '2026-11-24T08:00:00Z' }), [['after', 2]]);
    // The 24th begins at 08:00 UTC in Los Angeles, and at midnight in London.
    assert.deepEqual(idsOf(opened, { at: '2026-11-24', tz: 'America/Los_Angeles' }), [['after', 2]]);
    assert.deepEqual(idsOf(opened, { at: '2026-11-24', tz: 'Europe/London' }), [['before', 1]]);
    assert.throws(
      () => opened.reader.pricing(CIRCUMSTANCES, { at: '2026-02-30' }),
      (error) => error instanceof QueryError && error.parameter === 'at',
    );
  });

  it('names the models that calls use and it does not have, those with the most calls first', (test) => {
    const { reader } = openContents(test, {
      pricing_rates: [rateRow({ id: 'past', effective_to: '2020-01-01 00:00:00.000000' })],
      requests: [
        requestRow({
          id: 'a',
          provider: 'xai',
          model: 'grok-4',
          cost_usd_minor_units: 5,
          rates_source: 'bundled-2026-07-13',
        }),
        requestRow({ id: 'b', provider: 'xai', model: 'grok-4', cost_usd_minor_units: null, mode: 'thinking' }),
        requestRow({
          id: 'c',
          provider: 'openai',
          model: 'new',
          cost_usd_minor_units: null,
          rates_source: 'bundled-x',
        }),
        requestRow({ id: 'd', rates_source: 'bundled-2026-02-01' }),
        requestRow({ id: 'e', rates_source: 'override' }),
      ],
    });
    const answer = reader.pricing(CIRCUMSTANCES, {});
    assert.deepEqual(answer.rates, []);
    assert.deepEqual(answer.unlisted, [
      {
        ...{ provider: 'xai', model: 'grok-4', calls: 2, cost_millicents: 5, unpriced_calls: 1 },
        priced_tokens: { ...NO_TOKENS, input_tokens: 100, output_tokens: 10 },
        unpriced_modes: ['thinking'],
      },
      {
        ...{ provider: 'openai', model: 'new', calls: 1, cost_millicents: null, unpriced_calls: 1 },
        priced_tokens: NO_TOKENS,
        unpriced_modes: ['standard'],
      },
    ]);
    assert.equal(answer.bundled_date, '2026-07-13');
  });
});
