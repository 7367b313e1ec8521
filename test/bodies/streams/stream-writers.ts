import fc from 'fast-check';

/** Streams as providers send them, written from the message that they are to become. */
export interface WrittenStream {
  readonly text: string;
  /** The message as its client library hands it out. */
  readonly message: unknown;
}

type Data = Record<string, unknown>;

export const sse = (event: Data, name: string | null = null): string =>
  `${name === null ? '' : `event: ${name}\n`}data: ${JSON.stringify(event)}\n\n`;

/** Cuts a text into pieces of at most `size` code units, as a server may. */
export function cut(text: string, size: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size));
  return pieces;
}

/** Takes from several lists in turn, so that their items come interleaved and each list keeps its order. */
export function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}

export type Block =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly type: 'redacted_thinking'; readonly data: string }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: unknown };

const ANTHROPIC = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-6' };

export function writeAnthropic(blocks: readonly Block[], size: number, isInterleaved: boolean): WrittenStream {
  const usage = { input_tokens: 25, cache_read_input_tokens: 7, output_tokens: 1 };
  const start = { ...ANTHROPIC, content: [], stop_reason: null, stop_sequence: null, usage };
  const each = blocks.map((block, index) => writeBlock(block, index, size));
  const body = isInterleaved
    ? [...each.map(([first]) => first!), ...interleave(each.map((events) => events.slice(1)))]
    : each.flat();
  const delta = { stop_reason: 'tool_use', stop_sequence: null };
  const events = [
    { type: 'message_start', message: start },
    { type: 'ping' },
    ...body,
    { type: 'message_delta', delta, usage: { output_tokens: 15 } },
    { type: 'message_stop' },
  ];
  const text = events.map((event) => sse(event, event.type)).join('');
  return { text, message: { ...start, content: blocks, ...delta, usage: { ...usage, output_tokens: 15 } } };
}

function writeBlock(block: Block, index: number, size: number): (Data & { type: string })[] {
  const delta = (fields: Data): Data & { type: string } => ({ type: 'content_block_delta', index, delta: fields });
  const wrap = (content: Data, deltas: (Data & { type: string })[]): (Data & { type: string })[] => [
    { type: 'content_block_start', index, content_block: content },
    ...deltas,
    { type: 'content_block_stop', index },
  ];
  switch (block.type) {
    case 'text':
      return wrap(
        { ...block, text: '' },
        cut(block.text, size).map((text) => delta({ type: 'text_delta', text })),
      );
    case 'thinking':
      return wrap({ ...block, thinking: '', signature: '' }, [
        ...cut(block.thinking, size).map((thinking) => delta({ type: 'thinking_delta', thinking })),
        delta({ type: 'signature_delta', signature: block.signature }),
      ]);
    case 'redacted_thinking':
      return wrap(block, []);
    case 'tool_use':
      return wrap({ ...block, input: {} }, [
        delta({ type: 'input_json_delta', partial_json: '' }),
        ...cut(JSON.stringify(block.input), size).map((json) =>
          delta({ type: 'input_json_delta', partial_json: json }),
        ),
      ]);
  }
}

export interface ChatAnswer {
  readonly content: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
}

export function writeChat(answers: readonly ChatAnswer[], size: number): WrittenStream {
  const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1694268190, model: 'gpt-5.4' };
  const usage = { prompt_tokens: 9, completion_tokens: 12, total_tokens: 21 };
  const chunk = (choices: Data[], more: Data = {}): string =>
    sse({ ...head, system_fingerprint: 'fp_1', choices, usage: null, ...more });
  const pieces = answers.map((answer, index) =>
    writeDeltas(answer, size).map((delta) => ({ index, delta, finish_reason: null })),
  );
  const text = [
    ...interleave(pieces).map((choice) => chunk([choice])),
    ...answers.map(({ calls }, index) =>
      chunk([{ index, delta: {}, finish_reason: calls.length > 0 ? 'tool_calls' : 'stop' }]),
    ),
    chunk([], { usage }),
    'data: [DONE]\n\n',
  ].join('');
  const choices = answers.map(({ content, calls }, index) => {
    const spoken = content === '' ? null : content;
    if (calls.length === 0) {
      const message = { role: 'assistant', content: spoken, refusal: null };
      return { message, finish_reason: 'stop', index, logprobs: null };
    }
    const list = calls.map(({ id, name, arguments: json }) => ({
      id,
      type: 'function',
      function: { name, arguments: json },
    }));
    const message = { role: 'assistant', content: spoken, refusal: null, tool_calls: list };
    return { index, finish_reason: 'tool_calls', logprobs: null, message };
  });
  const { id, created, model } = head;
  const message = { object: 'chat.completion', usage, id, choices, created, model, system_fingerprint: 'fp_1' };
  return { text, message };
}

function writeDeltas({ content, calls }: ChatAnswer, size: number): Data[] {
  const starts = calls.map(({ id, name }, index) => ({
    index,
    id,
    type: 'function',
    function: { name, arguments: '' },
  }));
  const pieces = calls.map(({ arguments: json }, index) =>
    cut(json, size).map((part) => ({ index, function: { arguments: part } })),
  );
  return [
    { role: 'assistant', content: '' },
    ...cut(content, size).map((part) => ({ content: part })),
    ...[...starts, ...interleave(pieces)].map((call) => ({ tool_calls: [call] })),
  ];
}

export function writeResponses(texts: readonly string[], call: string, size: number): WrittenStream {
  const base = { id: 'resp_1', object: 'response', created_at: 1, status: 'in_progress', model: 'gpt-5.4', output: [] };
  const items = texts.map((text, index) => ({
    id: `msg_${index}`,
    type: 'message',
    status: 'completed',
    role: 'assistant',
    content: [{ type: 'output_text', text, annotations: [] }],
  }));
  const fn = { id: 'fc_1', type: 'function_call', status: 'completed', arguments: call, call_id: 'call_1', name: 'f' };
  const events: Data[] = [{ type: 'response.created', response: { ...base, usage: null } }];
  items.forEach((item, output_index) => {
    const at = { item_id: item.id, output_index, content_index: 0 };
    const [part] = item.content;
    events.push({
      type: 'response.output_item.added',
      output_index,
      item: { ...item, status: 'in_progress', content: [] },
    });
    events.push({ type: 'response.content_part.added', ...at, part: { ...part, text: '' } });
    for (const delta of cut(part!.text, size)) events.push({ type: 'response.output_text.delta', ...at, delta });
    events.push({ type: 'response.output_text.done', ...at, text: part!.text });
    events.push({ type: 'response.content_part.done', ...at, part });
    events.push({ type: 'response.output_item.done', output_index, item });
  });
  const at = { item_id: fn.id, output_index: items.length };
  events.push({ type: 'response.output_item.added', ...at, item: { ...fn, status: 'in_progress', arguments: '' } });
  for (const delta of cut(call, size)) events.push({ type: 'response.function_call_arguments.delta', ...at, delta });
  events.push({ type: 'response.function_call_arguments.done', ...at, arguments: call });
  events.push({ type: 'response.output_item.done', ...at, item: fn });
  const usage = { input_tokens: 3, output_tokens: 4, total_tokens: 7 };
  const message = { ...base, status: 'completed', output: [...items, fn], usage };
  events.push({ type: 'response.completed', response: message });
  const text = events.map((event, index) => sse({ ...event, sequence_number: index }, String(event['type']))).join('');
  return { text, message };
}

export function writeGemini(
  thought: string,
  text: string,
  args: unknown,
  size: number,
  isArray: boolean,
): WrittenStream {
  const usageMetadata = { promptTokenCount: 8, candidatesTokenCount: 5, totalTokenCount: 13 };
  const call = { functionCall: { name: 'f', args }, thoughtSignature: 'c2ln' };
  const parts = [
    ...cut(thought, size).map((piece) => ({ text: piece, thought: true })),
    ...cut(text, size).map((piece) => ({ text: piece })),
    call,
  ];
  const chunks = parts.map((part, index) => ({
    candidates: [
      {
        content: { parts: [part], role: 'model' },
        ...(index === parts.length - 1 ? { finishReason: 'STOP' } : {}),
        index: 0,
      },
    ],
    usageMetadata,
    modelVersion: 'gemini-2.5-pro',
    responseId: 'r1',
  }));
  const whole = [...(thought ? [{ text: thought, thought: true }] : []), ...(text ? [{ text }] : []), call];
  const isOne = chunks.length === 1;
  const order = isOne ? { finishReason: 'STOP', index: 0 } : { index: 0, finishReason: 'STOP' };
  const candidate = { content: { parts: whole, role: 'model' }, ...order };
  const message = { candidates: [candidate], usageMetadata, modelVersion: 'gemini-2.5-pro', responseId: 'r1' };
  const written = isArray
    ? `[${chunks.map((chunk) => JSON.stringify(chunk, null, 2)).join('\n,\n')}]\n`
    : chunks.map((chunk) => sse(chunk)).join('');
  return { text: written, message };
}

/** Any text, from surrogates to quotes, but not empty. */
export const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
export const sizes = fc.integer({ min: 1, max: 9 });
/** Arguments as an object; JSON has no `-0`. */
export const inputs = fc
  .dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 2 }))
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);

export const blocks: fc.Arbitrary<Block[]> = fc.array(
  fc.oneof(
    texts.map((text): Block => ({ type: 'text', text })),
    fc.tuple(texts, texts).map(([thinking, signature]): Block => ({ type: 'thinking', thinking, signature })),
    texts.map((data): Block => ({ type: 'redacted_thinking', data })),
    fc.tuple(texts, inputs).map(([id, input]): Block => ({ type: 'tool_use', id, name: 'f', input })),
  ),
  { maxLength: 5 },
);

export const answers: fc.Arbitrary<ChatAnswer[]> = fc.array(
  fc.record({
    content: fc.oneof(fc.constant(''), texts),
    calls: fc.array(fc.record({ id: texts, name: texts, arguments: inputs.map((input) => JSON.stringify(input)) }), {
      maxLength: 3,
    }),
  }),
  { minLength: 1, maxLength: 3 },
);
