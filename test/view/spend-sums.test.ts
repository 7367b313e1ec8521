import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { printCsv } from '../../src/view/call-csv.js';
import { SPEND_FIELDS, listSpendRecords } from '../../src/view/spend-csv.js';
import { findColour } from '../../src/view/spend-colours.js';
import { makeModel, type SpendRead } from '../../src/view/spend-model.js';
import { chooseScale, formatLine } from '../../src/view/spend-scale.js';
import { findShares, formatTenthsShare } from '../../src/view/shares.js';
import {
  addAmounts,
  cutTail,
  joinSeries,
  MEASURES,
  readAmount,
  readSeries,
  wholeOf,
} from '../../src/view/spend-sums.js';
import { describePlace, describeSpend } from '../../src/view/spend-words.js';
import { drawSpend } from '../../src/view/spend-picture.js';
import { makeRead, makeSums } from './spend-answers.js';

/** Some calls: of those that have a price a cost, of which some is imputed. */
const anySums = fc
  .record({ priced: fc.nat(50), unpriced: fc.nat(3), cost: fc.nat(10_000_000), imputedTenths: fc.nat(10) })
  .map(({ priced, unpriced, cost, imputedTenths }) => {
    const whole = priced > 0 ? cost : 0;
    return makeSums({
      calls: priced + unpriced,
      unpricedCalls: unpriced,
      costMillicents: priced === 0 && unpriced > 0 ? null : whole,
      imputedMillicents: Math.floor((whole * imputedTenths) / 10),
      inputTokens: priced * 7,
      cacheReadTokens: unpriced,
    });
  });

/** Series of days across both clock changes of a year, so that one day has 23 hours and one 25. */
const anyRead = fc
  .record({
    days: fc.integer({ min: 1, max: 20 }),
    start: fc.constantFrom('2026-03-20', '2026-10-15', '2026-11-24'),
    keys: fc.uniqueArray(
      fc.oneof(fc.constantFrom('anthropic', 'openai', 'groq', '=cmd()'), fc.string(), fc.constant(null)),
      {
        minLength: 1,
        maxLength: 14,
      },
    ),
    before: fc.array(anySums, { maxLength: 4 }),
  })
  .chain(({ days, start, keys, before }) =>
    fc
      .array(fc.array(anySums, { minLength: days, maxLength: days }), {
        minLength: keys.length,
        maxLength: keys.length,
      })
      .map((points) =>
        makeRead({ start, zone: 'Europe/London', series: keys.map((key, at) => ({ key, sums: points[at]! })), before }),
      ),
  );

const costs = (read: SpendRead): (number | null)[] =>
  read.series.series.flatMap(({ points }) => points.map(({ costMillicents }) => costMillicents));
const add = (numbers: Iterable<number | null>): number =>
  [...numbers].reduce<number>((sum, one) => sum + (one ?? 0), 0);

describe('sums of spend', () => {
  it('are unknown only where no call has a price, and 0 where there are no calls', () => {
    const none = readAmount(makeSums({ calls: 2, unpricedCalls: 2, costMillicents: null }), 'cost');
    const empty = readAmount(makeSums({}), 'cost');
    const one = readAmount(makeSums({ calls: 1, costMillicents: 5 }), 'cost');
    assert.equal(addAmounts([none, empty]).value, null);
    assert.equal(addAmounts([empty]).value, 0);
    assert.deepEqual(addAmounts([none, one]), { calls: 3, unpricedCalls: 2, value: 5, imputed: 0 });
  });

  it('hold imputed spend apart from what was billed, and never twice', () => {
    const sums = makeSums({ calls: 1, costMillicents: 700, imputedMillicents: 200 });
    const amount = readAmount(sums, 'cost');
    assert.deepEqual([amount.value, amount.imputed, wholeOf(amount)], [500, 200, 700]);
    assert.deepEqual(readAmount(sums, 'calls'), { calls: 1, unpricedCalls: 0, value: 1, imputed: 0 });
  });

  it('of the stacks are those of the answer to the millicent, cut or opened, slot by slot and in all', () => {
    fc.assert(
      fc.property(anyRead, fc.boolean(), (read, isOpened) => {
        const model = makeModel(read, 'cost', isOpened);
        const parts = model.stacks.flatMap(({ series }) => series.points.map((point) => wholeOf(point)));
        assert.equal(add(parts), add(costs(read)));
        assert.equal(wholeOf(model.all) ?? 0, add(costs(read)));
        for (const [slot, sum] of model.sums.entries()) {
          assert.equal(add(model.stacks.map(({ series }) => series.points[slot]!.value)), sum.value ?? 0);
          assert.equal(add(read.series.series.map(({ points }) => points[slot]!.costMillicents)), wholeOf(sum) ?? 0);
        }
      }),
    );
  });

  it('of calls and tokens are those of the answer too', () => {
    fc.assert(
      fc.property(anyRead, (read) => {
        const points = read.series.series.flatMap((series) => series.points);
        assert.equal(makeModel(read, 'calls', false).all.value, add(points.map(({ calls }) => calls)));
        const tokens = points.map(({ inputTokens, cacheReadTokens }) => inputTokens + cacheReadTokens);
        assert.equal(makeModel(read, 'tokens', false).all.value, add(tokens));
      }),
    );
  });

  it('of the key sum from its parts to its whole', () => {
    fc.assert(
      fc.property(anyRead, fc.constantFrom(...MEASURES), fc.boolean(), (read, measure, isOpened) => {
        const { rows, all } = makeModel(read, measure, isOpened);
        const valuesOf = (kind: string): (number | null)[] =>
          rows.filter((row) => row.kind === kind).map(({ value }) => value);
        const whole = valuesOf('all')[0]!;
        assert.equal(add(valuesOf('series')) + add(valuesOf('imputed')), whole ?? 0);
        if (valuesOf('billed').length > 0) assert.equal(add(valuesOf('series')), valuesOf('billed')[0] ?? 0);
        assert.equal(rows.at(-1)!.isAtLeast, all.unpricedCalls > 0);
        const shares = rows.filter(({ kind, share }) => /series|imputed/.test(kind) && share !== null);
        if ((whole ?? 0) > 0) {
          const tenths = shares.map(({ share }) => (share!.startsWith('<') ? 0 : Math.round(parseFloat(share!) * 10)));
          assert.equal(add(tenths), 1000);
          assert.equal(rows.at(-1)!.share, '100.0 %');
        } else assert.equal(rows.at(-1)!.share, null);
      }),
    );
  });

  it('draw as bars what they are, with a cap wherever a call has no price', () => {
    fc.assert(
      fc.property(anyRead, (read) => {
        const model = makeModel(read, 'cost', false);
        const picture = drawSpend(model, 600);
        const points = read.series.series.map((series) => series.points);
        assert.equal(add(picture.stacks.flat()) + add(picture.lane), add(costs(read)));
        assert.deepEqual(
          picture.atLeast,
          model.slots.map((_, slot) => points.some((series) => series[slot]!.unpricedCalls > 0)),
        );
        const top = picture.step * picture.lines;
        assert.ok(model.sums.every(({ value }) => (value ?? 0) <= top || picture.lines === 0));
      }),
    );
  });
});

describe('the long tail of spend', () => {
  const series = (count: number) =>
    readSeries(
      makeRead({
        series: Array.from({ length: count }, (_, at) => ({
          key: `project-${at}`,
          sums: [makeSums({ calls: 1, costMillicents: 1000 - at })],
        })),
      }).series,
      'cost',
    );

  it('is put together from the eighth part on, and is never one alone', () => {
    assert.deepEqual(
      [7, 8, 20].map((count) => cutTail(series(count), false).tail.length),
      [0, 2, 14],
    );
    assert.equal(joinSeries(cutTail(series(20), false).tail).total.value, 14 * 1000 - (6 + 19) * 7);
  });

  it('can be opened, up to forty', () => {
    assert.deepEqual(
      [20, 60].map((count) => cutTail(series(count), true).shown.length),
      [20, 39],
    );
  });

  it('is named by how many it holds, in the key as in the picture', () => {
    const read = makeRead({
      by: 'project',
      series: Array.from({ length: 9 }, (_, at) => ({
        key: `p${at}`,
        sums: [makeSums({ calls: 1, costMillicents: 9 - at })],
      })),
    });
    const { stacks, rows } = makeModel(read, 'cost', false);
    assert.equal(stacks.at(-1)!.label, 'other (3)');
    assert.deepEqual(stacks.at(-1)!.keys, ['p6', 'p7', 'p8']);
    assert.equal(rows[6]!.value, 1 + 2 + 3);
  });
});

describe('shares', () => {
  it('sum to exactly 100.0 %, none further than a tenth from what it is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000_000), { minLength: 1, maxLength: 40 }), (parts) => {
        const tenths = findShares(parts);
        const whole = add(parts);
        assert.equal(add(tenths), whole > 0 ? 1000 : 0);
        for (const [at, part] of parts.entries()) {
          assert.ok(whole === 0 || Math.abs(tenths[at]! - (part / whole) * 1000) < 1);
        }
      }),
    );
  });

  it('of what is there but small say so', () => {
    assert.deepEqual(findShares([1, 1, 1]), [334, 333, 333]);
    assert.equal(formatTenthsShare(0, true), '<0.1 %');
    assert.equal(formatTenthsShare(0, false), '0.0 %');
    assert.equal(formatTenthsShare(438, true), '43.8 %');
  });
});

describe('the axis of spend', () => {
  it('has round whole steps, at most five, the top at or above every bar', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 12), fc.nat(10 ** 12), (greatest, imputed) => {
        const { step, lines, laneTop } = chooseScale(greatest, imputed);
        assert.ok(Number.isInteger(step) && step > 0);
        assert.ok(step * lines >= greatest && lines <= 4);
        assert.equal(laneTop, imputed);
        assert.ok(lines > 0 || (greatest === 0 && imputed > 0));
      }),
    );
  });

  it('is labelled in one precision', () => {
    assert.equal(chooseScale(9_200_000, 0).step, 2_500_000);
    assert.deepEqual(
      [0, 1, 2].map((line) => formatLine(line * 250_000, 250_000, 'cost')),
      ['$0', '$2.50', '$5.00'],
    );
    assert.equal(formatLine(7_500_000, 2_500_000, 'cost'), '$75');
    assert.equal(formatLine(20, 10, 'cost'), '$0.0002');
    assert.equal(formatLine(1_500_000, 500_000, 'tokens'), '1.5 M');
  });
});

describe('colours of spend', () => {
  const known = {
    providers: ['groq', 'anthropic', 'mistral', null, 'deepseek', 'cohere', 'together'],
    projects: ['shop', 'evals'],
    models: [
      { model: 'claude-a', provider: 'anthropic' },
      { model: 'gpt', provider: 'openai' },
      { model: 'claude-b', provider: 'anthropic' },
    ],
  };

  it('are fixed for four providers, then by first call, then other', () => {
    const of = (key: string | null): string => findColour('provider', key, known);
    assert.deepEqual(['anthropic', 'openai', 'gemini', 'xai'].map(of), [
      'series-1',
      'series-2',
      'series-3',
      'series-4',
    ]);
    assert.deepEqual(['groq', 'mistral', 'deepseek', 'cohere'].map(of), [
      'series-5',
      'series-6',
      'series-7',
      'series-8',
    ]);
    assert.deepEqual(['together', 'unheard of', null].map(of), ['series-other', 'series-other', 'series-other']);
  });

  it('of models are their provider’s, told apart by lightness', () => {
    const of = (key: string | null): string => findColour('model', key, known);
    assert.deepEqual(['claude-a', 'claude-b', 'gpt', 'new'].map(of), [
      'series-1 tone-0',
      'series-1 tone-1',
      'series-2 tone-0',
      'series-other',
    ]);
  });

  it('of projects go by the whole database, so that a filter changes none', () => {
    assert.deepEqual(
      ['evals', 'other', null].map((key) => findColour('project', key, known)),
      ['series-2', 'series-other', 'series-other'],
    );
  });
});

describe('spend in words', () => {
  const read = makeRead({
    start: '2026-11-23',
    series: [
      {
        key: 'anthropic',
        sums: [
          makeSums({ calls: 4, costMillicents: 300_000, imputedMillicents: 100_000 }),
          makeSums({ calls: 1, costMillicents: 50_000 }),
        ],
      },
      { key: 'qwen', sums: [makeSums({ calls: 2, unpricedCalls: 2, costMillicents: null }), makeSums({})] },
    ],
    before: [makeSums({ calls: 3, costMillicents: 250_000 })],
  });
  const model = makeModel(read, 'cost', false);

  it('is one sentence of the whole, its peak, its greatest part and its change', () => {
    assert.equal(
      describeSpend(model),
      'Spend by the day, 23–24 November 2026, by provider: at least $3.50 in all, of it $1.00 imputed and not billed, 2 calls not priced. ' +
        'The dearest day is Monday 23 November, at least $2.00. Most is anthropic, 71.4 %. That is 40.0 % more than 21–22 Nov.',
    );
  });

  it('names a place, the part that is meant, and what is not known of it', () => {
    assert.deepEqual(describePlace(model, 0, 1), [
      'Monday 23 November',
      'qwen: not priced',
      'all: at least $2.00 billed',
      'imputed, not billed: $1.00',
      '2 of 6 calls not priced',
    ]);
    assert.deepEqual(describePlace(model, 1, null), ['Tuesday 24 November, so far (14:02)', 'all: $0.50', '1 call']);
  });
});

describe('spend as CSV', () => {
  it('has a line for each slot of each series, in whole millicents, formulas defused and unknown costs empty', () => {
    const read = makeRead({
      start: '2026-11-23',
      series: [
        { key: '=HYPERLINK("x")', sums: [makeSums({ calls: 2, unpricedCalls: 2, costMillicents: null })] },
        { key: null, sums: [makeSums({ calls: 1, costMillicents: 7 })] },
      ],
    });
    const lines = printCsv(SPEND_FIELDS, listSpendRecords(read)).trimEnd().split('\r\n');
    assert.equal(lines[0]!.split(',').length, SPEND_FIELDS.length);
    assert.deepEqual(lines.slice(1), [
      '2026-11-23T00:00:00.000Z,day,provider,"\'=HYPERLINK(""x"")",2,0,2,0,,0,0,0,0,0,0',
      '2026-11-23T00:00:00.000Z,day,provider,,1,0,0,0,7,0,0,0,0,0,0',
    ]);
  });

  it('sums to the whole', () => {
    fc.assert(
      fc.property(anyRead, (read) => {
        const records = listSpendRecords(read);
        assert.equal(add(records.map((record) => record.cost_millicents as number | null)), add(costs(read)));
      }),
    );
  });
});
