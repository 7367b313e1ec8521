import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConversation } from '../../src/bodies/providers/read-conversation.js';
import { joinTools } from '../../src/bodies/tool-joins.js';

function join(body: object, provider: string) {
  const conversation = readConversation(JSON.stringify(body), { side: 'request', provider });
  assert.ok(conversation);
  return joinTools(conversation).map(({ name, call, result }) => [
    name,
    call?.message ?? null,
    result?.message ?? null,
    result?.pointer ?? null,
  ]);
}

describe('joinTools', () => {
  it('joins a call to its result by the id of both, in whatever order results come', () => {
    const call = (id: string, name: string) => ({ type: 'tool_use', id, name, input: {} });
    const result = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: 'x' });
    assert.deepEqual(
      join(
        {
          model: 'claude-sonnet-4-6',
          max_tokens: 9,
          messages: [
            { role: 'user', content: 'hi' },
            { role: 'assistant', content: [call('a', 'read'), call('b', 'write'), call('c', 'read')] },
            { role: 'user', content: [result('b'), result('a'), result('z')] },
          ],
        },
        'anthropic',
      ),
      [
        ['read', 1, 2, '/messages/2/content/1'],
        ['write', 1, 2, '/messages/2/content/0'],
        ['read', 1, null, null],
        ['', null, 2, '/messages/2/content/2'],
      ],
    );
  });

  it('leaves a result that comes before its call alone, and gives the call the one after', () => {
    const result = { type: 'tool_result', tool_use_id: 'a', content: 'r' };
    const call = { type: 'tool_use', id: 'a', name: 'n', input: {} };
    assert.deepEqual(
      join(
        {
          messages: [
            { role: 'user', content: [result] },
            { role: 'assistant', content: [call] },
            { role: 'user', content: [result] },
          ],
        },
        'anthropic',
      ),
      [
        ['', null, 0, '/messages/0/content/0'],
        ['n', 1, 2, '/messages/2/content/0'],
      ],
    );
  });

  it('joins by name and order where a provider gives no ids', () => {
    const call = (n: number) => ({ functionCall: { name: 'look', args: { n } } });
    const answer = (n: number) => ({ functionResponse: { name: 'look', response: { n } } });
    assert.deepEqual(
      join(
        {
          contents: [
            { role: 'model', parts: [call(1), call(2)] },
            { role: 'user', parts: [answer(1), answer(2)] },
          ],
        },
        'gemini',
      ),
      [
        ['look', 0, 1, '/contents/1/parts/0'],
        ['look', 0, 1, '/contents/1/parts/1'],
      ],
    );
  });
});
