import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compareTexts, type TextSpan } from '../../../src/bodies/compare/text-differences.js';

const join = (spans: readonly TextSpan[]): string => spans.map(({ text }) => text).join('');
const equalOf = (spans: readonly TextSpan[]): string => join(spans.filter(({ isEqual }) => isEqual));
/** What differs, in brackets. */
const draw = (spans: readonly TextSpan[]): string =>
  spans.map(({ text, isEqual }) => (isEqual ? text : `[${text}]`)).join('');

function check(left: string, right: string): void {
  const difference = compareTexts(left, right);
  assert.equal(join(difference.left), left);
  assert.equal(join(difference.right), right);
  assert.equal(equalOf(difference.left), equalOf(difference.right));
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const [text, spans] of [
    [left, difference.left],
    [right, difference.right],
  ] as const) {
    const starts = new Set([...graphemes.segment(text)].map(({ index }) => index));
    let at = 0;
    for (const span of spans) {
      assert.notEqual(span.text, '');
      assert.ok(starts.has(at), `a character of ${JSON.stringify(text)} is cut at ${at}`);
      at += span.text.length;
    }
  }
  assert.deepEqual(compareTexts(right, left), { ...difference, left: difference.right, right: difference.left });
}

const piece = fc.oneof(
  fc.constantFrom(
    'port ',
    '3000',
    ' ',
    '\n',
    '\r\n',
    '.',
    'Größe',
    'é',
    '👩‍👩‍👧',
    '🇨🇭',
    '東京',
    'ไทย',
    '\u0301',
    '\u0600',
    '각',
    '\ud800',
    '\u202e',
    '\0',
  ),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const texts = fc
  .tuple(fc.array(piece, { maxLength: 30 }), fc.array(fc.tuple(fc.nat(30), fc.nat(3), piece), { maxLength: 4 }))
  .map(([pieces, edits]) => {
    const later = [...pieces];
    for (const [at, removed, added] of edits) later.splice(at, removed, added);
    return [pieces.join(''), later.join('')] as const;
  });

describe('two versions of a text', () => {
  it('show every character once, whole, and as equal only what is', () => {
    fc.assert(
      fc.property(texts, ([left, right]) => check(left, right)),
      { numRuns: 1000 },
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), check));
  });

  it('show no difference where there is none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { left, right, grain } = compareTexts(text, text);
        assert.deepEqual(
          [left, right],
          text === '' ? [[], []] : [[{ text, isEqual: true }], [{ text, isEqual: true }]],
        );
        assert.equal(grain, 'word');
      }),
    );
  });

  it('show the word that was changed', () => {
    const { left, right } = compareTexts('The server listens on port 3000.', 'The server listens on port 4000.');
    assert.equal(draw(left), 'The server listens on port [3000].');
    assert.equal(draw(right), 'The server listens on port [4000].');
  });

  it('show what was added alone', () => {
    const { left, right } = compareTexts('Read the file.', 'Read the whole file.');
    assert.equal(draw(left), 'Read the file.');
    assert.equal(draw(right), 'Read the [whole ]file.');
  });

  it('show a phrase that was put otherwise as one', () => {
    const { left, right } = compareTexts('You may go home now.', 'You should stay here now.');
    assert.equal(draw(left), 'You [may go home] now.');
    assert.equal(draw(right), 'You [should stay here] now.');
  });

  it('show words of writing without spaces', () => {
    const { left } = compareTexts('我喜欢喝咖啡。', '我喜欢喝牛奶。');
    assert.equal(draw(left), '我喜欢喝[咖啡]。');
  });

  it('show a changed emoji as a whole, though its first half is the same', () => {
    const { left, right } = compareTexts('Done 👩‍👩‍👧!', 'Done 👩‍👩‍👦!');
    assert.equal(draw(left), 'Done [👩‍👩‍👧]!');
    assert.equal(draw(right), 'Done [👩‍👩‍👦]!');
  });

  it('keep a mark with the space that it stands on', () => {
    const { left, right } = compareTexts('a \u0301b', 'a \u0301c');
    assert.equal(draw(left), 'a \u0301[b]');
    assert.equal(draw(right), 'a \u0301[c]');
    check('one \u0301', 'one ');
    check('one \u0301 two', 'one \u0302 two');
  });

  it('show the changed words of a long text too', () => {
    const lines = Array.from({ length: 4000 }, (_, at) => `${at} ${'lorem ipsum '.repeat(8)}`);
    const later = [...lines];
    later[10] = `${lines[10]!} changed`;
    later.splice(2000, 1);
    later[3990] = later[3990]!.replace('ipsum', 'IPSUM');
    const { left, right, grain } = compareTexts(lines.join('\n'), later.join('\n'));
    assert.equal(grain, 'word');
    assert.deepEqual(
      left.filter(({ isEqual }) => !isEqual).map(({ text }) => text),
      [`${lines[2000]!}\n`, 'ipsum'],
    );
    assert.deepEqual(
      right.filter(({ isEqual }) => !isEqual).map(({ text }) => text),
      [' changed', 'IPSUM'],
    );
    assert.equal(join(left), lines.join('\n'));
    assert.equal(join(right), later.join('\n'));
  });

  it('show the changed place in a line of a million characters', () => {
    const line = 'word '.repeat(200_000);
    const { left, right } = compareTexts(line, `${line.slice(0, 500_000)}other ${line.slice(500_000)}`);
    assert.equal(equalOf(left), line);
    assert.deepEqual(
      right.filter(({ isEqual }) => !isEqual).map(({ text }) => text),
      ['other '],
    );
  });

  it('show several changed places in one long line', () => {
    const line = Array.from({ length: 100_000 }, (_, at) => `"key${at}":${at % 97}`).join();
    const later = line.replace('"key500":', '"other":').replace('"key99000":', '"last":');
    const { left, right, grain } = compareTexts(line, later);
    assert.equal(grain, 'word');
    assert.deepEqual(
      [left, right].map((spans) => spans.filter(({ isEqual }) => !isEqual).map(({ text }) => text)),
      [
        ['key500', 'key99000'],
        ['other', 'last'],
      ],
    );
    check(line.slice(0, 20_000), later.slice(0, 20_000));
  });

  it('are told as changed as a whole where they have too little in common to compare', () => {
    const text = (seed: number): string =>
      Array.from({ length: 3000 }, (_, at) => `${(at * seed) % 65_537} x ${(at * seed * 7) % 65_521}`).join('\n');
    const { left, right, grain } = compareTexts(text(31), text(37));
    assert.equal(grain, 'mixed');
    assert.equal(join(left), text(31));
    assert.equal(join(right), text(37));
    assert.ok(left.some(({ isEqual }) => !isEqual));
  });
});
