import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brief, outline, read } from './conversations.js';

const DATA_URL = 'data:image/png;base64,iVBORw0KGgo=';

describe("a conversation in OpenAI's chat form", () => {
  it('shows roles, names, pictures, sound, files, calls and their results of a request', () => {
    const conversation = read(
      {
        model: 'gpt-5.4',
        messages: [
          { role: 'developer', content: 'Be brief.' },
          {
            role: 'user',
            name: 'Ada',
            content: [
              { type: 'text', text: 'Look' },
              { type: 'image_url', image_url: { url: DATA_URL, detail: 'low' } },
              { type: 'image_url', image_url: { url: 'https://example.com/b.png' } },
              { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
              { type: 'file', file: { file_id: 'file-1' } },
              { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERg==' } },
            ],
          },
          {
            role: 'assistant',
            content: null,
            tool_calls: [
              { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"a": 1.10}' } },
              { id: 'call_2', type: 'custom', custom: { name: 'shell', input: 'ls -l' } },
            ],
          },
          { role: 'tool', tool_call_id: 'call_1', content: 'done' },
          { role: 'assistant', content: null, refusal: 'I cannot.' },
        ],
        tools: [
          { type: 'function', function: { name: 'f', description: 'F', parameters: { type: 'object' }, strict: true } },
        ],
        response_format: { type: 'json_object' },
      },
      'request',
    );
    assert.equal(conversation.form, 'openai-chat');
    assert.deepEqual(outline(conversation), [
      ['developer', ['text', 'Be brief.']],
      [
        'user',
        ['text', 'Look'],
        ['image', 'image/png', 'base64', 8],
        ['image', null, 'url', 'https://example.com/b.png'],
        ['audio', 'audio/wav', 'base64', 3],
        ['document', null, 'file', 'file-1'],
        ['document', 'application/pdf', 'base64', 4],
      ],
      ['assistant', ['tool-call', 'call_1', 'f', '{"a": 1.10}'], ['tool-call', 'call_2', 'shell', 'ls -l']],
      ['tool', ['tool-result', 'call_1', null, [['text', 'done']]]],
      ['assistant', ['refusal', 'I cannot.']],
    ]);
    assert.equal(conversation.messages[1]?.name, 'Ada');
    assert.deepEqual(
      conversation.messages[1]?.parts[1]?.rest.map(({ name, json, pointer }) => [name, json, pointer]),
      [['image_url.detail', '"low"', '/messages/1/content/1/image_url/detail']],
    );
    const [tool] = conversation.tools;
    assert.deepEqual([tool?.name, tool?.description, tool?.schema?.json], ['f', 'F', '{"type":"object"}']);
    assert.equal(tool?.schema?.pointer, '/tools/0/function/parameters');
    assert.deepEqual(
      tool?.rest.map(({ name }) => name),
      ['function.strict'],
    );
  });

  it('shows each choice of an answer with its stop reason, thinking before what was said', () => {
    const choice = (index: number, message: unknown, finish_reason: string): unknown => ({
      index,
      message,
      finish_reason,
      logprobs: null,
    });
    const conversation = read(
      {
        id: 'chatcmpl-1',
        object: 'chat.completion',
        model: 'deepseek-reasoner',
        choices: [
          choice(0, { role: 'assistant', content: 'Yes', reasoning_content: 'Let me think' }, 'stop'),
          choice(
            1,
            {
              role: 'assistant',
              content: 'No',
              annotations: [{ type: 'url_citation', url_citation: { url: 'https://e.x', title: 'E' } }],
            },
            'length',
          ),
        ],
        usage: {
          prompt_tokens: 20,
          completion_tokens: 10,
          total_tokens: 30,
          prompt_cache_hit_tokens: 8,
          prompt_cache_miss_tokens: 12,
          completion_tokens_details: { reasoning_tokens: 4 },
        },
      },
      'response',
    );
    assert.deepEqual(outline(conversation), [
      ['assistant', ['thinking', 'Let me think'], ['text', 'Yes']],
      ['assistant', ['text', 'No']],
    ]);
    assert.deepEqual(
      conversation.stops.map(({ reason, choice: of }) => [reason, of]),
      [
        ['stop', 0],
        ['length', 1],
      ],
    );
    const [said] = conversation.messages[1]!.parts;
    assert.equal(said?.kind === 'text' && said.citations[0]?.url, 'https://e.x');
    assert.deepEqual(conversation.usage?.tokens, { input: 12, output: 6, thinking: 4, cacheRead: 8, cacheWrite: null });
  });

  it("counts xAI's reasoning beside its output, as the daemon does", () => {
    const usage = {
      prompt_tokens: 32,
      completion_tokens: 9,
      total_tokens: 135,
      completion_tokens_details: { reasoning_tokens: 94 },
    };
    const body = {
      model: 'grok-4',
      choices: [{ index: 0, message: { role: 'assistant', content: '101 * 3 = 303' } }],
      usage,
    };
    assert.deepEqual(read(body, 'response', 'xai').usage?.tokens, {
      input: 32,
      output: 9,
      thinking: 94,
      cacheRead: null,
      cacheWrite: null,
    });
  });

  it("shows Mistral's thinking, which is a list", () => {
    const content = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
      { type: 'text', text: 'Yes.' },
    ];
    const body = { object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content } }] };
    assert.deepEqual(outline(read(body, 'response')), [['assistant', ['thinking', 'Hm.'], ['text', 'Yes.']]]);
  });

  it('shows prompts and texts of the old completions, and embeddings by how many numbers they have', () => {
    const asked = read({ model: 'gpt-3.5-turbo-instruct', prompt: ['one', 'two'], max_tokens: 7 }, 'request');
    assert.deepEqual(
      [asked.form, ...outline(asked)],
      ['openai-completions', ['input', ['text', 'one']], ['input', ['text', 'two']]],
    );
    const said = read(
      { object: 'text_completion', choices: [{ text: 'hello', index: 0, finish_reason: 'length' }] },
      'response',
    );
    assert.deepEqual(outline(said), [['output', ['text', 'hello']]]);
    const tokens = read({ model: 'text-embedding-3-small', input: [1, 2, 3] }, 'request');
    assert.deepEqual(outline(tokens), [['input', ['numbers', 'tokens', 3]]]);
    const vectors = read(
      {
        object: 'list',
        data: [
          { index: 0, embedding: [0.1, -2] },
          { index: 1, embedding: 'AACAPwAAAEA=' },
        ],
      },
      'response',
    );
    assert.deepEqual(outline(vectors), [
      ['output', ['numbers', 'dimensions', 2]],
      ['output', ['numbers', 'dimensions', 2]],
    ]);
  });

  it('shows what a failed call answered, an object or a bare sentence', () => {
    const error = { message: 'Incorrect API key', type: 'invalid_request_error', param: null, code: 'invalid_api_key' };
    assert.equal(read({ error }, 'response').error?.code, 'invalid_api_key');
    const bare = read({ code: 'Client specified an invalid argument', error: 'Model not found: x' }, 'response', 'xai');
    assert.equal(bare.error?.message, 'Model not found: x');
  });
});

describe("a conversation in the form of OpenAI's responses", () => {
  it('shows instructions, items, calls and their outputs, and hidden thinking of a request', () => {
    const conversation = read(
      {
        model: 'gpt-5.4',
        instructions: 'Be brief.',
        input: [
          {
            role: 'user',
            content: [
              { type: 'input_text', text: 'Hi' },
              { type: 'input_image', image_url: DATA_URL },
            ],
          },
          {
            type: 'reasoning',
            id: 'rs_1',
            summary: [{ type: 'summary_text', text: 'Looking' }],
            encrypted_content: 'gAAA',
          },
          { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f', arguments: '{"a":1}' },
          { type: 'function_call_output', call_id: 'call_1', output: 'done' },
          { type: 'item_reference', id: 'msg_9' },
        ],
        tools: [{ type: 'function', name: 'f', parameters: {} }, { type: 'web_search' }],
        reasoning: { effort: 'high' },
      },
      'request',
    );
    assert.equal(conversation.form, 'openai-responses');
    assert.deepEqual(conversation.system.map(brief), [['text', 'Be brief.']]);
    assert.deepEqual(outline(conversation), [
      ['user', ['text', 'Hi'], ['image', 'image/png', 'base64', 8]],
      ['assistant', ['thinking', 'Looking'], ['thinking', '']],
      ['assistant', ['tool-call', 'call_1', 'f', '{"a":1}']],
      ['tool', ['tool-result', 'call_1', null, [['text', 'done']]]],
      ['', ['other', 'item_reference', '{"type":"item_reference","id":"msg_9"}']],
    ]);
    const hidden = conversation.messages[1]?.parts[1];
    assert.ok(hidden?.kind === 'thinking' && hidden.isHidden && hidden.data === 'gAAA');
    assert.deepEqual(
      conversation.tools.map(({ name, isServer }) => [name, isServer]),
      [
        ['f', false],
        ['web_search', true],
      ],
    );
    assert.deepEqual(
      conversation.parameters.map(({ name, json }) => [name, json]),
      [['reasoning.effort', '"high"']],
    );
  });

  it('shows what was said, searched, run and drawn in an answer, and why it is incomplete', () => {
    const text = {
      type: 'output_text',
      text: 'Done',
      annotations: [{ type: 'url_citation', url: 'https://e.x', title: 'E' }],
    };
    const conversation = read(
      {
        id: 'resp_1',
        object: 'response',
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
        model: 'gpt-5.4',
        output: [
          { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'x' } },
          { type: 'code_interpreter_call', id: 'ci_1', code: 'print(1)', outputs: [{ type: 'logs', logs: '1' }] },
          { type: 'image_generation_call', id: 'ig_1', result: 'iVBORw0KGgo=' },
          { type: 'message', id: 'msg_1', role: 'assistant', content: [text, { type: 'refusal', refusal: 'No.' }] },
        ],
      },
      'response',
    );
    assert.deepEqual(outline(conversation), [
      ['assistant', ['tool-call', 'ws_1', 'web_search', '{"type":"search","query":"x"}']],
      [
        'assistant',
        ['tool-call', 'ci_1', 'code_interpreter', 'print(1)'],
        ['tool-result', 'ci_1', null, [['other', 'logs', '{"type":"logs","logs":"1"}']]],
      ],
      [
        'assistant',
        ['tool-call', 'ig_1', 'image_generation', null],
        ['tool-result', 'ig_1', null, [['image', null, 'base64', 8]]],
      ],
      ['assistant', ['text', 'Done'], ['refusal', 'No.']],
    ]);
    assert.deepEqual(conversation.stops, [
      { reason: 'incomplete', detail: 'max_output_tokens', choice: null, pointer: '/status' },
    ]);
  });
});
