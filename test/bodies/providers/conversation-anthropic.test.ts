import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readBase64 } from '../../../src/bodies/providers/base64.js';
import { brief, outline, read } from './conversations.js';

const PNG = 'iVBORw0KGgo=';

describe("a conversation in Anthropic's form", () => {
  it('shows system prompt, tools, calls, results, pictures and the cache marks of a request', () => {
    const conversation = read(
      {
        model: 'claude-sonnet-4-5',
        max_tokens: 1024,
        system: [{ type: 'text', text: 'You are careful.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
        tools: [
          {
            name: 'get_weather',
            description: 'The weather',
            input_schema: { type: 'object' },
            cache_control: { type: 'ephemeral' },
          },
          { type: 'web_search_20250305', name: 'web_search', max_uses: 5 },
          { type: 'bash_20250124', name: 'bash' },
        ],
        messages: [
          { role: 'user', content: 'What is the weather?' },
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: 'I should look.', signature: 'EqQBCg' },
              { type: 'redacted_thinking', data: 'Emwk' },
              { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { place: 'Bern' } },
            ],
          },
          {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: 'toolu_1',
                is_error: true,
                content: [
                  { type: 'text', text: '15 degrees' },
                  { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
                ],
              },
              { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
              { type: 'document', title: 'Notes', source: { type: 'file', file_id: 'file_1' } },
              { type: 'text', text: 'Well?', cache_control: { type: 'ephemeral' } },
            ],
          },
        ],
      },
      'request',
    );
    assert.equal(conversation.form, 'anthropic-messages');
    assert.deepEqual(conversation.system.map(brief), [['text', 'You are careful.']]);
    assert.equal(conversation.system[0]?.cacheMark, '{"type":"ephemeral","ttl":"1h"}');
    assert.deepEqual(outline(conversation), [
      ['user', ['text', 'What is the weather?']],
      [
        'assistant',
        ['thinking', 'I should look.'],
        ['thinking', ''],
        ['tool-call', 'toolu_1', 'get_weather', '{"place":"Bern"}'],
      ],
      [
        'user',
        [
          'tool-result',
          'toolu_1',
          true,
          [
            ['text', '15 degrees'],
            ['image', 'image/png', 'base64', 8],
          ],
        ],
        ['image', null, 'url', 'https://example.com/a.png'],
        ['document', null, 'file', 'file_1'],
        ['text', 'Well?'],
      ],
    ]);
    const [thought, hidden] = conversation.messages[1]!.parts;
    assert.ok(thought?.kind === 'thinking' && thought.signature === 'EqQBCg' && !thought.isHidden);
    assert.ok(hidden?.kind === 'thinking' && hidden.data === 'Emwk' && hidden.isHidden);
    assert.deepEqual(
      conversation.messages.map(({ cacheMark }) => cacheMark),
      [null, null, '{"type":"ephemeral"}'],
    );
    assert.deepEqual(
      conversation.tools.map(({ name, type, isServer, schema }) => [name, type, isServer, schema?.json ?? null]),
      [
        ['get_weather', 'function', false, '{"type":"object"}'],
        ['web_search', 'web_search_20250305', true, null],
        ['bash', 'bash_20250124', false, null],
      ],
    );
    assert.deepEqual(
      conversation.parameters.map(({ name, json }) => [name, json]),
      [['max_tokens', '1024']],
    );
  });

  it('shows what the provider searched and ran, and what was cited', () => {
    const conversation = read(
      {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'claude-sonnet-4-5',
        content: [
          { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'shannon' } },
          {
            type: 'web_search_tool_result',
            tool_use_id: 'srvtoolu_1',
            content: [
              { type: 'web_search_result', url: 'https://example.com', title: 'Shannon', encrypted_content: 'Eq' },
            ],
          },
          {
            type: 'text',
            text: 'He was born in 1916.',
            citations: [
              {
                type: 'web_search_result_location',
                url: 'https://example.com',
                title: 'Shannon',
                cited_text: 'born 1916',
              },
            ],
          },
        ],
        stop_reason: 'end_turn',
        stop_sequence: null,
        usage: { input_tokens: 6, output_tokens: 9, server_tool_use: { web_search_requests: 1 } },
      },
      'response',
    );
    assert.deepEqual(outline(conversation), [
      [
        'assistant',
        ['tool-call', 'srvtoolu_1', 'web_search', '{"query":"shannon"}'],
        ['tool-result', 'srvtoolu_1', null, [['source', 'Shannon', 'https://example.com', []]]],
        ['text', 'He was born in 1916.'],
      ],
    ]);
    const [call, , text] = conversation.messages[0]!.parts;
    assert.ok(call?.kind === 'tool-call' && call.isServer);
    assert.equal(text?.kind === 'text' && text.citations[0]?.text, 'born 1916');
    assert.deepEqual(conversation.stops, [{ reason: 'end_turn', detail: null, choice: null, pointer: '/stop_reason' }]);
    assert.deepEqual(
      conversation.usage?.counts.map(({ name, json }) => [name, json]),
      [
        ['input_tokens', '6'],
        ['output_tokens', '9'],
        ['server_tool_use.web_search_requests', '1'],
      ],
    );
    assert.equal(conversation.usage?.tokens.cacheRead, null);
  });

  it('shows a stop sequence, an error and a count of tokens', () => {
    const stopped = read(
      { type: 'message', content: [], stop_reason: 'stop_sequence', stop_sequence: 'END' },
      'response',
    );
    assert.equal(stopped.stops[0]?.detail, 'END');
    const failed = read(
      { type: 'error', error: { type: 'rate_limit_error', message: 'slow down' }, request_id: 'req_1' },
      'response',
    );
    assert.equal(failed.error?.type, 'rate_limit_error');
    assert.equal(failed.error?.message, 'slow down');
    const counted = read({ input_tokens: 2095 }, 'response');
    assert.equal(counted.usage?.tokens.input, 2095);
    const thought = read(
      { type: 'message', content: [], usage: { input_tokens: 25, output_tokens: 394, thinking_tokens: 339 } },
      'response',
    );
    assert.equal(thought.usage?.tokens.thinking, 339);
  });

  it('keeps arguments, numbers and unknown fields exactly as they were written', () => {
    const text =
      '{"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","caller":{"a":1.10},"input":{"n": 12345678901234567890, "p":1.10,"a":1,"a":2}},{"type":"new_kind","x":1e5}]}],"temperature":1.0,"max_tokens":5}';
    const conversation = read(text, 'request');
    const [call, unknown] = conversation.messages[0]!.parts;
    assert.equal(call?.kind === 'tool-call' && call.arguments, '{"n": 12345678901234567890, "p":1.10,"a":1,"a":2}');
    assert.deepEqual(
      call?.rest.map(({ name, json }) => [name, json]),
      [['caller', '{"a":1.10}']],
    );
    assert.deepEqual(brief(unknown!), ['other', 'new_kind', '{"type":"new_kind","x":1e5}']);
    assert.deepEqual(
      conversation.parameters.map(({ json }) => json),
      ['1.0', '5'],
    );
  });

  it('finds the bytes of a picture behind escapes', () => {
    const data = String.raw`iVBORw0K\/\u002bGgo\u003d`;
    const text = `{"system":"s","messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"${data}"}}]}]}`;
    const [image] = read(text, 'request').messages[0]!.parts;
    assert.ok(image?.kind === 'image' && image.source.type === 'base64');
    assert.equal(readBase64(text, image.source), 'iVBORw0K/+Ggo=');
    assert.equal(image.source.byteLength, 9);
  });
});
