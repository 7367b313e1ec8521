import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Rate } from '../../src/daemon/pricing.js';
import { describeAge, describeBundled, describeVerified } from '../../src/view/pricing-age.js';
import { measureDecimals, sortPrices } from '../../src/view/pricing-columns.js';
import { describeReplaced, findReplaced } from '../../src/view/pricing-history.js';
import { mergeModes, searchModels, type Unlisted } from '../../src/view/pricing-rows.js';
import { describeFit, describeImplied, listCommands } from '../../src/view/pricing-implied.js';
import { findImpliedRate } from '../../src/view/pricing-unlisted.js';

function makeRate(model: string, mode: string, facts: Partial<Rate> = {}): Rate {
  return {
    id: `${model} ${mode}`,
    provider: 'anthropic',
    model,
    mode,
    source: 'bundled',
    effectiveFrom: '1970-01-01T00:00:00Z',
    effectiveTo: null,
    lastVerifiedAt: null,
    input: 300_000,
    output: 1_500_000,
    thinking: 1_500_000,
    cacheRead: 30_000,
    cacheWrite: 375_000,
    calls: 0,
    ...facts,
  };
}

const names = (rows: ReturnType<typeof mergeModes>): string[] =>
  rows.map(({ model, modeLabel }) => (modeLabel ? `${model} (${modeLabel})` : model));

describe('rows of the price table', () => {
  it('are one for modes that cost the same, with the calls of both', () => {
    const rows = mergeModes([makeRate('a', 'standard', { calls: 3 }), makeRate('a', 'thinking', { calls: 4 })]);
    assert.deepEqual(names(rows), ['a']);
    assert.equal(rows[0]!.calls, 7);
  });

  it('are one for each mode where figures, source or period differ', () => {
    for (const difference of [
      { thinking: 1 },
      { cacheWrite: 0 },
      { source: 'operator' },
      { effectiveFrom: '2026-11-12T00:00:00Z' },
    ]) {
      const rows = mergeModes([makeRate('a', 'standard'), makeRate('a', 'thinking', difference)]);
      assert.deepEqual(names(rows), ['a (standard)', 'a (thinking)']);
    }
  });

  it('name the mode where the other one has no rate', () => {
    assert.deepEqual(names(mergeModes([makeRate('a', 'standard')])), ['a (standard only)']);
  });

  it('keep models of one name apart by their provider', () => {
    const rows = mergeModes([makeRate('a', 'standard'), makeRate('a', 'standard', { provider: 'gemini' })]);
    assert.equal(rows.length, 2);
  });

  it('were verified when the older of two checks was made, and never where one was not made', () => {
    const verified = (a: string | null, b: string | null): string | null =>
      mergeModes([
        makeRate('a', 'standard', { lastVerifiedAt: a }),
        makeRate('a', 'thinking', { lastVerifiedAt: b }),
      ])[0]!.lastVerifiedAt;
    assert.equal(verified('2026-11-02T00:00:00Z', '2026-11-01T00:00:00Z'), '2026-11-01T00:00:00Z');
    assert.equal(verified('2026-11-02T00:00:00Z', null), null);
  });
});

describe('searching prices', () => {
  const rows = [
    { provider: 'anthropic', model: 'Claude-Opus-4' },
    { provider: 'gemini', model: 'gemini-2.5-pro' },
    { provider: null, model: null },
  ];

  it('finds words in provider and model, all of them, whatever their case', () => {
    assert.deepEqual(searchModels(rows, 'OPUS anthr'), [rows[0]]);
    assert.deepEqual(searchModels(rows, 'opus gemini'), []);
  });

  it('finds everything for nothing', () => {
    assert.deepEqual(searchModels(rows, '  '), rows);
  });

  it('finds those of one provider alone, whatever its name is part of', () => {
    assert.deepEqual(searchModels(rows, '', 'gemini'), [rows[1]]);
    assert.deepEqual(searchModels(rows, 'opus', 'gemini'), []);
    assert.deepEqual(searchModels(rows, '', 'anthropi'), []);
  });
});

describe('the price table', () => {
  it('is sorted by a column, equal ones by provider and model, unknown times last', () => {
    const rows = mergeModes([
      makeRate('b', 'standard', { calls: 2 }),
      makeRate('a', 'standard', { calls: 2 }),
      makeRate('c', 'standard', { calls: 9, lastVerifiedAt: '2026-11-02T00:00:00Z' }),
    ]);
    const models = (key: string, order: 'asc' | 'desc'): string =>
      sortPrices(rows, key, order)
        .map((row) => row.model)
        .join('');
    assert.equal(models('calls', 'desc'), 'cab');
    assert.equal(models('calls', 'asc'), 'abc');
    assert.equal(models('verified', 'asc'), 'cab');
    assert.equal(models('verified', 'desc'), 'cab');
    assert.equal(models('model', 'desc'), 'cba');
  });

  it('has as many decimals in a column as its longest exact figure', () => {
    const rows = mergeModes([
      makeRate('a', 'standard', { cacheRead: 1_875, cacheWrite: 0 }),
      makeRate('b', 'standard', { cacheWrite: 0 }),
    ]);
    assert.deepEqual(measureDecimals(rows, 'million'), {
      input: 2,
      output: 2,
      thinking: 2,
      cacheRead: 5,
      cacheWrite: 0,
    });
  });

  it('says of what day the shipped list is, and repeats a text that is no day', () => {
    assert.equal(
      describeBundled('2026-07-13', Date.parse('2026-11-29T09:00:00Z')),
      'List shipped with the daemon: 13 July 2026, 4 months old',
    );
    assert.equal(describeBundled('beta', 0), 'List shipped with the daemon: beta');
  });
});

describe('the age of prices', () => {
  it('is told in days, then months, then years', () => {
    assert.deepEqual([0, 1, 41, 60, 61, 139, 729, 800].map(describeAge), [
      'today',
      '1 day',
      '41 days',
      '60 days',
      '2 months',
      '4 months',
      '23 months',
      '2 years',
    ]);
  });

  it('is that of the newest check, if there was one', () => {
    const now = Date.parse('2026-11-29T09:00:00Z');
    assert.equal(describeVerified('2026-10-19T08:00:00Z', now), 'last verified 41 days ago');
    assert.equal(describeVerified('2026-11-29T08:00:00Z', now), 'last verified today');
    assert.equal(describeVerified(null, now), 'no rate verified since');
  });
});

describe('a rate and the one before it', () => {
  const options = { timeZone: 'UTC', unit: 'million', now: 0, copy: () => Promise.resolve(true) } as const;
  const before = makeRate('a', 'standard', { effectiveTo: '2020-11-17T09:00:00Z' });
  const after = { effectiveFrom: '2020-11-17T09:00:00Z', source: 'operator' };

  it('are the same model’s and mode’s, one after the other', () => {
    const [row] = mergeModes([makeRate('a', 'thinking', after)]);
    const thinking = makeRate('a', 'thinking', { effectiveTo: after.effectiveFrom });
    const history = [makeRate('a', 'standard', after), before, makeRate('a', 'thinking', after), thinking];
    assert.equal(findReplaced(history, row!), thinking);
    assert.equal(findReplaced([makeRate('b', 'thinking')], row!), null);
  });

  it('are told with what changed, and by how much', () => {
    const tell = (facts: Partial<Rate>): string =>
      describeReplaced(mergeModes([makeRate('a', 'standard', { ...after, ...facts })])[0]!, before, options);
    assert.equal(
      tell({ input: 270_000, cacheWrite: 0 }),
      'Set by you on 17 Nov 2020: input $3.00 → $2.70 (−10.0 %), cache write $3.75 → $0.00 (−100.0 %). Before, the rate was shipped with the daemon.',
    );
    assert.match(tell({}), /: no figure changed\. /);
  });
});

describe('a model without a published rate', () => {
  const model = (facts: Partial<Unlisted>): Unlisted => ({
    provider: 'openai',
    model: 'new',
    calls: 3,
    costMillicents: 1152,
    unpricedCalls: 1,
    pricedTokens: {
      inputTokens: 1976,
      outputTokens: 232,
      thinkingTokens: 188,
      cacheReadTokens: 1224,
      cacheWriteTokens: 0,
    },
    unpricedModes: ['standard'],
    ...facts,
  });
  const commands = (facts: Partial<Unlisted>): string[] =>
    listCommands(model(facts)).map((words) => words.map(({ text }) => text).join(' '));

  it('has an average over its priced calls, and none where nothing is known', () => {
    assert.equal(findImpliedRate(model({})), 318_232);
    assert.equal(findImpliedRate(model({ costMillicents: null })), null);
    const { pricedTokens: _tokens, ...older } = model({});
    assert.equal(findImpliedRate(older), null);
    assert.match(describeImplied(model({ costMillicents: null }), 'million', false), /^None of its calls is priced/);
  });

  it('is told the rates that its calls imply with what that is worth', () => {
    const implied = { input: 250_000, output: 1_500_000, thinking: null, cacheRead: 25_000, cacheWrite: null };
    assert.equal(
      describeFit({ ...implied, step: 25_000, calls: 1656 }, 'thousand'),
      'Its calls imply these rates, per thousand tokens: they give each of the 1,656 priced calls that used tokens its cost to the millicent, and none that are a step of $0.00025 beside them do. Fitted to the recorded costs; the daemon itself publishes none.',
    );
  });

  it('has a command for each mode that lacks a rate, for both where none is known to', () => {
    assert.deepEqual(commands({}), [
      'halton-meter pricing set openai new --mode standard --input INPUT --output OUTPUT --cache-read CACHE_READ --cache-write CACHE_WRITE',
    ]);
    const both = commands({ unpricedModes: [] });
    assert.equal(both.length, 2);
    assert.match(both[1]!, / --mode thinking .* --thinking THINKING /);
    assert.deepEqual(commands({ model: null }), []);
  });

  it('is named to the command so that a shell and the daemon take any name for a name', () => {
    assert.match(commands({ model: "it's; rm" })[0]!, /^halton-meter pricing set openai 'it'\\''s; rm' --mode/);
    assert.match(commands({ model: '--db=x' })[0]!, / --cache-write CACHE_WRITE -- openai '--db=x'$/);
  });
});
