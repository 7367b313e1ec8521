import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findPointer } from '../../src/bodies/json-pointer.js';

const BODY = `{
  "model": "grok-4", "max_tokens": 12345678901234567890, "temperature": 1.10,
  "tools": [{"name": "read"}, {"name": "write \\"it\\""}, {"type": "none"}],
  "a/b": {"m~n": true}, "empty": "", "nothing": null
}`;

describe('a JSON Pointer into a body', () => {
  it('finds values as they were written', () => {
    const texts = (pointer: string): readonly string[] => findPointer(BODY, pointer).texts;
    assert.deepEqual(texts('/max_tokens'), ['12345678901234567890']);
    assert.deepEqual(texts('/temperature'), ['1.10']);
    assert.deepEqual(texts('/model'), ['grok-4']);
    assert.deepEqual(texts('/tools/0'), ['{"name": "read"}']);
    assert.deepEqual(texts('/nothing'), ['null']);
    assert.deepEqual(texts('/empty'), ['']);
  });

  it('finds all there are with *', () => {
    assert.deepEqual(findPointer(BODY, '/tools/*/name'), { texts: ['read', 'write "it"'], isCut: false });
  });

  it('finds names with / and ~ in them', () => {
    assert.deepEqual(findPointer(BODY, '/a~1b/m~0n').texts, ['true']);
  });

  it('finds nothing where there is nothing', () => {
    for (const pointer of ['/top_p', '/tools/3', '/model/0', '/tools/-', '/tools/name', '/tools/00']) {
      assert.deepEqual(findPointer(BODY, pointer), { texts: [], isCut: false }, pointer);
    }
    for (const text of ['', '  ', 'event: ping', '<html>', '{broken']) {
      assert.deepEqual(findPointer(text, '/model').texts, [], text);
    }
  });

  it('takes the last of equal names, as every parser does', () => {
    assert.deepEqual(findPointer('{"a": 1, "a": 2}', '/a').texts, ['2']);
  });

  it('reads a body that was cut up to the cut, and says that there may be more', () => {
    const cut = '{"max_tokens": 8192, "messages": [{"role": "user"}, {"role": "assist';
    assert.deepEqual(findPointer(cut, '/max_tokens'), { texts: ['8192'], isCut: false });
    assert.deepEqual(findPointer(cut, '/temperature'), { texts: [], isCut: true });
    assert.deepEqual(findPointer(cut, '/messages/*/role'), { texts: ['user', 'assist…'], isCut: true });
    assert.deepEqual(findPointer(cut, '/messages/7'), { texts: [], isCut: true });
  });

  it('agrees with JSON.parse on any value at any path', () => {
    const escape = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.boolean(), (value, isIndented) => {
        const text = JSON.stringify({ value }, null, isIndented ? 2 : 0);
        const check = (node: unknown, pointer: string): void => {
          const found = findPointer(text, pointer).texts;
          assert.equal(found.length, 1, pointer);
          if (typeof node === 'string') assert.equal(found[0], node.length > 400 ? found[0] : node);
          else if (typeof node !== 'object' || node === null) assert.equal(found[0], JSON.stringify(node));
          else
            for (const [name, child] of Object.entries(node)) {
              if (name !== '*') check(child, `${pointer}/${escape(name)}`);
            }
        };
        check(value, '/value');
      }),
    );
  });
});
