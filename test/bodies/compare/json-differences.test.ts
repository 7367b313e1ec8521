import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compareFields, compareTools } from '../../../src/bodies/compare/field-differences.js';
import { compareJson, type ValueDifference } from '../../../src/bodies/compare/json-differences.js';
import { areEqualNumbers, compactJson } from '../../../src/bodies/compare/written-json.js';
import { type Field, type ToolDefinition } from '../../../src/bodies/conversation.js';

const draw = (differences: readonly ValueDifference[]): string[] =>
  differences.map(({ kind, from, to }) => {
    const pointer = from === null || to === null || from.pointer === to.pointer ? '' : ` → ${to.pointer}`;
    return `${kind} ${(from ?? to)!.pointer}${pointer}: ${from?.json ?? '–'} | ${to?.json ?? '–'}`;
  });
const compare = (from: string, to: string, isCut = false): string[] =>
  draw(compareJson({ json: from, pointer: '/p', isCut }, { json: to, pointer: '/p', isCut: false }));

describe('two values of a body', () => {
  it('show what was added, removed and changed, each at its place and as written', () => {
    assert.deepEqual(compare('{"a": 1, "b": [1, 2], "c": "x"}', '{"a": 1, "b": [1, 3], "d/e": {}}'), [
      'removed /p/c: "x" | –',
      'added /p/d~1e: – | {}',
      'changed /p/b/1: 2 | 3',
    ]);
  });

  it('tell another way of writing from another value', () => {
    assert.deepEqual(compare('1.10', '1.1'), ['rewritten /p: 1.10 | 1.1']);
    assert.deepEqual(compare('[1e2, -0.0, "\\u0041"]', '[100, 0, "A"]'), [
      'rewritten /p/0: 1e2 | 100',
      'rewritten /p/1: -0.0 | 0',
      'rewritten /p/2: "\\u0041" | "A"',
    ]);
    assert.deepEqual(compare('12345678901234567890', '12345678901234567891'), [
      'changed /p: 12345678901234567890 | 12345678901234567891',
    ]);
    assert.deepEqual(compare('1', '"1"'), ['changed /p: 1 | "1"']);
  });

  it('take white space for nothing', () => {
    assert.deepEqual(compare('{"a":[1,{"b":null}]}', ' { "a" : [ 1 ,\n { "b" : null } ] } '), []);
  });

  it('say that members stand in another order', () => {
    assert.deepEqual(compare('{"a":1,"b":2}', '{"b":2,"a":3}'), [
      'reordered /p: {"a":1,"b":2} | {"b":2,"a":3}',
      'changed /p/a: 1 | 3',
    ]);
    assert.deepEqual(compare('["a","b","c"]', '["c","a","b"]'), ['reordered /p: ["a","b","c"] | ["c","a","b"]']);
  });

  it('mirror where elements that stand several times make several answers right', () => {
    const pointers = (from: string, to: string, isTurned: boolean): string[] =>
      compareJson({ json: from, pointer: '', isCut: false }, { json: to, pointer: '', isCut: false })
        .map(({ from: left, to: right }) => [left?.pointer ?? '–', right?.pointer ?? '–'])
        .map((places) => (isTurned ? places.reverse() : places).join(' '))
        .sort();
    const list = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 6 }).map((numbers) => JSON.stringify(numbers));
    fc.assert(
      fc.property(list, list, (from, to) => {
        assert.deepEqual(pointers(to, from, true), pointers(from, to, false));
      }),
      { numRuns: 500 },
    );
  });

  it('keep elements level where one was put in', () => {
    assert.deepEqual(compare('["a","b","c"]', '["a","new","b","c"]'), ['added /p/1: – | "new"']);
    assert.deepEqual(compare('["a",{"x":1},"c"]', '["new","a",{"x":2},"c"]'), [
      'added /p/0: – | "new"',
      'changed /p/1/x → /p/2/x: 1 | 2',
    ]);
  });

  it('compare names that stand twice, each', () => {
    assert.deepEqual(compare('{"a":1,"a":2}', '{"a":1,"a":3}'), ['changed /p/a: 2 | 3']);
    assert.deepEqual(compare('{"a":1,"a":2}', '{"a":1}'), ['removed /p/a: 2 | –']);
  });

  it('do not take what lies after the cut for removed', () => {
    assert.deepEqual(compare('{"a":1,"b":"begin', '{"a":1,"b":"beginning","c":3}', true), [
      'cut /p: {"a":1,"b":"begin | {"a":1,"b":"beginning","c":3}',
      'cut /p/b: "begin | "beginning"',
    ]);
    assert.deepEqual(compare('[1,2', '[1,20,3]', true).slice(1), ['cut /p/1: 2 | 20']);
    assert.deepEqual(compare('{"b":"other', '{"b":"beginning"}', true).slice(1), [
      'changed /p/b: "other | "beginning"',
    ]);
    assert.deepEqual(compare('12', '1234', true), ['cut /p: 12 | 1234']);
  });

  it('show nesting of any depth and lists of any length', () => {
    const deep = (value: number): string => '['.repeat(100_000) + value + ']'.repeat(100_000);
    assert.deepEqual(compare(deep(1), deep(1)), []);
    const [difference, ...rest] = compareJson(
      { json: deep(1), pointer: '', isCut: false },
      { json: deep(2), pointer: '', isCut: false },
    );
    assert.deepEqual(rest, []);
    assert.equal(difference?.kind, 'changed');
    const long = (last: number): string => `[${'1,'.repeat(200_000)}${last}]`;
    assert.equal(compare(long(1), long(2)).length, 1);
  });

  it('have no difference exactly when they are the same, and mirror when swapped', () => {
    const swap = {
      added: 'removed',
      removed: 'added',
      changed: 'changed',
      rewritten: 'rewritten',
      reordered: 'reordered',
      cut: 'cut',
    };
    const key = (kind: string, difference: ValueDifference): string =>
      `${kind} ${difference.from?.pointer ?? ''} ${difference.to?.pointer ?? ''}`;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), fc.boolean(), (a, b, isSame) => {
        const other = isSame ? a : b;
        const from = { json: JSON.stringify(a), pointer: '', isCut: false };
        const to = { json: JSON.stringify(other, null, 2), pointer: '', isCut: false };
        const differences = compareJson(from, to);
        assert.equal(differences.length === 0, from.json === JSON.stringify(other));
        const mirrored = compareJson(to, from).map(({ kind, from: left, to: right }) => ({
          kind,
          from: right,
          to: left,
        }));
        assert.deepEqual(
          mirrored.map((difference) => key(swap[difference.kind], difference)).sort(),
          differences.map((difference) => key(difference.kind, difference)).sort(),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('name values as they stand in their bodies', () => {
    const find = (value: unknown, pointer: string): unknown =>
      pointer
        .split('/')
        .slice(1)
        .reduce<unknown>((node, name) => {
          return (node as Record<string, unknown>)[name.replaceAll('~1', '/').replaceAll('~0', '~')];
        }, value);
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [from, to] = [a, b].map((one) => ({ json: JSON.stringify(one), pointer: '', isCut: false }));
        for (const difference of compareJson(from!, to!)) {
          if (difference.from)
            assert.deepEqual(JSON.parse(difference.from.json), find(JSON.parse(from!.json), difference.from.pointer));
          if (difference.to)
            assert.deepEqual(JSON.parse(difference.to.json), find(JSON.parse(to!.json), difference.to.pointer));
        }
      }),
    );
  });
});

describe('numbers as written', () => {
  it('are equal when their values are, to the last digit', () => {
    for (const [a, b] of [
      ['1', '1.0'],
      ['10', '1e1'],
      ['0.1', '1E-1'],
      ['-0', '0'],
      ['120e-1', '12'],
      ['0.00', '0e9'],
    ] as const) {
      assert.ok(areEqualNumbers(a, b), `${a} ${b}`);
    }
    for (const [a, b] of [
      ['1', '-1'],
      ['1', '10'],
      ['0.1', '0.10000000000000000001'],
      ['1e400', '1e401'],
    ] as const) {
      assert.ok(!areEqualNumbers(a, b), `${a} ${b}`);
    }
  });

  it('are never taken for equal when a double tells them apart', () => {
    const written = fc
      .tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -3, max: 3 }))
      .map(([n, e]) => `${n}e${e}`);
    fc.assert(
      fc.property(written, written, (a, b) => {
        assert.equal(areEqualNumbers(a, b), Math.abs(Number(a) - Number(b)) < 1e-9);
      }),
    );
  });
});

describe('JSON without white space', () => {
  it('is what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.equal(compactJson(JSON.stringify(value, null, 2)), JSON.stringify(value));
      }),
    );
  });
});

const field = (name: string, json: string): Field => ({
  name,
  json,
  pointer: `/${name}`,
  start: 0,
  end: 0,
  isCut: false,
});

describe('parameters', () => {
  it('are matched by name, in any order', () => {
    const from = [field('max_tokens', '8192'), field('temperature', '1.10'), field('stop', '["a"]')];
    const to = [field('temperature', '1.1'), field('max_tokens', '4096'), field('top_p', '0.9')];
    assert.deepEqual(draw(compareFields(from, to)), [
      'changed /max_tokens: 8192 | 4096',
      'rewritten /temperature: 1.10 | 1.1',
      'removed /stop: ["a"] | –',
      'added /top_p: – | 0.9',
    ]);
    assert.deepEqual(compareFields(from, from), []);
  });
});

describe('tool definitions', () => {
  const list = (...tools: { name: string; description: string; input_schema?: unknown }[]) => {
    const written = tools.map((tool) => JSON.stringify(tool));
    const body = `[${written.join()}]`;
    let start = 1;
    const definitions = tools.map((tool, index): ToolDefinition => {
      const end = start + written[index]!.length;
      const definition = {
        name: tool.name,
        description: tool.description,
        schema: null,
        type: 'function',
        isServer: false,
        cacheMark: null,
        rest: [],
        pointer: `/tools/${index}`,
        start,
        end,
        isCut: false,
      };
      start = end + 1;
      return definition;
    });
    return { tools: definitions, body };
  };
  const read = {
    name: 'read',
    description: 'Reads a file',
    input_schema: { properties: { path: { type: 'string' } } },
  };
  const write = { name: 'write', description: 'Writes a file' };
  const search = { name: 'search', description: 'Searches' };

  it('are matched by name, and say what changed in which place', () => {
    const later = { ...read, input_schema: { properties: { path: { type: 'string', minLength: 1 } } } };
    const found = compareTools(list(read, write), list(later, search));
    assert.deepEqual(
      found.map(({ name, kind, from, to }) => `${name} ${kind} ${from} ${to}`),
      ['read changed 0 0', 'write removed 1 null', 'search added null 1'],
    );
    assert.deepEqual(draw(found[0]!.differences), ['added /tools/0/input_schema/properties/path/minLength: – | 1']);
  });

  it('say which of them was moved', () => {
    const found = compareTools(list(read, write, search), list(search, read, write));
    assert.deepEqual(
      found.map(({ name, kind, isMoved }) => `${name} ${kind} ${isMoved}`),
      ['read equal false', 'write equal false', 'search equal true'],
    );
  });

  it('tell tools of one name apart by their order', () => {
    const found = compareTools(list(read, { ...read, description: 'Other' }), list(read));
    assert.deepEqual(
      found.map(({ kind, from, to }) => `${kind} ${from} ${to}`),
      ['equal 0 0', 'removed 1 null'],
    );
  });
});
