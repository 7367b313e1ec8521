import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Conversation, type Field } from '../../../src/bodies/conversation.js';
import { readConversation } from '../../../src/bodies/providers/read-conversation.js';
import { follow, listParts, read } from './conversations.js';

const url = new URL('../../fixtures/captured.json', import.meta.url);
const captured = JSON.parse(readFileSync(url, 'utf8')) as {
  requests: Record<string, string | number>[];
  request_bodies: Record<string, string>[];
};
const SIDES = ['request', 'response'] as const;
const stored = captured.request_bodies.flatMap((bodies) => {
  const recorded = captured.requests.find(({ id }) => id === bodies['request_id'])!;
  return SIDES.filter((side) => bodies[`${side}_content_type`]?.startsWith('application/json')).map((side) => ({
    side,
    recorded,
    text: bodies[`${side}_body`]!,
  }));
});

/** Every value that a conversation was made from stands where its pointer and its range say. */
function assertPlaced(text: string, conversation: Conversation): void {
  const root: unknown = JSON.parse(text);
  const parts = listParts(conversation);
  const fields: Field[] = [...conversation.parameters, ...conversation.messages, ...parts].flatMap((one) =>
    'rest' in one ? [...one.rest] : [one],
  );
  for (const { pointer, start, end } of [...conversation.messages, ...parts, ...conversation.tools, ...fields]) {
    assert.deepEqual(JSON.parse(text.slice(start, end)), follow(root, pointer), pointer);
  }
}

describe('a conversation', () => {
  it('is read of all that the daemon stored for real clients, with usage as it was recorded', () => {
    assert.equal(stored.length, 30);
    for (const { side, recorded, text } of stored) {
      const conversation = read(text, side, String(recorded['provider']));
      if (!conversation.isCut) assertPlaced(text, conversation);
      if (conversation.usage === null || side === 'request') continue;
      const { input, output, thinking, cacheRead, cacheWrite } = conversation.usage.tokens;
      assert.deepEqual(
        [input, output, thinking, cacheRead, cacheWrite].map((count) => count ?? 0),
        ['input', 'output', 'thinking', 'cache_read', 'cache_write'].map((kind) => recorded[`${kind}_tokens`]),
      );
    }
  });

  it('of a cut body shows everything up to the cut and marks the last part', () => {
    const cut = stored.find(
      ({ recorded, side }) =>
        side === 'request' &&
        recorded['prompt_hash'] === 'c8155129a80b416db9a9ed03004b327c6d593f846fbf83387bf38153de453883',
    )!;
    const conversation = read(cut.text, 'request', 'anthropic');
    const [part] = conversation.messages[0]!.parts;
    assert.ok(conversation.isCut && part?.isCut && part.kind === 'text');
    assert.equal(part.text.length, cut.text.length - cut.text.indexOf('lorem'));
    assert.equal(part.end, cut.text.length);
  });

  it('of a body cut at any character is where the whole one begins', () => {
    for (const { side, text, recorded } of stored.filter((one) => one.text.length < 2000)) {
      const provider = String(recorded['provider']);
      const whole = listParts(read(text, side, provider)).map((part) => ('text' in part ? part.text : ''));
      for (let end = 1; end < text.length; end++) {
        const conversation = readConversation(text.slice(0, end), { side, provider });
        if (conversation === null) continue;
        assert.ok(conversation.isCut);
        const parts = listParts(conversation);
        const said = parts
          .filter((part) => part.kind === 'text' || part.kind === 'thinking')
          .map(({ text: words }) => words);
        for (const words of said)
          assert.ok(
            whole.some((all) => all.startsWith(words)),
            `${end}: ${words}`,
          );
        // Only the last of all can be cut, and what holds it.
        const open = conversation.messages.findIndex(({ isCut }) => isCut);
        assert.ok(
          open === -1 ||
            open === conversation.messages.length - 1 ||
            conversation.messages.slice(open).every(({ isCut }) => isCut),
        );
      }
    }
  });

  it('is none where no form is known, so that the tree shows the body', () => {
    for (const text of [
      '',
      '  ',
      'null',
      '12',
      '"x"',
      '{',
      '{}',
      '[]',
      '{"a":1}',
      '[1,2]',
      'plain',
      '{"messages":[]} x',
      '{"model":"dall-e-3","prompt":"a cat"}',
    ]) {
      for (const side of SIDES) assert.equal(readConversation(text, { side, provider: null }), null, text);
    }
  });

  it('of a body with a name twice takes the last, as a parser does, and shows the first among the parameters', () => {
    const conversation = read('{"messages":[],"messages":[{"role":"user","content":"b"}],"system":"s"}', 'request');
    assert.equal(conversation.messages.length, 1);
    assert.deepEqual(
      conversation.parameters.map(({ name, json }) => [name, json]),
      [['messages', '[]']],
    );
  });

  it('throws nothing whatever stands in whatever place', () => {
    const names = fc.constantFrom(
      'messages',
      'content',
      'role',
      'type',
      'text',
      'source',
      'tools',
      'function',
      'input',
      'output',
      'contents',
      'parts',
      'functionCall',
      'candidates',
      'choices',
      'message',
      'usage',
      'error',
      'data',
      'embedding',
      'image_url',
      'tool_calls',
      '__proto__',
      'system',
      'request',
      'thinking',
    );
    const words = fc.constantFrom(
      'text',
      'tool_use',
      'tool_result',
      'image',
      'image_url',
      'document',
      'message',
      'reasoning',
      'x_call',
      'x_call_output',
      'file',
      'thinking',
      'content',
      'base64',
      'tool',
      'data:image/png;base64,AA\\',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        words,
        fc.constantFrom(null, true, 1e400, -0, 1_000_000_000),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(names, tie('value'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.dictionary(names, value, { minKeys: 1 }),
        fc.nat(),
        fc.constantFrom(...SIDES),
        (body, seed, side) => {
          const text = JSON.stringify(body);
          readConversation(text, { side, provider: null });
          readConversation(text.slice(0, seed % text.length), { side, provider: null });
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('of a body that nests 100,000 levels keeps what is too deep as it is', () => {
    const deep = `{"messages":[{"role":"user","content":${'[{"type":"tool_result","content":'.repeat(100_000)}`;
    const parts = listParts(read(deep, 'request'));
    assert.equal(parts.at(-1)?.kind, 'other');
    assert.ok(parts.length < 10);
    assert.ok(readConversation(`{"contents":${'['.repeat(100_000)}`, { side: 'request', provider: null }));
  });
});
