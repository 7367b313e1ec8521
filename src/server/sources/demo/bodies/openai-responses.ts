import type { Block, JsonObject, Message } from '../conversations/conversation.js';
import { type Exchange, keepBegun, splitText } from './exchange.js';

/** The responses interface of OpenAI. */
export function encodeResponsesRequest({ call, system, tools, messages }: Exchange): string {
  return JSON.stringify({
    model: call.model,
    instructions: system,
    input: messages.flatMap(encodeMessage),
    ...(tools.length > 0 ? { tools: tools.map((tool) => ({ type: 'function', ...tool, strict: false })) } : {}),
    reasoning: { effort: 'medium', summary: 'auto' },
    store: false,
    ...(call.streamed ? { stream: true } : {}),
  });
}

function encodeMessage({ role, blocks }: Message): JsonObject[] {
  return blocks.flatMap((block): JsonObject[] => {
    switch (block.type) {
      case 'text':
        return [{ role, content: [{ type: role === 'user' ? 'input_text' : 'output_text', text: block.text }] }];
      case 'image':
        return [
          { role, content: [{ type: 'input_image', image_url: `data:${block.mediaType};base64,${block.base64}` }] },
        ];
      case 'tool-call':
        return [encodeCall(block)];
      case 'tool-result':
        return [{ type: 'function_call_output', call_id: `call_${block.callId}`, output: block.content }];
      case 'thinking':
        return [];
    }
  });
}

function encodeCall({ id, name, input }: Block & { type: 'tool-call' }): JsonObject {
  return {
    type: 'function_call',
    id: `fc_${id}`,
    call_id: `call_${id}`,
    name,
    arguments: JSON.stringify(input),
    status: 'completed',
  };
}

function encodeItem(block: Block, { random }: Exchange): JsonObject {
  if (block.type === 'tool-call') return encodeCall(block);
  if (block.type === 'thinking') {
    const encrypted = Buffer.from(`demo:${block.text}`).toString('base64');
    return {
      id: `rs_${random.hex(24)}`,
      type: 'reasoning',
      summary: [{ type: 'summary_text', text: block.text }],
      encrypted_content: encrypted,
    };
  }
  const text = block.type === 'text' ? block.text : '';
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }];
  return { id: `msg_${random.hex(24)}`, type: 'message', role: 'assistant', status: 'completed', content };
}

export function encodeResponsesResponse(exchange: Exchange): string {
  const { call, answer, random, createdAtSeconds, system } = exchange;
  const { tokens } = call;
  const output = answer.map((block) => encodeItem(block, exchange));
  const response = {
    id: `resp_${random.hex(32)}`,
    object: 'response',
    created_at: createdAtSeconds,
    status: 'completed',
    model: call.model,
    instructions: system.slice(0, 400),
    output,
    parallel_tool_calls: true,
    tool_choice: 'auto',
    error: null,
    incomplete_details: null,
    usage: {
      input_tokens: tokens.input + tokens.cacheRead,
      input_tokens_details: { cached_tokens: tokens.cacheRead },
      output_tokens: tokens.output + tokens.thinking,
      output_tokens_details: { reasoning_tokens: tokens.thinking },
      total_tokens: tokens.input + tokens.cacheRead + tokens.output + tokens.thinking,
    },
    metadata: {},
  };
  if (!call.streamed) return JSON.stringify(response, null, 2);

  const begun = { ...response, status: 'in_progress', output: [], usage: null };
  const events: JsonObject[] = [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    ...output.flatMap((item, index) => streamItem(item, index, call.session.fullBodies)),
    // A stream can end well without saying what it used.
    { type: 'response.completed', response: call.outcome === 'silent' ? { ...response, usage: null } : response },
  ];
  const kept = call.outcome === 'cut' ? keepBegun(events, random) : events;
  return kept
    .map(({ type = null, ...rest }, sequence) => {
      const data = JSON.stringify({ type, sequence_number: sequence, ...rest });
      return `event: ${type as string}\ndata: ${data}\n\n`;
    })
    .join('');
}

function streamItem(item: JsonObject, outputIndex: number, fine: boolean): JsonObject[] {
  const place = { item_id: item['id'] ?? null, output_index: outputIndex };
  const added: JsonObject = { type: 'response.output_item.added', output_index: outputIndex };
  const done: JsonObject = { type: 'response.output_item.done', output_index: outputIndex, item };
  if (item['type'] === 'function_call') {
    const written = item['arguments'] as string;
    const type = 'response.function_call_arguments';
    return [
      { ...added, item: { ...item, arguments: '', status: 'in_progress' } },
      ...splitText(written, fine).map((delta) => ({ type: `${type}.delta`, ...place, delta })),
      { type: `${type}.done`, ...place, arguments: written },
      done,
    ];
  }
  if (item['type'] === 'reasoning') {
    const [summary] = item['summary'] as readonly { text: string }[];
    const type = 'response.reasoning_summary_text';
    return [
      { ...added, item: { ...item, summary: [] } },
      ...splitText(summary?.text ?? '', fine).map((delta) => ({
        type: `${type}.delta`,
        ...place,
        summary_index: 0,
        delta,
      })),
      { type: `${type}.done`, ...place, summary_index: 0, text: summary?.text ?? '' },
      done,
    ];
  }
  const [part] = item['content'] as readonly { text: string }[];
  const text = part?.text ?? '';
  const type = 'response.output_text';
  return [
    { ...added, item: { ...item, status: 'in_progress', content: [] } },
    {
      type: 'response.content_part.added',
      ...place,
      content_index: 0,
      part: { type: 'output_text', text: '', annotations: [] },
    },
    ...splitText(text, fine).map((delta) => ({
      type: `${type}.delta`,
      ...place,
      content_index: 0,
      delta,
      logprobs: [],
    })),
    { type: `${type}.done`, ...place, content_index: 0, text, logprobs: [] },
    {
      type: 'response.content_part.done',
      ...place,
      content_index: 0,
      part: { type: 'output_text', text, annotations: [] },
    },
    done,
  ];
}
