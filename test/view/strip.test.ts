import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findSizes, sumColumns } from '../../src/view/strip-columns.js';
import { findChange, findHit } from '../../src/view/strip-hit.js';
import { placeChosen } from '../../src/view/strip-chosen.js';
import { drawStrip } from '../../src/view/strip-picture.js';
import { listCostTicks, makeStripScale, STRIP, type StripAnswer } from '../../src/view/strip-scale.js';
import { describeChange, describeColumns, describeStrip, formatCost } from '../../src/view/strip-words.js';

const START = Date.parse('2026-11-24T12:00:00Z');
const at = (minutes: number): string => new Date(START + minutes * 60_000).toISOString();

/** One hour in 60 columns: a column a minute. */
function makeAnswer(change: Partial<StripAnswer> = {}): StripAnswer {
  return {
    since: at(0),
    until: at(60),
    columns: 60,
    rows: 24,
    minMillicents: 10,
    maxMillicents: 100_000,
    pricedCalls: 0,
    zero: [],
    points: [],
    bins: null,
    failed: [],
    unpriced: [],
    band: [],
    changes: [],
    ...change,
  };
}

const draw = (answer: StripAnswer, width = 600): ReturnType<typeof drawStrip> =>
  drawStrip(answer, { width, timeZone: 'UTC', endsNow: false });

describe('the scale of the strip', () => {
  it('puts times and costs back where they came from, at any width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 4000 }), fc.double({ min: 0, max: 60, noNaN: true }), (width, minutes) => {
        const scale = makeStripScale(makeAnswer(), width);
        const ms = START + minutes * 60_000;
        assert.ok(Math.abs(scale.xToTime(scale.timeToX(ms)) - ms) < 1);
        const column = scale.timeToColumn(ms);
        assert.ok(scale.columnToTime(column) <= ms);
        assert.ok(ms < scale.columnToTime(column + 1) || column === 59);
      }),
    );
  });

  it('keeps every cost on the axis, ten times as dear everywhere as far apart', () => {
    const { costToY } = makeStripScale(makeAnswer(), 600);
    assert.ok(costToY(10) < STRIP.base && costToY(100_000) > STRIP.top);
    assert.ok(Math.abs(costToY(10) - costToY(100) - (costToY(1000) - costToY(10_000))) < 1e-9);
  });

  it('draws the rows of bins where calls of their cost would be', () => {
    const { costToY, rowToY } = makeStripScale(makeAnswer(), 600);
    assert.ok(Math.abs(rowToY(0) - (costToY(10) + (costToY(100_000) - costToY(10)) / 48)) < 1e-6);
    assert.ok(rowToY(23) > costToY(100_000) && rowToY(23) < rowToY(22));
  });

  it('stands for a single call and for calls of one cost', () => {
    const answer = makeAnswer({ since: at(0), until: at(0), minMillicents: 500, maxMillicents: 500 });
    const scale = makeStripScale(answer, 600);
    assert.equal(scale.costToY(500), (STRIP.base + STRIP.top) / 2);
    assert.ok(Number.isFinite(scale.timeToX(START)));
  });
});

describe('the labels of the cost axis', () => {
  const labels = (low: number | null, high: number | null): string[] => {
    const answer = makeAnswer({ minMillicents: low, maxMillicents: high });
    return listCostTicks(answer, makeStripScale(answer, 600).costToY).map(({ label }) => label);
  };

  it('are powers of ten in money', () => {
    assert.deepEqual(labels(10, 100_000), ['$0.0001', '$0.001', '$0.01', '$0.10', '$1']);
  });

  it('stand closer where all calls cost much the same', () => {
    assert.deepEqual(labels(1200, 2600), ['$0.005', '$0.01', '$0.02', '$0.05']);
  });

  it('never stand on each other, nor below a millicent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e10 }), fc.integer({ min: 1, max: 1e10 }), (one, other) => {
        const answer = makeAnswer({ minMillicents: Math.min(one, other), maxMillicents: Math.max(one, other) });
        const ticks = listCostTicks(answer, makeStripScale(answer, 600).costToY);
        assert.ok(ticks.length > 0);
        for (const [index, { y, label }] of ticks.entries()) {
          assert.ok(!label.startsWith('<'), label);
          assert.ok(y >= STRIP.top && y <= STRIP.base);
          if (index > 0) assert.ok(ticks[index - 1]!.y - y >= 11, `${label} at ${y}`);
        }
      }),
    );
  });

  it('stand also where no call has a cost', () => {
    assert.deepEqual(labels(null, null), ['$0.0001', '$0.001', '$0.01', '$0.10', '$1']);
  });
});

describe('the sizes of bins', () => {
  it('start with one call and grow with the bins', () => {
    assert.deepEqual(findSizes([{ calls: 1 }, { calls: 1 }]), [1]);
    const few = Array.from({ length: 100 }, (_, index) => ({ calls: 1 + Math.floor(index / 10) }));
    assert.deepEqual(findSizes(few), [1, 5, 8, 10]);
    const many = Array.from({ length: 100 }, (_, index) => ({ calls: 50 * index + 1 }));
    assert.deepEqual(findSizes(many), [1, 3000, 4000]);
  });

  it('are told apart whatever the counts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1 }), (counts) => {
        const sizes = findSizes(counts.map((calls) => ({ calls })));
        assert.equal(sizes[0], 1);
        assert.ok(sizes.length <= 4);
        for (const [index, size] of sizes.entries()) if (index > 0) assert.ok(size > sizes[index - 1]!);
        assert.ok(sizes.at(-1)! <= Math.max(...counts));
      }),
    );
  });
});

describe('the picture of the strip', () => {
  const points = [
    { id: 'early', at: at(5), costMillicents: 100 },
    { id: 'late', at: at(50), costMillicents: 10_000 },
  ];

  it('has a dot for every call, and none in bins', () => {
    const picture = draw(makeAnswer({ points, pricedCalls: 2 }));
    assert.equal(picture.dots.match(/M/g)!.length, 2);
    assert.deepEqual(picture.bins, ['']);
  });

  it('has every bin once, in the path of its size', () => {
    const bins = Array.from({ length: 40 }, (_, index) => ({
      column: index,
      row: 3,
      calls: index + 1,
      id: `c${index}`,
    }));
    const picture = draw(makeAnswer({ points: null, bins, pricedCalls: 820 }));
    const counts = picture.bins.map((path) => path.match(/M/g)?.length ?? 0);
    assert.equal(
      counts.reduce((sum, count) => sum + count),
      40,
    );
    assert.equal(picture.dots, '');
  });

  it('ends the median where there are no calls to take it of, and shows one that stands alone', () => {
    const part = (column: number) => ({ column, calls: 9, p10Millicents: 50, p50Millicents: 100, p90Millicents: 900 });
    const picture = draw(makeAnswer({ band: [0, 1, 2, 20, 40, 41].map(part) }));
    assert.equal(picture.median.match(/M/g)!.length, 3);
    assert.equal(picture.band.match(/M/g)!.length, 6);
  });

  it('counts what stands in a column, priced, failed and not priced apart', () => {
    const answer = makeAnswer({
      points,
      zero: [{ column: 9, calls: 4, id: 'z' }],
      failed: [{ column: 5, calls: 2, id: 'f' }],
      unpriced: [{ column: 7, calls: 3, id: 'u' }],
    });
    const columns = sumColumns(answer, makeStripScale(answer, 600));
    assert.deepEqual(
      [columns[5]!.priced, columns[5]!.failed, columns[7]!.unpriced, columns[9]!.zero, columns[50]!.priced],
      [1, 2, 3, 4, 1],
    );
    assert.equal(describeColumns(draw(answer), 5, 7), '1 call with a price, 2 failed, 3 not priced');
    assert.equal(describeColumns(draw(answer), 20, 22), 'no calls');
  });

  it('puts the words of changes beside their lines, and leaves out those without room', () => {
    const change = (minutes: number) =>
      ({ at: at(minutes), kind: 'model', project: 'acme', from: 'claude-opus-4-6', to: 'claude-sonnet-4-6' }) as const;
    const { changes } = draw(makeAnswer({ changes: [change(10), change(11), change(58), change(1)] }));
    assert.deepEqual(
      changes.map(({ anchor }) => anchor),
      // The first counts most; one has room on no side.
      ['start', null, 'end', null],
    );
  });
});

describe('what is under the pointer', () => {
  it('is the nearest call, and nothing where none is near', () => {
    const answer = makeAnswer({
      points: [
        { id: 'early', at: at(5), costMillicents: 100 },
        { id: 'dearer', at: at(5), costMillicents: 300 },
      ],
    });
    const picture = draw(answer);
    const { timeToX, costToY } = picture.scale;
    assert.equal(findHit(picture, timeToX(START + 300_000) + 2, costToY(110))!.id, 'early');
    assert.equal(findHit(picture, timeToX(START + 300_000) - 2, costToY(290))!.id, 'dearer');
    assert.equal(findHit(picture, 400, 60), null);
  });

  it('is a bin with the costs between its edges', () => {
    const picture = draw(makeAnswer({ points: null, bins: [{ column: 30, row: 0, calls: 12, id: 'newest' }] }));
    const hit = findHit(picture, 305, picture.scale.rowToY(0))!;
    assert.deepEqual([hit.kind, hit.calls, hit.id], ['bin', 12, 'newest']);
    assert.ok(Math.abs(hit.costs![0] - 10) < 1e-9);
    assert.ok(Math.abs(hit.costs![1] - 10 * 10_000 ** (1 / 24)) < 1e-9);
  });

  it('is a mark of the lane that the pointer is on', () => {
    const lane = (id: string) => [{ column: 30, calls: 1, id }];
    const picture = draw(makeAnswer({ zero: lane('zero'), failed: lane('failed'), unpriced: lane('unpriced') }));
    assert.equal(findHit(picture, 306, STRIP.zero - 3)!.id, 'zero');
    assert.equal(findHit(picture, 306, STRIP.failed - 3)!.id, 'failed');
    assert.equal(findHit(picture, 306, STRIP.unpriced - 3)!.id, 'unpriced');
    assert.equal(findHit(picture, 306, STRIP.times), null);
  });
});

describe('a change under the pointer', () => {
  it('is the nearest one beside its line, from further off above the picture, and none below', () => {
    const change = (minutes: number) =>
      ({ at: at(minutes), kind: 'rate', project: null, from: null, to: 'm' }) as const;
    const picture = draw(makeAnswer({ changes: [change(30), change(31)] }));
    assert.equal(findChange(picture, 301, 80)!.change.at, at(30));
    assert.equal(findChange(picture, 305, 80), null);
    assert.equal(findChange(picture, 306, 10)!.change.at, at(31));
    assert.equal(findChange(picture, 300, STRIP.failed), null);
  });
});

describe('chosen calls', () => {
  const call = { requestedAt: at(30), status: 'success', costMillicents: 100 } as never;

  it('wear their letters where they stand, beside each other where they would cover one another', () => {
    const picture = draw(makeAnswer());
    const marks = placeChosen(
      picture,
      ['one', 'two'],
      new Map([
        ['one', call],
        ['two', call],
      ]),
    );
    assert.deepEqual(
      marks.map(({ letter, x }) => [letter, x]),
      [
        ['A', 300],
        ['B', 285],
      ],
    );
  });

  it('without a price stand on their lane, and those of another time nowhere', () => {
    const calls = new Map([
      ['failed', { ...(call as object), status: 'error', costMillicents: null } as never],
      ['before', { ...(call as object), requestedAt: at(-5) } as never],
    ]);
    const marks = placeChosen(draw(makeAnswer()), ['before', 'failed', 'unread'], calls);
    assert.deepEqual(
      marks.map(({ letter, y }) => [letter, y]),
      [['B', STRIP.failed - 7]],
    );
  });
});

describe('the strip in words', () => {
  it('tells costs with the digits that count', () => {
    assert.equal(formatCost(2840), '$0.0284');
    assert.equal(formatCost(88), '$0.00088');
    assert.equal(formatCost(1_240_000), '$12.40');
    assert.equal(formatCost(123.4), '$0.0012');
  });

  it('tells changes of a rate and of a model, without what two models share', () => {
    const change = { at: at(0), project: 'acme', from: 'claude-opus-4-6', to: 'claude-sonnet-4-6' };
    assert.equal(describeChange({ ...change, kind: 'model' }), 'acme: opus-4-6 to sonnet-4-6');
    for (const [from, to, words] of [
      ['claude-opus-4-6', 'claude-opus-4-8', 'opus-4-6 to opus-4-8'],
      ['gpt-5.4-mini', 'gpt-4.1', 'gpt-5.4-mini to gpt-4.1'],
      ['openai', 'anthropic', 'openai to anthropic'],
    ] as const) {
      assert.equal(describeChange({ ...change, kind: 'model', from, to }), `acme: ${words}`);
    }
    assert.equal(
      describeChange({ at: at(0), kind: 'rate', project: null, from: null, to: 'gemini-3-pro' }),
      'gemini-3-pro: rate changed',
    );
  });

  it('says what a person sees', () => {
    const answer = makeAnswer({
      pricedCalls: 3,
      points: [],
      failed: [{ column: 1, calls: 2, id: 'f' }],
      band: [{ column: 0, calls: 9, p10Millicents: 50, p50Millicents: 410, p90Millicents: 900 }],
    });
    assert.equal(
      describeStrip(draw(answer), 'UTC'),
      'Cost of 3 calls with a price over time on a logarithmic scale, a dot each, from $0.0001 to $1.00. ' +
        'Time runs from 24 Nov, 12:00:00 to 13:00:00. ' +
        'The rolling median lies between $0.0041 and $0.0041, last $0.0041. ' +
        '0 of cost 0, 2 failed and 0 not priced stand on lanes of their own.',
    );
  });
});
