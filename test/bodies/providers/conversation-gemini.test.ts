import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brief, outline, read } from './conversations.js';

const REQUEST = {
  systemInstruction: { parts: [{ text: 'Be brief.' }] },
  contents: [
    {
      role: 'user',
      parts: [{ text: 'What is this?' }, { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }],
    },
    { role: 'model', parts: [{ functionCall: { name: 'f', args: { a: 1 } }, thoughtSignature: 'c2ln' }] },
    { role: 'user', parts: [{ functionResponse: { name: 'f', response: { result: 'done' } } }] },
    { parts: [{ fileData: { mimeType: 'video/mp4', fileUri: 'https://example.com/v' } }] },
  ],
  tools: [
    { functionDeclarations: [{ name: 'f', description: 'F', parameters: { type: 'OBJECT' } }] },
    { googleSearch: {} },
  ],
  generationConfig: { temperature: 0.5, thinkingConfig: { thinkingBudget: 1 } },
  safetySettings: [],
};

describe("a conversation in Gemini's form", () => {
  it('shows system prompt, contents, tools and settings of a request', () => {
    const conversation = read(REQUEST, 'request');
    assert.equal(conversation.form, 'gemini-content');
    assert.deepEqual(conversation.system.map(brief), [['text', 'Be brief.']]);
    assert.deepEqual(outline(conversation), [
      ['user', ['text', 'What is this?'], ['image', 'image/png', 'base64', 8]],
      ['model', ['tool-call', null, 'f', '{"a":1}']],
      ['user', ['tool-result', null, null, [['text', 'done']]]],
      ['user', ['video', 'video/mp4', 'url', 'https://example.com/v']],
    ]);
    assert.deepEqual(
      conversation.tools.map(({ name, type, isServer, schema }) => [name, type, isServer, schema?.json ?? null]),
      [
        ['f', 'function', false, '{"type":"OBJECT"}'],
        ['googleSearch', 'googleSearch', true, null],
      ],
    );
    assert.deepEqual(
      conversation.parameters.map(({ name }) => name),
      ['generationConfig.temperature', 'generationConfig.thinkingConfig', 'safetySettings'],
    );
  });

  it('reads snake_case and what some clients wrap around it the same way', () => {
    const text = JSON.stringify(REQUEST)
      .replace('systemInstruction', 'system_instruction')
      .replace('inlineData', 'inline_data')
      .replace('functionCall', 'function_call')
      .replace('functionDeclarations', 'function_declarations');
    assert.deepEqual(outline(read(text, 'request')), outline(read(REQUEST, 'request')));
    const wrapped = read({ model: 'gemini-2.5-pro', project: 'p', request: REQUEST }, 'request');
    assert.deepEqual(outline(wrapped), outline(read(REQUEST, 'request')));
    assert.equal(wrapped.model, 'gemini-2.5-pro');
    assert.equal(wrapped.messages[0]?.pointer, '/request/contents/0');
    assert.equal(wrapped.parameters[0]?.name, 'project');
  });

  it('shows thoughts, calls and code that was run, of each candidate of an answer', () => {
    const parts = [
      { text: 'I need the weather.', thought: true, thoughtSignature: 'QQ==' },
      { executableCode: { language: 'PYTHON', code: 'print(1)' } },
      { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1' } },
      { text: 'One.' },
    ];
    const conversation = read(
      {
        candidates: [
          {
            content: { parts, role: 'model' },
            finishReason: 'MAX_TOKENS',
            index: 0,
            safetyRatings: [{ category: 'X' }],
          },
        ],
        usageMetadata: {
          promptTokenCount: 12,
          candidatesTokenCount: 15,
          totalTokenCount: 31,
          thoughtsTokenCount: 4,
          promptTokensDetails: [{ modality: 'TEXT', tokenCount: 12 }],
        },
        modelVersion: 'gemini-2.5-pro',
        responseId: 'r1',
      },
      'response',
    );
    const [thought, code, result, said] = conversation.messages[0]!.parts;
    assert.deepEqual(brief(thought!), ['thinking', 'I need the weather.']);
    assert.ok(code?.kind === 'tool-call' && code.isServer);
    assert.ok(result?.kind === 'tool-result' && result.isError === false);
    assert.deepEqual(brief(said!), ['text', 'One.']);
    assert.deepEqual(conversation.stops, [
      { reason: 'MAX_TOKENS', detail: null, choice: 0, pointer: '/candidates/0/finishReason' },
    ]);
    assert.deepEqual(conversation.usage?.tokens, {
      input: 12,
      output: 15,
      thinking: 4,
      cacheRead: null,
      cacheWrite: null,
    });
    assert.ok(
      conversation.usage?.counts.some(({ name, json }) => name === 'promptTokensDetails.0.tokenCount' && json === '12'),
    );
    assert.deepEqual(
      conversation.messages[0]?.rest.map(({ name }) => name),
      ['safetyRatings'],
    );
  });

  it('shows a prompt that was blocked, an error, and embeddings', () => {
    assert.equal(read({ promptFeedback: { blockReason: 'SAFETY' } }, 'response').stops[0]?.reason, 'SAFETY');
    const error = { code: 429, message: 'Resource has been exhausted', status: 'RESOURCE_EXHAUSTED' };
    for (const body of [{ error }, [{ error }]]) {
      const failed = read(body, 'response', 'gemini');
      assert.deepEqual([failed.error?.type, failed.error?.code], ['RESOURCE_EXHAUSTED', '429']);
    }
    const asked = read({ model: 'models/text-embedding-004', content: { parts: [{ text: 'Hi' }] } }, 'request');
    assert.deepEqual([asked.form, ...outline(asked)], ['gemini-embeddings', ['input', ['text', 'Hi']]]);
    assert.deepEqual(outline(read({ embedding: { values: [0.1, 0.2] } }, 'response')), [
      ['output', ['numbers', 'dimensions', 2]],
    ]);
  });
});
