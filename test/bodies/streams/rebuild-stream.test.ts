import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readRebuilt, rebuildStream } from '../../../src/bodies/streams/rebuild-stream.js';
import { type RebuiltStream } from '../../../src/bodies/streams/rebuilt-stream.js';
import {
  answers,
  blocks,
  inputs,
  sizes,
  texts,
  writeAnthropic,
  writeChat,
  writeGemini,
  writeResponses,
  type WrittenStream,
} from './stream-writers.js';

const HINT = { provider: null, endsEarly: false };

function rebuild(text: string): RebuiltStream {
  const rebuilt = rebuildStream(text, HINT);
  assert.ok(rebuilt);
  return rebuilt;
}

/** The same bytes as the library's message, and the end known. */
function assertRebuilt({ text, message }: WrittenStream): void {
  const { json, state } = rebuild(text);
  assert.equal(json, JSON.stringify(message));
  assert.deepEqual(state, { kind: 'complete' });
}

/** Every link stands in the message, and the ranges of a string put together are the string. */
function assertLinked({ text }: WrittenStream): void {
  const { json, links, sentArguments } = rebuild(text);
  const message: unknown = JSON.parse(json!);
  const covered = new Map<string, number>();
  for (const { pointer, range } of links) {
    const value = at(message, pointer);
    assert.notEqual(value, undefined, pointer);
    if (range === null) continue;
    const said = sentArguments.get(pointer.replace(/\/input$/, '')) ?? value;
    assert.equal(typeof said, 'string', pointer);
    assert.equal(range.start, covered.get(pointer) ?? 0, pointer);
    covered.set(pointer, range.end);
  }
  for (const [pointer, end] of covered) {
    const said = sentArguments.get(pointer.replace(/\/input$/, '')) ?? at(message, pointer);
    assert.equal((said as string).length, end, pointer);
  }
}

function at(value: unknown, pointer: string): unknown {
  const names = pointer.split('/').slice(1);
  return names.reduce((inner: unknown, name) => (inner as Record<string, unknown> | undefined)?.[name], value);
}

describe('a stream put together', () => {
  it("is Anthropic's message to the byte, however it was cut into events and however its blocks are interleaved", () => {
    fc.assert(
      fc.property(blocks, sizes, fc.boolean(), (list, size, isInterleaved) => {
        const written = writeAnthropic(list, size, isInterleaved);
        assertRebuilt(written);
        assertLinked(written);
      }),
    );
  });

  it("is OpenAI's completion to the byte, with choices and tool calls interleaved", () => {
    fc.assert(
      fc.property(answers, sizes, (list, size) => {
        const written = writeChat(list, size);
        assertRebuilt(written);
        assertLinked(written);
      }),
    );
  });

  it("is OpenAI's response to the byte", () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 3 }), inputs, sizes, (list, input, size) => {
        const written = writeResponses(list, JSON.stringify(input), size);
        assertRebuilt(written);
        assertLinked(written);
      }),
    );
  });

  it("is Gemini's answer with its texts joined, as events and as a JSON array", () => {
    const text = fc.oneof(fc.constant(''), texts);
    fc.assert(
      fc.property(text, text, inputs, sizes, fc.boolean(), (thought, said, input, size, isArray) => {
        const written = writeGemini(thought, said, input, size, isArray);
        assertRebuilt(written);
        assertLinked(written);
      }),
    );
  });

  it('reads the same with any line ends, a byte order mark and comments', () => {
    const { text, message } = writeAnthropic([{ type: 'text', text: 'Grüße' }], 2, false);
    for (const lineEnd of ['\r\n', '\r']) {
      assertRebuilt({ text: `\ufeff: hello\n\n${text}`.replaceAll('\n', lineEnd), message });
    }
  });

  it('keeps arguments exactly as they were sent beside their parsed form', () => {
    const sent = '{"big": 12345678901234567890, "price": 1.10, "a": 1, "a": 2}';
    const { text } = writeAnthropic([{ type: 'tool_use', id: 'toolu_1', name: 'f', input: {} }], 4, false);
    const escaped = JSON.stringify(sent).slice(1, -1);
    const rebuilt = rebuild(text.replace('"partial_json":"{}"', `"partial_json":"${escaped}"`));
    assert.equal(rebuilt.sentArguments.get('/content/0'), sent);
    const call = readRebuilt(rebuilt, null)?.messages[0]?.parts[0];
    assert.equal(call?.kind === 'tool-call' ? call.arguments : null, sent);
  });

  it('of what the daemon stored for real clients is what was recorded of it', () => {
    const url = new URL('../../fixtures/captured.json', import.meta.url);
    const captured = JSON.parse(readFileSync(url, 'utf8')) as {
      requests: Record<string, string | number>[];
      request_bodies: Record<string, string>[];
    };
    const streams = captured.request_bodies.filter(({ response_content_type: type }) =>
      type?.startsWith('text/event-stream'),
    );
    assert.equal(streams.length, 6);
    for (const { request_id: id, response_body: text } of streams) {
      const recorded = captured.requests.find((request) => request['id'] === id)!;
      const provider = String(recorded['provider']);
      const rebuilt = rebuildStream(text!, { provider, endsEarly: false })!;
      assert.deepEqual(rebuilt.state, { kind: 'complete' });
      assertPointersStand(rebuilt);
      const conversation = readRebuilt(rebuilt, provider)!;
      const said = conversation.messages.flatMap(({ parts }) => parts).find((part) => part.kind === 'text')!;
      assert.match(said.text, /^The answer is forty-two\. Ünïcödé 🦊 and a key \[REDACTED:anthropic_key\] done\. /);
      // Usage that came with a stream that the daemon read whole.
      if (recorded['tokens_complete'] !== 1) continue;
      const { input, output, thinking, cacheRead, cacheWrite } = conversation.usage!.tokens;
      assert.deepEqual(
        [input, output, thinking ?? 0, cacheRead, cacheWrite ?? 0],
        ['input', 'output', 'thinking', 'cache_read', 'cache_write'].map((kind) => recorded[`${kind}_tokens`]),
      );
    }
  });
});

function assertPointersStand({ json, links }: RebuiltStream): void {
  const message: unknown = JSON.parse(json!);
  for (const { pointer } of links) assert.notEqual(at(message, pointer), undefined, pointer);
}
