import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readRebuilt, rebuildStream } from '../../../src/bodies/streams/rebuild-stream.js';
import { sse, writeAnthropic, writeChat, writeGemini, writeResponses } from './stream-writers.js';

const SAID = 'Die Antwort: „zweiundvierzig“ 🦊.\n{"no": "tool"}';
const INPUT = { path: 'a/ü.txt', lines: [1, 20.5, null, true], deep: { quoted: 'say "hi" \\ 🦊' } };

const url = new URL('../../fixtures/captured.json', import.meta.url);
const captured = (JSON.parse(readFileSync(url, 'utf8')) as { request_bodies: Record<string, string>[] }).request_bodies;

const STREAMS: readonly (readonly [name: string, text: string])[] = [
  ...captured
    .filter(({ response_content_type: type }) => type?.startsWith('text/event-stream'))
    .map(({ response_body: text }, index) => [`stored stream ${index + 1}`, text!] as const),
  [
    "Anthropic's stream with thinking and two tools at once",
    writeAnthropic(
      [
        { type: 'thinking', thinking: SAID, signature: 'EqQB' },
        { type: 'text', text: SAID },
        { type: 'tool_use', id: 'toolu_1', name: 'read', input: INPUT },
        { type: 'tool_use', id: 'toolu_2', name: 'list', input: INPUT },
      ],
      7,
      true,
    ).text,
  ],
  [
    "OpenAI's chat stream with two choices and two calls each",
    writeChat(
      [1, 2].map((choice) => ({
        content: SAID,
        calls: [1, 2].map((call) => ({ id: `call_${choice}${call}`, name: 'read', arguments: JSON.stringify(INPUT) })),
      })),
      9,
    ).text,
  ],
  ["OpenAI's responses stream", writeResponses([SAID, SAID], JSON.stringify(INPUT), 7).text],
  ["Gemini's stream of events", writeGemini(SAID, SAID, INPUT, 7, false).text],
  ["Gemini's stream as an array", writeGemini(SAID, SAID, INPUT, 7, true).text.trimEnd()],
  ['a stream of the old completions', writeCompletions()],
];

function writeCompletions(): string {
  const piece = (text: string, finish: string | null): string =>
    sse({
      id: 'cmpl-1',
      object: 'text_completion',
      created: 1,
      choices: [{ text, index: 0, logprobs: null, finish_reason: finish }],
      model: 'm',
    });
  return `${piece('Die ', null)}${piece('Antwort 🦊', null)}${piece('', 'stop')}data: [DONE]\n\n`;
}

/** Fields that say how far it has come: they hold another value until the end. */
const PROGRESS = /^(?:status|usage|usageMetadata|finish_reason|stop_reason|stop_sequence)$/;

/** Whether a message is one that the whole one may have been on its way. */
function isOnTheWay(part: unknown, whole: unknown): boolean {
  if (typeof part === 'string') return typeof whole === 'string' && whole.startsWith(part);
  if (Array.isArray(part)) {
    return Array.isArray(whole) && part.length <= whole.length && part.every((item, i) => isOnTheWay(item, whole[i]));
  }
  if (typeof part !== 'object' || part === null) return part === whole || part === null;
  return Object.entries(part).every(
    ([key, value]) => PROGRESS.test(key) || isOnTheWay(value, (whole as Record<string, unknown> | null)?.[key]),
  );
}

/** Rebuilds what is left, and holds it against the whole. */
function check(cut: string, whole: unknown, place: string): void {
  const rebuilt = rebuildStream(cut, { provider: null, endsEarly: false });
  if (rebuilt === null) return;
  assert.notEqual(rebuilt.state.kind, 'complete', place);
  assert.notEqual(rebuilt.state.kind, 'error', place);
  if (rebuilt.json === null) return;
  assert.ok(isOnTheWay(JSON.parse(rebuilt.json), whole), `${place}: ${rebuilt.json}`);
  assert.ok(readRebuilt(rebuilt, null), place);
}

describe('a stream that stops', () => {
  for (const [name, text] of STREAMS) {
    it(`is never taken for a whole one, and shows what had come: ${name}, cut at every character and byte`, () => {
      const rebuilt = rebuildStream(text, { provider: null, endsEarly: false });
      assert.equal(rebuilt?.state.kind, 'complete');
      const whole: unknown = JSON.parse(rebuilt.json!);
      const isStored = name.startsWith('stored') && rebuilt.form === 'openai-responses';
      for (let end = 0; end < text.length; end++) {
        check(text.slice(0, end), isStored ? wholeOfPieces(text) : whole, `cut at character ${end}`);
      }
      const bytes = new TextEncoder().encode(text);
      const decoder = new TextDecoder();
      for (let end = 0; end < bytes.length; end++) {
        // Between whole characters it is the same text as above.
        if ((bytes[end]! & 0xc0) !== 0x80) continue;
        check(decoder.decode(bytes.subarray(0, end)), isStored ? wholeOfPieces(text) : whole, `cut at byte ${end}`);
      }
    });
  }

  it('says so when more was sent than is stored, even where the rest would pass for whole', () => {
    const { text } = writeAnthropic([{ type: 'text', text: SAID }], 5, false);
    const state = rebuildStream(text, { provider: null, endsEarly: true })?.state;
    assert.deepEqual(state, { kind: 'stopped', reason: 'more was sent than is stored' });
  });
});

/** What the pieces come to: the stored one ends by saying less than it streamed. */
function wholeOfPieces(text: string): unknown {
  const pieces = text.slice(0, text.indexOf('event: response.output_text.done'));
  return JSON.parse(rebuildStream(pieces, { provider: null, endsEarly: false })!.json!);
}
