import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { detectFormat } from '../../src/bodies/body-format.js';
import { BodyTree } from '../../src/bodies/body-tree.js';
import { splitEvents } from '../../src/bodies/event-stream.js';

interface CapturedBody {
  readonly request_body: string | null;
  readonly response_body: string | null;
  readonly request_content_type: string | null;
  readonly response_content_type: string | null;
}
const captured = JSON.parse(readFileSync(new URL('../fixtures/captured.json', import.meta.url), 'utf8')) as {
  readonly request_bodies: readonly CapturedBody[];
};

const draw = (tree: BodyTree): string[] =>
  tree.rows.map((row) => {
    const value = row.nested ? `${row.count}` : row.text.slice(row.start, row.end);
    return `${'  '.repeat(row.level - 1)}${row.label}|${row.kind}|${value}`;
  });

describe('the folding tree', () => {
  it('opens what fits on a first screen and leaves the rest folded', () => {
    const long = Array.from({ length: 500 }, (_, index) => index);
    const tree = new BodyTree(JSON.stringify({ model: 'm', messages: [{ role: 'user' }], long }), 'json', false);
    assert.deepEqual(draw(tree), [
      '|object|3',
      '  "model"|string|"m"',
      '  "messages"|array|1',
      '    0|object|1',
      '      "role"|string|"user"',
      '  "long"|array|500',
    ]);
    assert.equal(tree.rows.at(-1)?.isOpen, false);
  });

  it('shows a long list in slices and says how many are left', () => {
    const tree = new BodyTree(JSON.stringify(Array.from({ length: 450 }, (_, index) => index)), 'json', false);
    assert.equal(tree.rows.length, 202);
    assert.deepEqual([tree.rows.at(-1)?.kind, tree.rows.at(-1)?.count], ['more', 250]);
    tree.activate('0.0+');
    assert.equal(tree.rows.length, 402);
    assert.equal(tree.active, tree.rows[201]!.id);
    tree.activate('0.0+');
    assert.equal(tree.rows.length, 451);
  });

  it('says once where a text was cut, in the innermost open place', () => {
    const tree = new BodyTree('{"a": [1, {"b": "tex', 'json', true);
    assert.deepEqual(draw(tree), [
      '|object|1',
      '  "a"|array|2',
      '    0|number|1',
      '    1|object|1',
      '      "b"|string|"tex',
      '      |cut|',
    ]);
    const folded = tree.rows[1]!.id;
    tree.activate(folded);
    assert.deepEqual(draw(tree), ['|object|1', '  "a"|array|2']);
    assert.equal(tree.rows[1]!.complete, false);
  });

  it('shows a key whose value was cut off', () => {
    assert.deepEqual(draw(new BodyTree('{"a": 1, "b":', 'json', true)).slice(2), ['  "b"|missing|', '  |cut|']);
  });

  it('follows the keys of a tree', () => {
    const tree = new BodyTree('{"a": {"b": [1]}, "c": 2}', 'json', false);
    const labels = (): string => tree.rows.find((row) => row.id === tree.active)!.label;
    const press = (...keys: string[]): string => {
      for (const key of keys) assert.equal(tree.press(key), true);
      return labels();
    };
    assert.equal(press('ArrowDown'), '"a"');
    assert.equal(press('ArrowRight'), '"b"');
    assert.equal(press('ArrowLeft'), '"b"');
    assert.equal(tree.rows.find((row) => row.label === '"b"')?.isOpen, false);
    assert.equal(press('ArrowLeft'), '"a"');
    assert.equal(press('End'), '"c"');
    assert.equal(press('ArrowUp', 'ArrowUp', 'Enter'), '"a"');
    assert.deepEqual(draw(tree), ['|object|2', '  "a"|object|1', '  "c"|number|2']);
    assert.equal(press('Home'), '');
    assert.equal(tree.press('x'), false);
  });

  it('goes down a deep nesting one level at a time', () => {
    const tree = new BodyTree('['.repeat(10_000) + ']'.repeat(10_000), 'json', false);
    let key = tree.active;
    for (let level = 0; level < 300; level++) {
      tree.press('ArrowRight');
      key = tree.active;
    }
    assert.ok(tree.rows.some((row) => row.id === key && row.level > 100));
  });

  it('numbers the events of a stream and takes their JSON apart', () => {
    const text = 'event: start\ndata: {"n": 1.10}\n\n: ping\n\ndata: [DONE]\n\n';
    const tree = new BodyTree(text, 'events', false);
    assert.deepEqual(draw(tree), ['1|event|1', '2|event|: ping', '3|event|[DONE]']);
    tree.activate('0');
    assert.deepEqual(draw(tree), ['1|event|1', '  "n"|number|1.10', '2|event|: ping', '3|event|[DONE]']);
  });

  it('marks a last event that was cut', () => {
    const tree = new BodyTree('data: {"a": 1}\n\ndata: {"a": "tex', 'events', true);
    assert.equal(tree.rows[1]?.complete, false);
    tree.activate('1');
    assert.deepEqual(draw(tree).slice(1), ['2|event|1', '  "a"|string|"tex', '  |cut|']);
  });

  it('leaves no character of an event stream out', () => {
    const lines = fc.array(fc.constantFrom('event: a', 'data: {"b": 1}', 'data:x', ': note', '', 'id: 7', '\ufeff'));
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n', '\r'), (parts, lineEnd) => {
        const text = parts.join(lineEnd);
        const kept = splitEvents(text).map((event) => event.text.replace(/[\r\n]/g, ''));
        assert.equal(kept.join(''), text.replace(/^\ufeff/, '').replace(/[\r\n]/g, ''));
      }),
    );
  });

  it('reads every body that the daemon stored for the vendors’ own clients', () => {
    for (const row of captured.request_bodies) {
      for (const [text, type] of [
        [row.request_body, row.request_content_type],
        [row.response_body, row.response_content_type],
      ] as const) {
        assert.ok(text !== null);
        const format = detectFormat(text, type);
        assert.equal(format, type?.startsWith('text/event-stream') ? 'events' : 'json');
        const tree = new BodyTree(text, format === 'events' ? 'events' : 'json', false);
        assert.ok(tree.rows.length > 1);
        assert.ok(tree.rows.every((drawn) => drawn.kind !== 'invalid'));
      }
    }
  });

  it('takes no text for JSON that only begins like it', () => {
    for (const text of ['[INFO] started', '{curly}', 'plain', '']) assert.equal(detectFormat(text, null), 'text');
    assert.equal(detectFormat(' {"error": 1}', 'text/event-stream'), 'json');
    assert.equal(detectFormat('"only a string"', 'application/json'), 'json');
    assert.equal(detectFormat('"only a string"', 'text/plain'), 'text');
  });
});
