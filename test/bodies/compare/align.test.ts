import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type AlignedRow, alignItems } from '../../../src/bodies/compare/align.js';
import { foldEqual } from '../../../src/bodies/compare/differences.js';
import { type AlignItem } from '../../../src/bodies/compare/pair-items.js';

const items = (...texts: string[]): AlignItem[] =>
  texts.map((text, index) => {
    const role = text.startsWith('A:') ? 'assistant' : 'user';
    return { key: text, role, text, pointer: `/messages/${index}` };
  });

/** Rows as text, one letter for what they are and the cells' places. */
const draw = (rows: readonly AlignedRow[]): string[] =>
  rows.map(({ kind, cells }) => `${kind} ${cells.map((index) => index ?? '–').join(' ')}`);

const words = fc.constantFrom('read', 'the', 'file', 'please', 'write', 'a', 'test', 'done', 'no', 'server');
const text = fc.oneof(
  // Few different ones, so that equal and similar messages meet.
  fc.array(words, { maxLength: 6 }).map((all) => all.join(' ')),
  fc.constantFrom('ok', 'A: ok', 'go on', ''),
);
const pane = fc.array(text, { maxLength: 12 }).map((texts) => items(...texts));
const edited = fc
  .tuple(fc.array(text, { maxLength: 14 }), fc.array(fc.tuple(fc.nat(14), fc.nat(2), text), { maxLength: 4 }))
  .map(([texts, edits]) => {
    const later = [...texts];
    for (const [at, removed, added] of edits) later.splice(at, removed, added);
    return [items(...texts), items(...later)];
  });
const panes = fc.oneof(edited, fc.array(pane, { minLength: 2, maxLength: 4 }));

describe('messages side by side', () => {
  it('stand each in one row, in the order they were sent', () => {
    fc.assert(
      fc.property(panes, (all) => {
        const rows = alignItems(all);
        for (const [at, list] of all.entries()) {
          const places = rows.map(({ cells }) => cells[at]).filter((index) => index !== null);
          assert.deepEqual(
            places,
            list.map((_, index) => index),
          );
        }
        for (const { cells } of rows) {
          assert.equal(cells.length, all.length);
          assert.ok(cells.some((index) => index !== null));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('show no difference where there is none, in two to four panes', () => {
    fc.assert(
      fc.property(pane, fc.integer({ min: 2, max: 4 }), (list, count) => {
        const all = Array.from({ length: count }, () => list);
        const rows = alignItems(all);
        assert.ok(rows.every(({ kind }) => kind === 'equal'));
        assert.ok(foldEqual(rows, all).every(({ kind }) => kind === 'equal'));
        const characters = list.reduce((sum, item) => sum + item.text.length, 0);
        const whole = { kind: 'equal', start: 0, end: list.length, characters };
        assert.deepEqual(foldEqual(rows, all), list.length === 0 ? [] : [whole]);
      }),
    );
  });

  it('are mirrored when the panes are swapped', () => {
    const swapped = { equal: 'equal', changed: 'changed', moved: 'moved', removed: 'added', added: 'removed' } as const;
    /** What each row says, rows named by what they hold: in a run with gaps the first pane's come first. */
    const facts = (rows: readonly AlignedRow[], isSwapped: boolean): string[] => {
      const turn = <T>(pair: readonly T[]): readonly T[] => (isSwapped ? [...pair].reverse() : pair);
      const name = (row: number | null): string => (row === null ? '' : turn(rows[row]!.cells).join());
      return rows
        .map(({ kind, cells, elsewhere }) =>
          [isSwapped ? swapped[kind] : kind, turn(cells).join(), turn(elsewhere.map(name)).join(' ')].join(' | '),
        )
        .sort();
    };
    fc.assert(
      fc.property(edited, ([left, right]) => {
        const one = alignItems([left!, right!]);
        const other = alignItems([right!, left!]);
        assert.deepEqual(facts(other, true), facts(one, false));
      }),
      { numRuns: 1000 },
    );
  });

  it('are called equal, changed and moved only where they are', () => {
    fc.assert(
      fc.property(panes, (all) => {
        const rows = alignItems(all);
        for (const { kind, cells, elsewhere } of rows) {
          const keys = cells.map((index, at) => (index === null ? null : all[at]![index]!.key));
          const present = keys.filter((key) => key !== null);
          const isSame = present.every((key) => key === present[0]);
          assert.equal(kind === 'changed', !isSame);
          assert.equal(kind === 'equal', isSame && present.length === all.length);
          if (kind === 'added') assert.equal(cells[0], null);
          if (kind === 'removed') assert.notEqual(cells[0], null);
          for (const [at, row] of elsewhere.entries()) {
            if (row === null) continue;
            assert.equal(cells[at], null);
            const key = all[at]![rows[row]!.cells[at]!]!.key;
            assert.ok(present.includes(key));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('have as many equal opposite as ever can be without crossing, in short conversations', () => {
    const longest = (left: readonly string[], right: readonly string[]): number => {
      let above = new Array<number>(right.length + 1).fill(0);
      for (const key of left) {
        const row = [0];
        for (const [at, other] of right.entries()) {
          row.push(key === other ? above[at]! + 1 : Math.max(above[at + 1]!, row[at]!));
        }
        above = row;
      }
      return above.at(-1)!;
    };
    fc.assert(
      // Different within each list: patience is then as good as the best.
      fc.property(fc.uniqueArray(fc.nat(20)), fc.uniqueArray(fc.nat(20)), (left, right) => {
        const [a, b] = [left.map(String), right.map(String)];
        const rows = alignItems([items(...a), items(...b)]);
        assert.equal(rows.filter(({ kind }) => kind === 'equal').length, longest(a, b));
      }),
    );
  });
});

const ASK = 'Please read the configuration file and tell me which port the server listens on.';
const ANSWER = 'A: The server listens on port 3000, as the configuration file says in its third line.';
const THANKS = 'Thank you. Change it to 4000 and write a test for it.';
const DONE = 'A: Done. The port is 4000 now, and the new test passes.';

describe('a conversation and a later version of it', () => {
  it('shows what was appended opposite a gap, and folds what came before', () => {
    const all = [items(ASK, ANSWER), items(ASK, ANSWER, THANKS, DONE)];
    const rows = alignItems(all);
    assert.deepEqual(draw(rows), ['equal 0 0', 'equal 1 1', 'added – 2', 'added – 3']);
    assert.deepEqual(foldEqual(rows, all)[0], {
      kind: 'equal',
      start: 0,
      end: 2,
      characters: ASK.length + ANSWER.length,
    });
  });

  it('shows an inserted message, and all after it still level', () => {
    const rows = alignItems([items(ASK, ANSWER, THANKS), items(ASK, ANSWER, 'Wait, is that the right file?', THANKS)]);
    assert.deepEqual(draw(rows), ['equal 0 0', 'equal 1 1', 'added – 2', 'equal 2 3']);
  });

  it('shows an edited message opposite what it was', () => {
    const rows = alignItems([items(ASK, ANSWER, THANKS), items(ASK, ANSWER.replace('3000', '8765'), THANKS)]);
    assert.deepEqual(draw(rows), ['equal 0 0', 'changed 1 1', 'equal 2 2']);
  });

  it('finds an edited message again that grew', () => {
    const rows = alignItems([items('Short question about ports', ASK), items(ASK + ' ' + THANKS, DONE)]);
    assert.deepEqual(draw(rows), ['removed 0 –', 'changed 1 0', 'added – 1']);
  });

  it('does not take an answer for a version of a question', () => {
    const rows = alignItems([items(ASK), items(`A: ${ASK}`)]);
    assert.deepEqual(draw(rows), ['removed 0 –', 'added – 0']);
  });

  it('does not take an unrelated message for a version', () => {
    const rows = alignItems([
      items(ASK),
      items('The weather in Bern will be fine on Sunday, with light wind from the west.'),
    ]);
    assert.deepEqual(draw(rows), ['removed 0 –', 'added – 0']);
  });

  it('marks a message that was moved, in both places', () => {
    const rows = alignItems([items(ASK, ANSWER, THANKS, DONE), items(ANSWER, THANKS, DONE, ASK)]);
    assert.deepEqual(draw(rows), ['moved 0 –', 'equal 1 0', 'equal 2 1', 'equal 3 2', 'moved – 3']);
    assert.deepEqual(rows[0]!.elsewhere, [null, 4]);
    assert.deepEqual(rows[4]!.elsewhere, [0, null]);
  });

  it('calls a message removed that one pane has elsewhere and another nowhere', () => {
    const rows = alignItems([items(ASK, THANKS), items(THANKS, ASK), items(THANKS)]);
    assert.deepEqual(draw(rows), ['removed 0 – –', 'equal 1 0 0', 'added – 1 –']);
    assert.deepEqual(rows[0]!.elsewhere, [null, 2, null]);
    assert.deepEqual(rows[2]!.elsewhere, [0, null, null]);
  });

  it('does not take a moved message for a changed one, though a similar one stands opposite', () => {
    const similar = ASK.replace('port', 'address');
    const rows = alignItems([items(ASK, THANKS, DONE), items(similar, THANKS, DONE, ASK)]);
    assert.deepEqual(draw(rows), ['moved 0 –', 'added – 0', 'equal 1 1', 'equal 2 2', 'moved – 3']);
  });

  it('shows a compacted history as removed and a summary as added, with the end level', () => {
    const history = Array.from(
      { length: 40 },
      (_, at) => `${at % 2 ? 'A: ' : ''}Step ${at} of the work, file number ${at * 7}.`,
    );
    const summary = 'This session continues an earlier one, summed up here: ports were changed and tests written.';
    const rows = alignItems([items(...history, THANKS, DONE), items(summary, THANKS, DONE, 'And now?')]);
    assert.equal(rows.filter(({ kind }) => kind === 'removed').length, 40);
    assert.deepEqual(draw(rows.slice(-4)), ['added – 0', 'equal 40 1', 'equal 41 2', 'added – 3']);
  });

  it('understands versions in writing without spaces', () => {
    const rows = alignItems([
      items('设置文件里写着服务器监听的端口是三千，请把它改成四千。', ASK),
      items(ASK, '设置文件里写着服务器监听的端口是三千，请把它改成五千。'),
    ]);
    assert.deepEqual(draw(rows), ['removed 0 –', 'equal 1 0', 'added – 1']);
    const level = alignItems([
      items('设置文件里写着服务器监听的端口是三千，请把它改成四千。'),
      items('设置文件里写着服务器监听的端口是三千，请把它改成五千。'),
    ]);
    assert.deepEqual(draw(level), ['changed 0 0']);
  });

  it('sets what two later calls both added level, in three and four panes', () => {
    const all = [items(ASK, ANSWER), items(ASK, ANSWER, THANKS), items(ASK, ANSWER, THANKS, DONE)];
    assert.deepEqual(draw(alignItems(all)), ['equal 0 0 0', 'equal 1 1 1', 'added – 2 2', 'added – – 3']);
    const four = [items(ASK), items('go on', ASK), items('go on', ASK, DONE), items(DONE)];
    assert.deepEqual(draw(alignItems(four)), ['added – 0 0 –', 'removed 0 1 1 –', 'added – – 2 0']);
  });

  it('finds each message again in long conversations of which each message was changed', () => {
    const long = (from: number, suffix: string): AlignItem[] =>
      items(
        ...Array.from(
          { length: 600 - from },
          (_, at) => `Line ${(at + from) * 7919} of report ${(at + from) * 104729} says yes${suffix}`,
        ),
      );
    const rows = alignItems([long(0, ''), long(50, ' again')]);
    assert.equal(rows.filter(({ kind }) => kind === 'removed').length, 50);
    assert.ok(rows.slice(50).every(({ kind, cells }) => kind === 'changed' && cells[0] === cells[1]! + 50));
  });

  it('finds changed messages again near the place where they stood, where no word tells them apart', () => {
    // Each shares its words with its neighbours, so none has a word of its own.
    const long = (from: number, suffix: string): AlignItem[] =>
      items(
        ...Array.from({ length: 400 - from }, (_, index) => {
          const at = index + from;
          return `${at} ${at + 1} ${at + 2} ${at + 3} ${at + 4} ${at + 5}${suffix}`;
        }),
      );
    const rows = alignItems([long(0, ''), long(3, ' again')]);
    assert.equal(rows.filter(({ kind, cells }) => kind === 'changed' && cells[0] === cells[1]! + 3).length, 397);
  });

  it('stays true where it had to stop early: thousands of messages that repeat each other', () => {
    const many = (step: number): AlignItem[] =>
      items(...Array.from({ length: 3000 }, (_, at) => `m${(at * at * step) % 11}`));
    const all = [many(1), many(3)];
    const rows = alignItems(all);
    for (const at of [0, 1]) {
      const places = rows.map(({ cells }) => cells[at]).filter((index) => index !== null);
      assert.deepEqual(places, [...places.keys()]);
      assert.equal(places.length, 3000);
    }
  });
});
