import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readRebuilt, rebuildStream } from '../../../src/bodies/streams/rebuild-stream.js';
import { type RebuiltStream } from '../../../src/bodies/streams/rebuilt-stream.js';
import { sse, writeAnthropic, writeChat, writeGemini, writeResponses } from './stream-writers.js';

const HINT = { provider: null, endsEarly: false };

function rebuild(text: string): RebuiltStream {
  const rebuilt = rebuildStream(text, HINT);
  assert.ok(rebuilt);
  return rebuilt;
}

const anthropic = writeAnthropic(
  [
    { type: 'text', text: 'Hello there' },
    { type: 'tool_use', id: 'toolu_1', name: 'f', input: { a: 1 } },
  ],
  3,
  false,
).text;
const start = anthropic.slice(0, anthropic.indexOf('event: content_block_stop'));

describe('a stream with an error', () => {
  it('shows what had come, and what Anthropic says went wrong', () => {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    const rebuilt = rebuild(start + sse(error, 'error'));
    const event = start.split('\n\n').length - 1;
    assert.deepEqual(rebuilt.state, { kind: 'error', event, type: 'overloaded_error', message: 'Overloaded' });
    assert.match(rebuilt.json!, /"text":"Hello there"/);
  });

  it('names what OpenAI, Gemini and responses say', () => {
    const { text } = writeChat([{ content: 'Hello', calls: [] }], 2);
    const head = text.slice(0, text.indexOf('\n\n') + 2);
    const cases: [string, Record<string, unknown>, string, string][] = [
      [
        head,
        { error: { message: 'The server had an error', type: 'server_error', code: null } },
        'server_error',
        'The server had an error',
      ],
      [head, { error: 'out of memory' }, '', 'out of memory'],
      [
        writeGemini('', 'Hi', {}, 1, false).text,
        { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } },
        'UNAVAILABLE',
        'The model is overloaded.',
      ],
      [
        sse({ type: 'response.created', response: { id: 'r', output: [] } }),
        { type: 'error', code: 'ERR_SOMETHING', message: 'Something went wrong', param: null, sequence_number: 1 },
        'ERR_SOMETHING',
        'Something went wrong',
      ],
      [
        sse({ type: 'response.created', response: { id: 'r', output: [] } }),
        {
          type: 'response.failed',
          response: { id: 'r', output: [], error: { code: 'server_error', message: 'It failed' } },
        },
        'server_error',
        'It failed',
      ],
    ];
    for (const [before, event, type, message] of cases) {
      const { state } = rebuild(before + sse(event));
      assert.equal(state.kind, 'error');
      assert.equal(state.kind === 'error' && (state.type ?? ''), type);
      assert.equal(state.kind === 'error' && state.message, message);
    }
  });

  it('that is nothing but an error still says whose it is and what', () => {
    const text = sse({ type: 'error', error: { type: 'api_error', message: 'boom' } }, 'error');
    const rebuilt = rebuildStream(text, { provider: 'anthropic', endsEarly: false });
    assert.equal(rebuilt?.form, 'anthropic-messages');
    assert.deepEqual(rebuilt.state, { kind: 'error', event: 0, type: 'api_error', message: 'boom' });
  });

  it('goes on behind an event that is no JSON, and names that event', () => {
    const rebuilt = rebuild(start.replace('"text":"lo "', '"text":"lo ') + anthropic.slice(start.length));
    assert.deepEqual(rebuilt.state, { kind: 'error', event: 4, type: null, message: 'not JSON' });
    assert.match(rebuilt.json!, /"text":"Helthere"/);
  });

  it('is never whole where a second message begins or events follow the end', () => {
    for (const text of [start + anthropic, anthropic + start]) assert.equal(rebuild(text).state.kind, 'error');
  });
});

describe('a stream whose parts come out of order or unfinished', () => {
  it('puts blocks by their index, wherever they start', () => {
    const delta = (index: number, text: string): string =>
      sse({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } });
    const block = (index: number): string =>
      sse({ type: 'content_block_start', index, content_block: { type: 'text', text: '' } });
    const head = anthropic.slice(0, anthropic.indexOf('event: content_block_start'));
    const rebuilt = rebuild(head + block(1) + block(0) + delta(0, 'first ') + delta(1, 'second') + delta(0, 'one'));
    assert.deepEqual((JSON.parse(rebuilt.json!) as { content: unknown }).content, [
      { type: 'text', text: 'first one' },
      { type: 'text', text: 'second' },
    ]);
    assert.deepEqual(
      rebuilt.links.filter(({ range }) => range !== null).map(({ pointer }) => pointer),
      ['/content/0/text', '/content/1/text', '/content/0/text'],
    );
  });

  it('shows the arguments that had come when a call was cut', () => {
    const cut = anthropic.slice(0, anthropic.indexOf('"}"'));
    const rebuilt = rebuild(
      cut.slice(0, cut.lastIndexOf('event:')) +
        sse({
          type: 'content_block_delta',
          index: 1,
          delta: { type: 'input_json_delta', partial_json: ', "b": "unfin' },
        }),
    );
    assert.equal(rebuilt.state.kind, 'stopped');
    const call = readRebuilt(rebuilt, null)?.messages[0]?.parts[1];
    assert.equal(call?.kind === 'tool-call' && call.arguments, '{"a":1, "b": "unfin');
  });

  it("joins DeepSeek's thinking, although a later piece says null", () => {
    const chunk = (delta: unknown): string => sse({ id: 'x', choices: [{ index: 0, delta, finish_reason: null }] });
    const rebuilt = rebuild(
      chunk({ role: 'assistant', content: null, reasoning_content: '' }) +
        chunk({ content: null, reasoning_content: 'Let me ' }) +
        chunk({ content: null, reasoning_content: 'think' }) +
        chunk({ content: 'Yes', reasoning_content: null }),
    );
    const message = readRebuilt(rebuilt, null)?.messages[0];
    assert.deepEqual(
      message?.parts.map((part) => ('text' in part ? [part.kind, part.text] : [])),
      [
        ['thinking', 'Let me think'],
        ['text', 'Yes'],
      ],
    );
  });

  it('tells calls apart that come without an index', () => {
    const chunk = (calls: unknown[]): string => sse({ id: 'x', choices: [{ index: 0, delta: { tool_calls: calls } }] });
    const call = (id: string, json: string): unknown => ({
      id,
      type: 'function',
      function: { name: 'f', arguments: json },
    });
    const { json } = rebuild(
      chunk([call('a', '{"x":')]) + chunk([{ function: { arguments: '1}' } }]) + chunk([call('b', '{}')]),
    );
    const { choices } = JSON.parse(json!) as {
      choices: { message: { tool_calls: { function: { arguments: string } }[] } }[];
    };
    assert.deepEqual(
      choices[0]?.message.tool_calls.map((one) => one.function.arguments),
      ['{"x":1}', '{}'],
    );
  });
});

describe('a hostile stream', () => {
  const huge = 1_000_000_000;

  it('costs nothing for a huge index', () => {
    const chat = rebuild(
      sse({
        id: 'x',
        choices: [
          { index: huge, delta: { content: 'a', tool_calls: [{ index: huge, function: { arguments: '{}' } }] } },
        ],
      }),
    );
    assert.equal((JSON.parse(chat.json!) as { choices: unknown[] }).choices.length, 1);
    const block = sse({ type: 'content_block_start', index: huge, content_block: { type: 'text', text: 'b' } });
    assert.ok(rebuild(start + block).json!.length < 1000);
    const item = { type: 'message', content: [{ type: 'output_text', text: 'c', annotations: [] }] };
    const responses = rebuild(
      sse({ type: 'response.created', response: { output: [] } }) +
        sse({ type: 'response.output_item.added', output_index: huge, item }) +
        sse({
          type: 'response.output_text.annotation.added',
          output_index: huge,
          content_index: 0,
          annotation_index: huge,
          annotation: {},
        }) +
        sse({ type: 'response.output_text.delta', output_index: huge, content_index: huge, delta: 'x' }),
    );
    assert.ok(responses.json!.length < 1000);
    const gemini = rebuild(sse({ candidates: [{ index: huge, content: { parts: [{ text: 'd' }] } }] }));
    assert.ok(gemini.json!.length < 1000);
  });

  it('keeps `__proto__` a name like any other', () => {
    const chunk =
      '{"id":"x","__proto__":{"polluted":1},"choices":[{"index":0,"__proto__":{"polluted":1},"delta":{"__proto__":{"polluted":1}}}]}';
    const { json } = rebuild(`data: ${chunk}\n\n`.repeat(2));
    assert.equal(json!.split('"__proto__":{"polluted":1}').length, 4);
    for (const { text } of [
      writeGemini('a', 'b', { ['__proto__']: 1 }, 2, false),
      writeResponses(['a'], '{"__proto__":1}', 2),
    ]) {
      rebuild(text.replaceAll('"id"', '"__proto__"').replaceAll('"text"', '"__proto__"'));
    }
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  it('that nests 100,000 levels is read on past that event', () => {
    const deep = `data: {"type":"content_block_delta","index":0,"delta":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n\n`;
    const rebuilt = rebuild(start + deep + anthropic.slice(start.length));
    assert.equal(rebuilt.state.kind === 'error' && rebuilt.state.message, 'nested deeper than 500 levels');
    assert.match(rebuilt.json!, /Hello there/);
  });

  it('with any value of any kind in any place throws nothing and is never called whole', () => {
    const streams = [
      anthropic,
      writeChat([{ content: 'ab', calls: [{ id: 'c', name: 'f', arguments: '{}' }] }], 1).text,
      writeResponses(['ab'], '{}', 1).text,
      writeGemini('a', 'b', {}, 1, false).text,
    ].map((text) => text.split('\n\n').slice(0, -1));
    const values = fc.oneof(fc.jsonValue(), fc.constantFrom(huge, -1, 0.5, '__proto__', [], {}));
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), values, (which, event, place, value) => {
        const events = [...streams[which % streams.length]!];
        // The last two hold the end itself.
        const index = event % (events.length - 2);
        const found = [...events[index]!.matchAll(/":/g)];
        const at = found[place % Math.max(1, found.length)];
        if (at === undefined) return;
        const [head, data] = [events[index]!.slice(0, at.index + 2), events[index]!.slice(at.index + 2)];
        events[index] =
          `${head}${JSON.stringify(value)}${data.replace(/^(?:"(?:[^"\\]|\\.)*"|[\w.-]+|\{\}|\[\])/, '')}`;
        const rebuilt = rebuildStream(`${events.slice(0, -1).join('\n\n')}\n\n`, HINT);
        if (rebuilt === null) return;
        assert.notEqual(rebuilt.state.kind, 'complete');
        readRebuilt(rebuilt, null);
      }),
      { numRuns: 2000 },
    );
  });

  it('of bytes at random throws nothing', () => {
    const lines = fc.constantFrom(
      'data: ',
      'event: error',
      '{"type":"message_start"',
      '[DONE]',
      '\n',
      '\n\n',
      '}',
      ',"choices":[]',
      '{',
      '"',
      '\ud800',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 40 }), (pieces) => {
        const rebuilt = rebuildStream(pieces.join(''), HINT);
        assert.notEqual(rebuilt?.state.kind, 'complete');
      }),
      { numRuns: 1000 },
    );
  });
});
