import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compareParts, type FieldChange, readParts } from '../../../src/bodies/compare/message-differences.js';
import type { Part } from '../../../src/bodies/conversation.js';

const place = (pointer: string) =>
  ({ pointer, start: 0, end: 0, isCut: false, cacheMark: null, rest: [] }) satisfies Partial<Part>;
const textPart = (text: string, index = 0): Part => ({ kind: 'text', text, citations: [], ...place(`/${index}`) });
const callPart = (name: string, args: string | null, index = 0): Part => ({
  kind: 'tool-call',
  name,
  arguments: args,
  callId: null,
  type: 'tool_use',
  isServer: false,
  ...place(`/${index}`),
});
const resultPart = (parts: readonly Part[], index = 0): Part => ({
  kind: 'tool-result',
  callId: null,
  name: null,
  isError: null,
  parts,
  type: 'tool_result',
  isServer: false,
  ...place(`/${index}`),
});

const cut = (texts: Readonly<Record<string, string>>, changes: readonly FieldChange[]): string[] =>
  changes.map(({ pointer, field, start, end }) => `${pointer} ${field}: ${texts[pointer + field]!.slice(start, end)}`);

describe('words that differ in two messages', () => {
  it('are placed in the text of the part in which they stand', () => {
    const left = [textPart('The first part.'), textPart('It costs 12 euros.', 1)];
    const right = [textPart('The first part.'), textPart('It costs 15 euros.', 1)];
    const found = compareParts(left, right);
    assert.deepEqual(cut({ '/1text': 'It costs 12 euros.' }, found.left), ['/1 text: 12']);
    assert.deepEqual(cut({ '/1text': 'It costs 15 euros.' }, found.right), ['/1 text: 15']);
  });

  it('are told apart in the name of a tool and in its arguments', () => {
    const found = compareParts([callPart('read', '{"path": "a"}')], [callPart('write', '{"path": "b"}')]);
    assert.deepEqual(
      found.left.map(({ field }) => field),
      ['name', 'arguments'],
    );
    assert.deepEqual(cut({ '/0name': 'write', '/0arguments': '{"path": "b"}' }, found.right), [
      '/0 name: write',
      '/0 arguments: b',
    ]);
  });

  it('are found in parts of parts, such as the result of a tool', () => {
    const [left, right] = ['ten files', 'two files'].map((text) => [
      resultPart([{ ...textPart(text), pointer: '/0/0' }]),
    ]);
    assert.deepEqual(cut({ '/0/0text': 'ten files' }, compareParts(left!, right!).left), ['/0/0 text: ten']);
  });

  it('have their place where the other message says more', () => {
    const found = compareParts([textPart('Pay now.')], [textPart('Pay the bill now.')]);
    assert.deepEqual(found.left, [{ pointer: '/0', field: 'text', start: 4, end: 4 }]);
    assert.deepEqual(cut({ '/0text': 'Pay the bill now.' }, found.right), ['/0 text: the bill ']);
  });

  it('are none where only something beside the text differs', () => {
    const call = callPart('read', '{}') as Extract<Part, { kind: 'tool-call' }>;
    assert.deepEqual(compareParts([call], [{ ...call, callId: 'other' }]), { left: [], right: [] });
  });

  it('stand within their texts, and are mirrored when the messages are swapped', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'see', '\n', '  ', 'größer', '👍'), { maxLength: 8 });
    const parts = fc.array(words, { maxLength: 4 }).map((all) => all.map((some, at) => textPart(some.join(' '), at)));
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        const found = compareParts(left, right);
        const swapped = compareParts(right, left);
        assert.deepEqual([found.left, found.right], [swapped.right, swapped.left]);
        for (const { pointer, start, end } of found.left) {
          const part = left.find((one) => one.pointer === pointer) as Extract<Part, { kind: 'text' }>;
          assert.ok(start <= end && end <= part.text.length);
        }
        if (readParts(left) === readParts(right)) assert.deepEqual(found, { left: [], right: [] });
      }),
    );
  });
});
