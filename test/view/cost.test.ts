import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { priceTokens } from '../../src/api/price-tokens.js';
import type { CallDetail } from '../../src/view/body-price.js';
import { findFault, readIds } from '../../src/view/cost-choice.js';
import { KIND_KEYS, splitDifference, sumCost, toMillionths } from '../../src/view/cost-parts.js';
import { type CostTable, listCostRows, listDifferenceRows } from '../../src/view/cost-rows.js';
import { measureBars } from '../../src/view/cost-bars.js';
import { listCostNotes } from '../../src/view/cost-notes.js';
import { tellCost, tellDifference, type Told } from '../../src/view/cost-words.js';
import { calculateCost, calculateDifference, writeCalculation } from '../../src/view/cost-calculation.js';
import { countExactDecimals, formatExactDifference, formatExactly } from '../../src/view/exact-money.js';
import { anyCall, GPT, SONNET } from './costed-call.js';

const asA = (call: CallDetail) => ({ letter: 'A', call });
const asB = (call: CallDetail) => ({ letter: 'B', call });
const rowsBetween = (a: CallDetail, b: CallDetail): CostTable =>
  listDifferenceRows(asA(a), asB(b), splitDifference(a, b));
const tell = (a: CallDetail, b: CallDetail): Told => tellDifference(asA(a), asB(b), splitDifference(a, b));
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** A drawn amount read back, in millionths of a millicent. */
function readMoney(text: string): bigint {
  const exact = text.replace('≥\u00a0', '');
  if (exact === '0') return 0n;
  const [, sign, dollars, rest = ''] = /^([+−]?)\$([\d,]+)\.(\d+)$/.exec(exact) ?? assert.fail(text);
  const amount = BigInt(dollars!.replaceAll(',', '') + rest.padEnd(11, '0'));
  return sign === '−' ? -amount : amount;
}

const moneyOf = ({ cells }: CostTable['rows'][number]): string => {
  const { lead = '', text } = cells.at(-1)!;
  return lead + text;
};

describe('an exact amount', () => {
  it('has every digit it has, at least cents, and commas', () => {
    assert.equal(formatExactly(370_200_000n), '$0.003702');
    assert.equal(formatExactly(1n), '$0.00000000001');
    assert.equal(formatExactly(-123_456_700_000_000_000n), '−$1,234,567.00');
    assert.equal(formatExactly(0n), '$0.00');
    assert.equal(formatExactly(370_200_000n, 8), '$0.00370200');
    assert.equal(formatExactDifference(12_059_000_000n), '+$0.12059');
    assert.equal(formatExactDifference(-12_059_000_000n), '−$0.12059');
  });

  it('is the amount again when it is read back', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), (amount) => {
        assert.equal(readMoney(formatExactly(amount)), amount);
        assert.equal(readMoney(formatExactDifference(amount, countExactDecimals(amount, 5))), amount);
      }),
    );
  });
});

describe('what a cost consists of', () => {
  it('sums to what was recorded, to the last digit, and rounds down by less than a millicent', () => {
    fc.assert(
      fc.property(anyCall, (call) => {
        const parts = sumCost(call);
        assert.equal(parts === null, call.costMillicents === null || call.price === null);
        if (parts === null) return;
        const kinds = sum(KIND_KEYS.map((kind) => parts.kinds[kind]));
        assert.equal(kinds + parts.rounding + parts.beyond, toMillionths(call.costMillicents!));
        assert.ok(parts.rounding <= 0n && parts.rounding > -1_000_000n);
      }),
    );
  });

  it('is drawn in lines whose digits sum to the recorded cost', () => {
    fc.assert(
      fc.property(anyCall, (call) => {
        const { rows } = listCostRows(call);
        const recorded = rows.at(-1)!;
        if (sumCost(call) === null) return assert.ok(rows.every(({ bar }) => bar === null));
        const parts = rows.filter(({ isTotal }) => !isTotal).map((row) => readMoney(moneyOf(row)));
        assert.equal(sum(parts), readMoney(moneyOf(recorded)));
        assert.equal(recorded.bar!.to, toMillionths(call.costMillicents!));
      }),
    );
  });

  it('shows each product, what the daemon rounds down, and what it recorded', () => {
    assert.deepEqual(
      listCostRows(SONNET).rows.map((row) => [row.label, moneyOf(row)]),
      [
        ['Input, uncached', '$0.0037020'],
        ['Cache read', '$0.0012288'],
        ['Cache write', '$0.0076800'],
        ['Output', '$0.0011550'],
        ['Thinking', '0'],
        ['Rounded down by the daemon', '−$0.0000058'],
        ['Recorded', '$0.0137600'],
      ],
    );
  });

  it('says by how much and which way the recorded cost differs', () => {
    const dearer: CallDetail = { ...SONNET, costMillicents: 1_400, audit: 'differs' };
    assert.deepEqual(
      listCostRows(dearer)
        .rows.slice(-3)
        .map((row) => [row.label, moneyOf(row)]),
      [
        ['Tokens times rate', '$0.0137600'],
        ['Recorded otherwise', '+$0.0002400'],
        ['Recorded', '$0.0140000'],
      ],
    );
    assert.match(tellCost(dearer).rest, /^That is \$0\.00024 more than .* \$0\.01376\./);
    const cheaper: CallDetail = { ...dearer, costMillicents: 1_300 };
    assert.match(tellCost(cheaper).rest, /^That is \$0\.00076 less than /);
  });

  it('is told in words where it is nothing, too small, a lower bound, imputed or not known', () => {
    assert.equal(tellCost(SONNET).head, 'This call cost $0.01376.');
    assert.match(tellCost(SONNET).rest, /2,048 tokens written to the cache, \$0\.00768\.$/);
    assert.equal(tellCost({ ...SONNET, complete: false }).head, 'This call cost at least $0.01376.');
    assert.equal(tellCost({ ...SONNET, billing: 'subscription_imputed' }).head, 'This call would have cost $0.01376.');
    const none = { inputTokens: 0, outputTokens: 0, thinkingTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
    const failed: CallDetail = { ...SONNET, ...none, costMillicents: 0, recomputedMillicents: 0, status: 'error' };
    assert.deepEqual(tellCost(failed), { head: 'This call cost nothing.', rest: 'No tokens were recorded.' });
    const small: CallDetail = { ...GPT, costMillicents: 0 };
    assert.equal(tellCost(small).head, 'This call cost less than $0.00001.');
    assert.equal(moneyOf(listCostRows(small).rows.at(-1)!), '<$0.00001');
    const unknown: CallDetail = { ...SONNET, ...none, costMillicents: null, complete: false, audit: 'cannot' };
    assert.match(tellCost(unknown).rest, /sent no usage/);
    assert.match(tellCost({ ...unknown, status: 'blocked_by_policy' }).head, /blocked by policy/);
  });

  it('says why it cannot be recomputed', () => {
    assert.match(tellCost(GPT).rest, /no rate is published for gpt-5\.4\. The price came from inside the daemon\.$/);
    assert.match(tellCost({ ...GPT, requestedAt: '1970-01-01T00:00:00Z' }).rest, /its time cannot be read/);
    assert.match(tellCost({ ...GPT, model: null }).rest, /the call names no model/);
    assert.match(tellCost({ ...GPT, ratesSource: 'override' }).rest, /no rate for gpt-5\.4 is listed any more\.$/);
    assert.match(tellCost({ ...GPT, costMillicents: null }).rest, /^No cost was recorded, and no rate is published/);
    assert.match(tellCost({ ...SONNET, costMillicents: null, audit: 'cannot' }).rest, /^No cost was recorded\.$/);
  });
});

describe('the difference of two costs', () => {
  it('is the sum of its parts in whole millicents, whatever the calls', () => {
    fc.assert(
      fc.property(anyCall, anyCall, (a, b) => {
        const split = splitDifference(a, b);
        if (a.costMillicents === null || b.costMillicents === null) return assert.equal(split.state, 'unpriced');
        assert.ok(split.state !== 'unpriced');
        assert.equal(split.difference, BigInt(b.costMillicents) - BigInt(a.costMillicents));
        assert.equal(split.state === 'whole', a.price === null || b.price === null);
        if (split.state === 'whole') return;
        const kinds = sum(KIND_KEYS.map((kind) => split.kinds[kind]));
        assert.equal(kinds + split.rates + split.beyond, split.difference);
      }),
      { numRuns: 300 },
    );
  });

  it('has no part but its own where one kind of tokens differs', () => {
    const price = (call: CallDetail): CallDetail => {
      const { inputTokens: input, outputTokens: output, thinkingTokens: thinking } = call;
      const { cacheReadTokens: cacheRead, cacheWriteTokens: cacheWrite } = call;
      const counts = { input, output, thinking, cacheRead, cacheWrite };
      return { ...call, costMillicents: priceTokens(counts, call.price!) };
    };
    fc.assert(
      fc.property(fc.constantFrom(...KIND_KEYS), fc.nat(100_000), (kind, tokens) => {
        const [a, b] = [price(SONNET), price({ ...SONNET, [`${kind}Tokens`]: tokens })];
        const split = splitDifference(a, b);
        assert.ok(split.state === 'split');
        assert.equal(split.kinds[kind], split.difference);
        for (const other of KIND_KEYS) assert.ok(other === kind || split.kinds[other] === 0n);
        assert.deepEqual([split.rates, split.beyond], [0n, 0n]);
      }),
    );
  });

  it('is drawn in lines whose digits sum from what A cost to what B cost, each bar where the one before ended', () => {
    fc.assert(
      fc.property(anyCall, anyCall, (a, b) => {
        const { rows } = rowsBetween(a, b);
        if (a.costMillicents === null || b.costMillicents === null) {
          return assert.ok(rows.every(({ bar }) => bar === null));
        }
        const parts = rows.filter(({ isTotal, bar }) => !isTotal && bar !== null);
        const [first, last] = [rows[0]!, rows.at(-1)!];
        let reached = first.bar!.to;
        for (const row of parts) {
          assert.equal(row.bar!.from, reached);
          assert.equal(readMoney(moneyOf(row)), row.bar!.to - row.bar!.from);
          reached = row.bar!.to;
        }
        assert.equal(reached, last.bar!.to);
        assert.equal(last.bar!.to, toMillionths(b.costMillicents));
        const { low, high } = measureBars(rows)!;
        assert.ok(low < high && parts.every(({ bar }) => Number(bar!.from) >= low && Number(bar!.to) <= high));
      }),
      { numRuns: 300 },
    );
  });

  it('is told in a sentence whose amounts sum to it, in both directions', () => {
    fc.assert(
      fc.property(anyCall, anyCall, (a, b) => {
        const split = splitDifference(a, b);
        if (split.state !== 'split') return;
        const { head, rest } = tell(a, b);
        const parts = [...rest.matchAll(/\(([+−]\$[\d,.]*\d)\)/g)].map(([, text]) => readMoney(text!));
        assert.equal(sum(parts), toMillionths(split.difference));
        const [, amount, way] = /cost (\$[\d,.]*\d) (more|less)/.exec(head) ?? [null, '0', 'same'];
        const told = readMoney(amount);
        assert.equal(way === 'less' ? -told : told, toMillionths(split.difference));
        assert.equal(/ the same, /.test(head), split.difference === 0n);
      }),
    );
  });

  it('names what is more and what is fewer, dearest first', () => {
    const b: CallDetail = { ...SONNET, inputTokens: 41_432, outputTokens: 76, costMillicents: 13_434 };
    assert.deepEqual(tell(SONNET, b), {
      head: 'B cost $0.12058 more than A (×9.76):',
      rest: '40,198 more uncached input tokens (+$0.12059), 1 fewer output token (−$0.00001).',
    });
    assert.match(tell(b, SONNET).head, /^B cost \$0\.12058 less than A \(×0\.10\):$/);
    assert.deepEqual(tell(SONNET, SONNET), {
      head: 'A and B cost the same, $0.01376.',
      rest: 'Nothing in it differs.',
    });
  });

  it('keeps other rates apart, by the model or as a change', () => {
    const cheaper = { ...SONNET.price!, input: 90_000, output: 450_000, cacheRead: 9_000, cacheWrite: 112_500 };
    const later: CallDetail = { ...SONNET, price: cheaper, costMillicents: 412 };
    assert.match(tell(SONNET, later).rest, /^lower rates \(−\$0\.00964\)\.$/);
    assert.equal(rowsBetween(SONNET, later).rows.at(-2)!.label, 'Rate change');
    const other = { ...later, model: 'claude-haiku-4-5' };
    assert.match(tell(SONNET, other).rest, /^the rates of claude-haiku-4-5 \(−\$0\.00964\)\.$/);
    assert.equal(rowsBetween(SONNET, other).rows.at(-2)!.label, 'Rates of claude-haiku-4-5');
  });

  it('is one part, with the difference of the tokens, where a rate is not published', () => {
    const { rows } = rowsBetween(SONNET, GPT);
    assert.deepEqual(
      rows.slice(-2).map((row) => [row.label, moneyOf(row)]),
      [
        ['Cannot be split', '−$0.01087'],
        ['recorded', '$0.00289'],
      ],
    );
    const { head, rest } = tell(SONNET, GPT);
    assert.equal(head, 'B cost $0.01087 less than A (×0.21).');
    assert.match(
      rest,
      /^That cannot be split: no rate is published for gpt-5\.4\. B has 846 fewer uncached input tokens,/,
    );
  });

  it('is not told in money where one of the calls is not priced', () => {
    const unpriced: CallDetail = { ...GPT, costMillicents: null };
    const { head, rest } = tell(SONNET, unpriced);
    assert.equal(head, 'By how much B and A differ in money cannot be told.');
    assert.match(
      rest,
      /^B is not priced: no cost was recorded, and no rate is published for gpt-5\.4\. B has 846 fewer/,
    );
    assert.ok(!`${head}${rest}`.includes('$'));
    assert.match(tell(unpriced, { ...unpriced, complete: false }).rest, /They have the same tokens\.$/);
  });

  it('says that it is as recorded where a stream was cut', () => {
    const cut: CallDetail = { ...SONNET, outputTokens: 10, costMillicents: 1_275, complete: false };
    assert.match(tell(SONNET, cut).head, /^As recorded, B cost \$0\.00101 less than A/);
    assert.match(listCostNotes([asA(SONNET), asB(cut)]).join(), /B: The stream was cut/);
  });
});

describe('the bars', () => {
  it('begin at 0, or close below what is alike where the parts would not be seen', () => {
    const dear: CallDetail = { ...SONNET, inputTokens: 10_000_000, costMillicents: 3_001_006 };
    assert.equal(measureBars(rowsBetween(SONNET, dear).rows)!.low, 0);
    const alike: CallDetail = { ...dear, outputTokens: 777, costMillicents: 3_002_056 };
    const { low } = measureBars(rowsBetween(dear, alike).rows)!;
    assert.ok(low > 2_999_000 * 1_000_000 && low < 3_001_006 * 1_000_000);
  });
});

describe('what the daemon is known not to price', () => {
  const notes = (call: Partial<CallDetail>): string => listCostNotes([asA({ ...SONNET, ...call })]).join(' ');

  it('is told only where it may matter, and never as an amount', () => {
    assert.equal(notes({ cacheWriteTokens: 0 }), '');
    assert.match(notes({}), /kept for an hour/);
    assert.equal(notes({ provider: 'bedrock' }), '');
    assert.equal(notes({ cacheWriteTokens: 0, inputTokens: 200_000, cacheReadTokens: 0 }), '');
    assert.match(
      notes({ cacheWriteTokens: 0, cacheReadTokens: 200_000 }),
      /has 201,234 tokens.*where Anthropic charges/,
    );
    assert.equal(notes({ costMillicents: null }), '');
    assert.ok(!notes({ cacheReadTokens: 200_000 }).includes('$'));
  });

  it('tells the tier of two Gemini models, which the published list does not show', () => {
    const gemini = { provider: 'gemini', model: 'gemini-2.5-pro', cacheWriteTokens: 0, audit: 'differs' as const };
    assert.match(
      notes({ ...gemini, inputTokens: 200_001 }),
      /dearer tier.*likely reason why what was recorded differs/,
    );
    assert.match(
      notes({ ...gemini, cacheReadTokens: 200_000 }),
      /1,234 are uncached, so it was priced as a short prompt/,
    );
    assert.match(notes({ ...gemini, model: 'gemini-2.5-flash', inputTokens: 200_001 }), /where Google charges more/);
  });

  it('is told once of two calls, with their letters', () => {
    assert.match(listCostNotes([asA(SONNET), asB(SONNET)]).join('\n'), /^A and B: Cache writes[^\n]*$/);
  });
});

describe('the ids that are to be compared', () => {
  it('may be pasted with spaces and line ends', () => {
    assert.deepEqual(readIds(' a ,\n b,'), ['a', 'b']);
    assert.deepEqual(readIds(' , '), []);
  });

  it('must be two different ones, or it is said what is wrong', () => {
    assert.equal(findFault(['a', 'b']), null);
    assert.match(findFault(['a'])!, /takes two ids.*has one id\.$/);
    assert.match(findFault(['a', 'b', 'c'])!, /has 3 ids\.$/);
    assert.match(findFault(['a', 'a'])!, /same call twice: a\./);
  });
});

describe('the calculation as text', () => {
  it('holds the calls, the sentence, the lines in columns, and the notes', () => {
    const [calls, ...lines] = writeCalculation(calculateCost(asA(SONNET)), 'UTC').split('\n');
    assert.match(calls!, /^cap · claude-sonnet-4-6 · .*, 07:53:30 UTC · 3c4fa084-db68-46f6-9126-efb05759b208$/);
    assert.deepEqual(lines.slice(0, 10), [
      'This call cost $0.01376. Its tokens times the rate in force then give exactly that, to the millicent. The largest part is 2,048 tokens written to the cache, $0.00768.',
      '',
      'Kind of tokens              Tokens  per million         Cost',
      'Input, uncached              1,234        $3.00   $0.0037020',
      'Cache read                   4,096        $0.30   $0.0012288',
      'Cache write                  2,048        $3.75   $0.0076800',
      'Output                          77       $15.00   $0.0011550',
      'Thinking                         0       $15.00            0',
      'Rounded down by the daemon                       −$0.0000058',
      'Recorded                                          $0.0137600',
    ]);
    assert.match(lines.join('\n'), /\n\nInput excludes .*\nCache writes kept for an hour .*\n$/);
  });

  it('names both calls of two', () => {
    const text = writeCalculation(calculateDifference(asA(SONNET), asB(GPT)), 'UTC');
    assert.match(text, /^A: cap · claude-sonnet-4-6 .*\nB: cap · gpt-5\.4 .*\nB cost \$0\.01087 less than A/);
    assert.match(text, /\nA recorded +\$0\.01376\n/);
  });
});
