import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type JsonRange, memberAt, scanMembers, scanValue, skipSpace } from '../../src/bodies/json-scan.js';

/** What was scanned, rebuilt: [key, value] pairs for an object, so that order and duplicates count. */
type Rebuilt = string | { readonly object: [string, Rebuilt | null][] } | { readonly array: (Rebuilt | null)[] };

function rebuild(text: string, range: JsonRange): Rebuilt {
  if (range.kind !== 'object' && range.kind !== 'array') return text.slice(range.start, range.end);
  const members = scanMembers(text, range);
  const list = Array.from({ length: members.count }, (_, index) => memberAt(text, range, members, index));
  const values = list.map(({ value }) => (value === null ? null : rebuild(text, value)));
  return range.kind === 'array' ? { array: values } : { object: list.map(({ key }, i) => [key ?? '', values[i]!]) };
}

function expected(value: unknown): Rebuilt {
  if (Array.isArray(value)) return { array: value.map(expected) };
  if (typeof value === 'object' && value !== null) {
    return { object: Object.entries(value).map(([key, field]) => [JSON.stringify(key), expected(field)]) };
  }
  return JSON.stringify(value);
}

/** Whether what was read of a cut text is where the whole text begins. */
function isPrefix(part: Rebuilt | null, whole: Rebuilt): boolean {
  if (part === null) return true;
  if (typeof part === 'string') return typeof whole === 'string' && whole.startsWith(part);
  if (typeof whole === 'string') return false;
  if ('array' in part) return 'array' in whole && part.array.every((item, i) => isPrefix(item, whole.array[i]!));
  return (
    'object' in whole &&
    part.object.every(([key, value], i) => whole.object[i]![0].startsWith(key) && isPrefix(value, whole.object[i]![1]!))
  );
}

const scan = (text: string): Rebuilt => rebuild(text, scanValue(text, skipSpace(text, 0, text.length)));
const indents = fc.constantFrom(undefined, 2, '\t');

describe('the JSON scanner', () => {
  it('finds the structure of whatever JSON.stringify writes, with or without indentation', () => {
    fc.assert(
      fc.property(fc.jsonValue(), indents, (value, indent) => {
        assert.deepEqual(scan(JSON.stringify(value, null, indent)), expected(JSON.parse(JSON.stringify(value))));
      }),
    );
  });

  it('reads any cut text up to its end and makes nothing up', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), indents, fc.nat(), (value, indent, seed) => {
        const text = JSON.stringify(value, null, indent);
        const cut = text.slice(0, 1 + (seed % text.length));
        assert.ok(isPrefix(scan(cut), scan(text)), cut);
      }),
    );
  });

  it('never throws and never leaves a character out, whatever it is given', () => {
    const anything = fc.array(fc.constantFrom(...'{}[]",:\\ 01.e-tfn\n', 'true', '[REDACTED:jwt]', '\ud800'));
    fc.assert(
      fc.property(anything, (parts) => {
        const text = `[${parts.join('')}`;
        const range = scanValue(text, 0);
        const { count, starts, ends, keyStarts, keyEnds } = scanMembers(text, range);
        const covered = new Set<number>();
        for (let index = 0; index < count; index++) {
          for (let at = keyStarts[index]!; at < keyEnds[index]!; at++) covered.add(at);
          for (let at = starts[index]!; at < ends[index]!; at++) covered.add(at);
        }
        for (let at = 1; at < range.end; at++) {
          if (!covered.has(at)) assert.match(text[at]!, /[\s,:\]]/, `character ${at} of ${text}`);
        }
      }),
    );
  });

  it('keeps numbers, escapes and duplicate keys as they were written', () => {
    const text = '{"a": 12345678901234567890, "a": 1.10, "\\u0061": "\\u00e9", "e": 1E+2, "z": -0}';
    assert.deepEqual(scan(text), {
      object: [
        ['"a"', '12345678901234567890'],
        ['"a"', '1.10'],
        ['"\\u0061"', '"\\u00e9"'],
        ['"e"', '1E+2'],
        ['"z"', '-0'],
      ],
    });
  });

  it('says of each value whether the text ended before it did', () => {
    const text = '{"whole": [1], "cut": {"deep": "tex';
    const root = scanValue(text, 0);
    assert.equal(root.complete, false);
    const members = scanMembers(text, root);
    assert.equal(memberAt(text, root, members, 0).value?.complete, true);
    assert.equal(memberAt(text, root, members, 1).value?.complete, false);
    const cutKey = scanMembers('{"ke', scanValue('{"ke', 0));
    assert.deepEqual([cutKey.count, cutKey.starts, cutKey.complete], [1, [-1], false]);
  });

  it('shows what is no JSON as it stands, from the first character that can not be read', () => {
    const text = '{"a": 1, b: 2}';
    const root = scanValue(text, 0);
    const members = scanMembers(text, root);
    assert.equal(members.invalid, true);
    const { key, value } = memberAt(text, root, members, 1);
    assert.deepEqual([key, value?.kind, text.slice(value?.start, value?.end)], [null, 'invalid', 'b: 2}']);
  });

  it('does not mind 100,000 levels', () => {
    const text = '['.repeat(100_000) + ']'.repeat(100_000);
    const root = scanValue(text, 0);
    assert.deepEqual([root.end, root.complete, scanMembers(text, root).count], [200_000, true, 1]);
  });
});
