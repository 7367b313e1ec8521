import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { FindError } from '../../../src/bodies/find-error.js';
import type { FindQuery, FindTarget } from '../../../src/bodies/worker/matches.js';
import { AskedEngine, OPENED } from './ask-engine.js';

const BODY = { key: 'a' };
const STORED: FindTarget = { key: 'a', in: 'stored' };
const query = (text: string, options: Partial<FindQuery> = {}): FindQuery => ({
  text,
  isRegExp: false,
  matchesCase: false,
  wholeWord: false,
  ...options,
});

/** A request of a chat, as a client sends it. */
const chat = (...contents: readonly string[]): string =>
  JSON.stringify({ model: 'm', messages: contents.map((content) => ({ role: 'user', content })) });

/** A text as the bytes of a server that sends it in pieces. */
function split(text: string, bytes: number): Uint8Array[] {
  const all = new TextEncoder().encode(text);
  return Array.from({ length: Math.ceil(all.length / bytes) }, (_, index) =>
    all.slice(index * bytes, (index + 1) * bytes),
  );
}

const REMOTE = { source: { origin: 'http://localhost', callId: 'c' } } as const;

async function openPieces(text: string, bytes: number): Promise<AskedEngine> {
  const engine = new AskedEngine(split(text, bytes));
  await engine.ask('open', { ...OPENED, ...REMOTE });
  return engine;
}

describe('a body while it is read', () => {
  const items = Array.from({ length: 20_000 }, (_, index) => ({ id: index, text: `größe ${index} 😀` }));
  const long = JSON.stringify({ first: 1, items, last: 2 });

  it('shows first rows long before its end, and the same rows in the end', async () => {
    const engine = await openPieces(long, 8_192);
    const metas = engine.news.flatMap((news) => (news.kind === 'body' ? [news.meta] : []));
    assert.equal(metas[0]!.isRead, false);
    assert.ok(metas[0]!.characters < long.length / 10);
    assert.ok(metas[0]!.treeRows > 2 && metas[0]!.textRows > 100);
    assert.deepEqual([metas.at(-1)!.isRead, metas.at(-1)!.characters], [true, long.length]);
    const { rows } = await engine.ask('treeRows', { ...BODY, from: 0, to: 9 });
    assert.deepEqual(rows.map(({ label, kind, count, isComplete }) => [label, kind, count, isComplete]).slice(0, 3), [
      ['', 'object', 3, true],
      ['"first"', 'number', 1, true],
      ['"items"', 'array', 20_000, true],
    ]);
    assert.equal(await engine.ask('text', { ...BODY, start: 0, end: long.length }), long);
    assert.equal((await engine.ask('reveal', { ...BODY, pointer: '/items/19999/text' })).found, 'exact');
  });

  it('is read to the same tree wherever the pieces end', async () => {
    const text = '{"a": [1.10, "é😀\\u00e9", {"b": null}], "c": {}, "d": [[true]]}';
    for (let bytes = 1; bytes < 12; bytes++) {
      const engine = await openPieces(text, bytes);
      await engine.ask('foldAll', { ...BODY, id: null, isOpen: true });
      const { rows, total } = await engine.ask('treeRows', { ...BODY, from: 0, to: 99 });
      assert.equal(total, 10);
      assert.equal(rows[2]!.text, '1.10');
      assert.equal((await engine.ask('pretty', BODY))?.replace(/\s/g, ''), text.replace(/\s/g, ''));
    }
  });

  it('can be closed on the way, and is forgotten', async () => {
    const engine = new AskedEngine(split(long, 4_096));
    const opening = engine.ask('open', { ...OPENED, ...REMOTE });
    const closed = engine.ask('close', BODY);
    await assert.rejects(opening, { name: 'AbortError' });
    await closed;
    await assert.rejects(engine.ask('textRows', { ...BODY, from: 0, to: 1 }), RangeError);
  });

  it('is forgotten when its opening is cancelled', async () => {
    const engine = new AskedEngine(split(long, 4_096));
    const controller = new AbortController();
    const opening = engine.ask('open', { ...OPENED, ...REMOTE }, controller.signal);
    controller.abort();
    await assert.rejects(opening, { name: 'AbortError' });
    await assert.rejects(engine.ask('place', { ...BODY, offset: 0 }), RangeError);
  });
});

describe('the folding tree', () => {
  it('takes a name that was cut short for no second one', async () => {
    const engine = new AskedEngine();
    await engine.open('{"":1,"', { endsEarly: true });
    const { rows } = await engine.ask('treeRows', { ...BODY, from: 0, to: 10 });
    const first = rows.find(({ label }) => label === '""')!;
    assert.equal((await engine.ask('node', { ...BODY, id: first.id })).isAmbiguous, false);
    assert.equal((await engine.ask('reveal', { ...BODY, pointer: '/' })).id, first.id);
  });

  it('finds every row by its id, by its pointer and by its offset', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), fc.nat(), async (value, seed) => {
        const whole = JSON.stringify([value]);
        const text = seed % 2 === 0 ? whole : whole.slice(0, 2 + (seed % (whole.length - 1)));
        const engine = new AskedEngine();
        await engine.open(text, { endsEarly: text !== whole });
        await engine.ask('foldAll', { ...BODY, id: null, isOpen: true });
        const { rows, total } = await engine.ask('treeRows', { ...BODY, from: 0, to: 2_000 });
        assert.equal(rows.length, Math.min(total, 2_000));
        for (const [index, row] of rows.slice(0, 40).entries()) {
          await engine.ask('foldAll', { ...BODY, id: null, isOpen: false });
          const { id, pointer } = await engine.ask('reveal', { ...BODY, id: row.id });
          assert.equal(id, row.id);
          const isValue = !['cut', 'missing', 'piece'].includes(row.kind);
          if (isValue) assert.equal((await engine.ask('reveal', { ...BODY, offset: row.range!.start })).id, id);
          const { isAmbiguous } = await engine.ask('node', { ...BODY, id });
          assert.equal(isAmbiguous, false);
          if (isValue) assert.equal((await engine.ask('reveal', { ...BODY, pointer })).id, id, `${index} of ${text}`);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says how far a pointer leads in a body that was cut', async () => {
    const engine = new AskedEngine();
    await engine.open('{"messages": [{"role": "user", "content": "hel', { endsEarly: true });
    const found = async (pointer: string): Promise<string[]> => {
      const revealed = await engine.ask('reveal', { ...BODY, pointer });
      return [revealed.found, revealed.pointer];
    };
    assert.deepEqual(await found('/messages/0/content'), ['exact', '/messages/0/content']);
    assert.deepEqual(await found('/messages/7/content'), ['cut', '/messages']);
    assert.deepEqual(await found('/messages/0/role/x'), ['nearest', '/messages/0/role']);
  });

  it('keeps equal keys, says that their pointer is ambiguous, and follows it to the last', async () => {
    const engine = new AskedEngine();
    await engine.open('{"a/b": 12345678901234567890, "x": 1, "a/b": 1.10}');
    const { rows } = await engine.ask('treeRows', { ...BODY, from: 0, to: 9 });
    const first = await engine.ask('node', { ...BODY, id: rows[1]!.id });
    assert.deepEqual(
      [first.pointer, first.path, first.isAmbiguous, first.written],
      ['/a~1b', '["a/b"]', true, '12345678901234567890'],
    );
    const { row } = await engine.ask('reveal', { ...BODY, pointer: '/a~1b' });
    assert.equal(rows[row]!.text, '1.10');
  });

  it('opens a long string in pieces and shows an offset within it', async () => {
    const engine = new AskedEngine();
    const text = JSON.stringify({
      a: Array.from({ length: 99 }, (_, line) => `line ${line} ${'x'.repeat(100)}`).join('\n'),
    });
    await engine.open(text, { columns: 60 });
    const offset = text.indexOf('line 50');
    const { row } = await engine.ask('reveal', { ...BODY, offset });
    const { rows, total } = await engine.ask('treeRows', { ...BODY, from: 0, to: 999 });
    assert.deepEqual([rows[row]!.kind, rows[row]!.text.slice(0, 7)], ['piece', 'line 50']);
    assert.ok(rows.every(({ kind, text: piece }) => kind !== 'piece' || piece.length <= 60));
    const pieces = rows.filter(({ kind }) => kind === 'piece').map((piece) => piece.text);
    assert.equal(`{"a":${pieces.join('')}}`, text);
    const { treeRows } = await engine.ask('fold', { ...BODY, id: rows[1]!.id, isOpen: false });
    assert.equal(treeRows, total - pieces.length);
  });

  it('shows events of a stream, each with the JSON in it, by index in a pointer', async () => {
    const engine = new AskedEngine();
    const text = 'event: start\ndata: {"n": 1.10}\n\n: ping\n\ndata: [DONE]\n\ndata: {"a":\ndata: [1,2]}\n\n';
    const meta = await engine.open(text, { contentType: 'text/event-stream', side: 'response' });
    assert.deepEqual([meta.format, meta.events], ['events', 4]);
    const { rows: events } = await engine.ask('events', { ...BODY, from: 0, to: 9 });
    assert.deepEqual(
      events.map(({ name, data }) => [name, data]),
      [
        ['start', '{"n": 1.10}'],
        [null, null],
        [null, '[DONE]'],
        [null, '{"a":\n[1,2]}'],
      ],
    );
    const revealed = await engine.ask('reveal', { ...BODY, pointer: '/3/a/1' });
    assert.deepEqual([revealed.found, revealed.range], ['exact', null]);
    const found = await engine.ask('reveal', { ...BODY, offset: text.indexOf('1.10') });
    assert.equal(found.pointer, '/0/n');
  });
});

describe('find', () => {
  it('finds in all bodies at once, in order, and goes round', async () => {
    const engine = new AskedEngine();
    await engine.open('one two\none', { contentType: 'text/plain' });
    await engine.open('ONE', { key: 'b', contentType: 'text/plain' });
    const targets: FindTarget[] = [STORED, { key: 'b', in: 'stored' }];
    const progress = await engine.ask('find', { targets, query: query('one') });
    assert.deepEqual([progress.counts, progress.total, progress.isDone], [[2, 1], 3, true]);
    const { rows } = await engine.ask('matches', { from: 0, to: 9 });
    assert.deepEqual(
      rows.map(({ key, start, textRow, excerpt }) => [key, start, textRow, excerpt.after]),
      [
        ['a', 0, 0, ' two'],
        ['a', 8, 1, ''],
        ['b', 0, 0, ''],
      ],
    );
    const step = async (key: string, offset: number, isBack: boolean): Promise<number | undefined> =>
      (await engine.ask('stepMatch', { key, offset, isBack }))?.index;
    assert.deepEqual([await step('a', 1, false), await step('b', 1, false), await step('a', 0, true)], [1, 0, 2]);
    assert.equal((await engine.ask('matchesIn', { key: 'a', start: 2, end: 9 })).length, 2);
    assert.equal((await engine.ask('find', { targets, query: query('ONE', { matchesCase: true }) })).total, 1);
    await engine.ask('endFind', null);
    assert.equal((await engine.ask('matches', { from: 0, to: 9 })).total, 0);
  });

  it('takes a word for a word in any script', async () => {
    const engine = new AskedEngine();
    await engine.open('über übergroß Über_x (über) überé', { contentType: 'text/plain' });
    assert.equal((await engine.ask('find', { targets: [STORED], query: query('über', { wholeWord: true }) })).total, 2);
  });

  it('searches in a conversation what it shows, and in stored text what is stored', async () => {
    const engine = new AskedEngine();
    await engine.open(chat('say "hi"\nthere', 'no'));
    const find = async (target: FindTarget, text: string): Promise<number> =>
      (await engine.ask('find', { targets: [target], query: query(text) })).total;
    assert.equal(await find({ key: 'a', in: 'conversation' }, '"hi"\nthere'), 1);
    const { rows } = await engine.ask('matches', { from: 0, to: 1 });
    assert.deepEqual([rows[0]!.spot?.section, rows[0]!.spot?.index, rows[0]!.start], ['messages', 0, 4]);
    assert.equal(await find(STORED, '"hi"\nthere'), 0);
    assert.equal(await find(STORED, '\\"hi\\"\\nthere'), 1);
  });

  it('runs regular expressions in a thread of their own, and ends one that takes too long', async () => {
    const engine = new AskedEngine();
    await engine.open(`${'a'.repeat(40)}!`, { contentType: 'text/plain' });
    const find = (text: string): Promise<{ total: number }> =>
      engine.ask('find', { targets: [STORED], query: query(text, { isRegExp: true }) });
    assert.equal((await find('a{10}')).total, 4);
    await assert.rejects(
      find('(a+)+$'),
      (error) => error instanceof FindError && /took longer than 2 s/.test(error.message),
    );
    assert.equal((await find('^A')).total, 1);
    assert.equal(engine.threads.length, 2);
    await assert.rejects(find('(a'), FindError);
    assert.equal((await find('x*')).total, 0);
    engine.closeAll();
  });

  it('gives a search up when another one begins', async () => {
    const engine = new AskedEngine();
    await engine.open('ab '.repeat(400_000), { contentType: 'text/plain' });
    const first = engine.ask('find', { targets: [STORED], query: query('a') });
    const refused = assert.rejects(first, { name: 'AbortError' });
    const { total } = await engine.ask('find', { targets: [STORED], query: query('nowhere') });
    await refused;
    assert.equal(total, 0);
  });
});

describe('redaction marks', () => {
  it('are counted by category and stepped through', async () => {
    const engine = new AskedEngine();
    const text = 'x [REDACTED:jwt] [REDACTED:openai_key] [REDACTED:jwt] [REDACTED:] [REDACTED:cut';
    const { marks } = await engine.open(text, { contentType: 'text/plain' });
    assert.deepEqual(marks, [
      { category: 'jwt', count: 2 },
      { category: 'openai_key', count: 1 },
    ]);
    const step = (offset: number, isBack = false, category?: string): Promise<{ start: number } | null> =>
      engine.ask('stepMark', { ...BODY, offset, isBack, ...(category === undefined ? {} : { category }) });
    assert.equal((await step(-1))!.start, 2);
    assert.equal((await step(2))!.start, 17);
    assert.equal((await step(2, false, 'jwt'))!.start, 39);
    assert.equal((await step(39))!.start, 2);
    assert.equal((await step(2, true))!.start, 39);
    assert.equal(await step(0, false, 'aws'), null);
    assert.equal((await engine.ask('marks', { ...BODY, from: 0, to: 9, category: 'jwt' })).total, 2);
  });
});

describe('conversations', () => {
  it('are compared across bodies', async () => {
    const engine = new AskedEngine();
    await engine.open(chat('one', 'two'));
    await engine.open(chat('one', 'two', 'three'), { key: 'b' });
    const comparison = await engine.ask('compare', { keys: ['a', 'b'] });
    assert.deepEqual(
      comparison?.rows.map(({ kind }) => kind),
      ['equal', 'equal', 'added'],
    );
    await engine.open('plain', { key: 'c', contentType: 'text/plain' });
    assert.equal(await engine.ask('compare', { keys: ['a', 'c'] }), null);
    assert.deepEqual(await engine.ask('compareHeads', { keys: ['a', 'b'] }), comparison.against);
    assert.equal(await engine.ask('compareHeads', { keys: ['a', 'c'] }), null);
  });

  it('of streams are those of the rebuilt message', async () => {
    const engine = new AskedEngine();
    const chunk = (delta: object, reason: string | null): string =>
      `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
    const text = `${chunk({ role: 'assistant', content: 'Hel' }, null)}${chunk({ content: 'lo' }, 'stop')}data: [DONE]\n\n`;
    await engine.open(text, { contentType: 'text/event-stream', side: 'response' });
    const head = await engine.ask('conversation', BODY);
    assert.deepEqual([head?.messages, head?.stream?.kind], [1, 'complete']);
    const { rows } = await engine.ask('messages', { ...BODY, from: 0, to: 9 });
    assert.deepEqual(
      rows[0]!.parts.map((part) => part.kind === 'text' && part.text),
      ['Hello'],
    );
    assert.ok((await engine.ask('eventLinks', { ...BODY, from: 1, to: 2 })).length > 0);
    assert.ok((await engine.ask('rebuilt', BODY))?.includes('"Hello"'));
  });
});
