import type { Block, JsonObject, Message } from '../conversations/conversation.js';
import { Random } from '../random.js';
import { type Exchange, keepBegun, splitText } from './exchange.js';

const CACHE_MARK = { cache_control: { type: 'ephemeral' } };

/** The messages interface of Anthropic, as its Python client writes it. */
export function encodeAnthropicRequest({ call, system, tools, messages }: Exchange): string {
  const cached = call.session.profile.shape.prefix >= 1024;
  const thinks = call.session.turns.some(({ thought }) => thought > 0);
  return JSON.stringify({
    max_tokens: thinks ? 32_000 : 8192,
    messages: messages.map((message, index) => encodeMessage(message, cached && index === messages.length - 1)),
    model: call.model,
    system: cached ? [{ type: 'text', text: system, ...CACHE_MARK }] : system,
    ...(call.streamed ? { stream: true } : {}),
    ...(thinks ? { thinking: { type: 'enabled', budget_tokens: 16_000 } } : { temperature: 0.2 }),
    ...(tools.length > 0
      ? {
          tools: tools.map(({ name, description, parameters }, index) => ({
            name,
            description,
            input_schema: parameters,
            ...(cached && index === tools.length - 1 ? CACHE_MARK : {}),
          })),
        }
      : {}),
    metadata: { user_id: `user_${new Random(call.session.seed, 9).hex(16)}` },
  });
}

function encodeMessage({ role, blocks }: Message, marked: boolean): JsonObject {
  const [only] = blocks;
  if (blocks.length === 1 && only?.type === 'text' && !marked) return { role, content: only.text };
  return {
    role,
    content: blocks.map((block, index) => ({
      ...encodeBlock(block),
      ...(marked && index === blocks.length - 1 ? CACHE_MARK : {}),
    })),
  };
}

function encodeBlock(block: Block): JsonObject {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text };
    case 'thinking':
      return { type: 'thinking', thinking: block.text, signature: sign(block.text) };
    case 'image':
      return { type: 'image', source: { type: 'base64', media_type: block.mediaType, data: block.base64 } };
    case 'tool-call':
      return { type: 'tool_use', id: `toolu_01${block.id}`, name: block.name, input: block.input };
    case 'tool-result':
      return { type: 'tool_result', tool_use_id: `toolu_01${block.callId}`, content: block.content };
  }
}

/** The same for the same thought, as a signature is: a client sends it back with the thought in later calls. */
function sign(thought: string): string {
  return Buffer.from(`demo-signature:${thought.length}:${thought.slice(0, 90)}`).toString('base64');
}

export function encodeAnthropicResponse(exchange: Exchange): string {
  const { call, answer, random } = exchange;
  const { tokens } = call;
  const usage = {
    input_tokens: tokens.input,
    cache_creation_input_tokens: tokens.cacheWrite,
    cache_read_input_tokens: tokens.cacheRead,
    output_tokens: tokens.output,
    ...(tokens.thinking > 0 ? { thinking_tokens: tokens.thinking } : {}),
    service_tier: 'standard',
  };
  const message = { model: call.model, id: `msg_01${random.alphanumeric(22)}`, type: 'message', role: 'assistant' };
  const stop = answer.at(-1)?.type === 'tool-call' ? 'tool_use' : 'end_turn';
  if (!call.streamed) {
    return JSON.stringify({
      ...message,
      content: answer.map(encodeBlock),
      stop_reason: stop,
      stop_sequence: null,
      usage,
    });
  }
  const { thinking_tokens: thinkingTokens, ...started } = usage as typeof usage & { thinking_tokens?: number };
  const events: JsonObject[] = [
    {
      type: 'message_start',
      message: {
        ...message,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { ...started, output_tokens: 2 },
      },
    },
    ...answer.flatMap((block, index) => streamBlock(block, index, call.session.fullBodies)),
    {
      type: 'message_delta',
      delta: { stop_reason: stop, stop_sequence: null },
      usage: {
        output_tokens: tokens.output,
        ...(thinkingTokens === undefined ? {} : { thinking_tokens: thinkingTokens }),
      },
    },
    { type: 'message_stop' },
  ];
  events.splice(2, 0, { type: 'ping' });
  const kept = call.outcome === 'cut' ? keepBegun(events, random) : events;
  return kept.map((event) => `event: ${event['type'] as string}\ndata: ${JSON.stringify(event)}\n\n`).join('');
}

function streamBlock(block: Block, index: number, fine: boolean): JsonObject[] {
  const delta = (content: JsonObject): JsonObject => ({ type: 'content_block_delta', index, delta: content });
  const start = (content: JsonObject): JsonObject => ({ type: 'content_block_start', index, content_block: content });
  const stop: JsonObject = { type: 'content_block_stop', index };
  if (block.type === 'thinking') {
    return [
      start({ type: 'thinking', thinking: '', signature: '' }),
      ...splitText(block.text, fine).map((text) => delta({ type: 'thinking_delta', thinking: text })),
      delta({ type: 'signature_delta', signature: sign(block.text) }),
      stop,
    ];
  }
  if (block.type === 'tool-call') {
    return [
      start({ type: 'tool_use', id: `toolu_01${block.id}`, name: block.name, input: {} }),
      ...splitText(JSON.stringify(block.input), fine).map((text) =>
        delta({ type: 'input_json_delta', partial_json: text }),
      ),
      stop,
    ];
  }
  const text = block.type === 'text' ? block.text : '';
  return [
    start({ type: 'text', text: '' }),
    ...splitText(text, fine).map((piece) => delta({ type: 'text_delta', text: piece })),
    stop,
  ];
}
