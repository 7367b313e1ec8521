import type { Block, JsonObject, Message } from '../conversations/conversation.js';
import { type Exchange, joinText, keepBegun, splitText } from './exchange.js';

/** The chat completions of OpenAI, and of xAI and others that speak the same. */
export function encodeChatRequest({ call, system, tools, messages }: Exchange): string {
  return JSON.stringify({
    model: call.model,
    messages: [{ role: 'system', content: system }, ...messages.flatMap(encodeMessage)],
    ...(tools.length > 0
      ? { tools: tools.map((tool) => ({ type: 'function', function: { ...tool } })), tool_choice: 'auto' }
      : {}),
    ...(call.provider === 'openai' ? { max_completion_tokens: 4096 } : { max_tokens: 4096, temperature: 0.3 }),
    ...(call.streamed ? { stream: true } : {}),
    // Without this line no usage comes with a stream, and the daemon can't count it.
    ...(call.streamed && call.outcome !== 'silent' ? { stream_options: { include_usage: true } } : {}),
  });
}

function encodeMessage({ role, blocks }: Message): JsonObject[] {
  const results = blocks.filter((block) => block.type === 'tool-result');
  if (results.length > 0) {
    return results.map(({ callId, content }) => ({ role: 'tool', tool_call_id: `call_${callId}`, content }));
  }
  if (role === 'assistant') return [encodeAnswer(blocks)];
  if (blocks.every((block) => block.type === 'text')) return [{ role, content: joinText(blocks) }];
  return [{ role, content: blocks.flatMap(encodePart) }];
}

function encodePart(block: Block): JsonObject[] {
  if (block.type === 'text') return [{ type: 'text', text: block.text }];
  if (block.type !== 'image') return [];
  return [{ type: 'image_url', image_url: { url: `data:${block.mediaType};base64,${block.base64}`, detail: 'auto' } }];
}

function toolCalls(blocks: readonly Block[]): JsonObject[] {
  return blocks
    .filter((block) => block.type === 'tool-call')
    .map(({ id, name, input }) => ({
      id: `call_${id}`,
      type: 'function',
      function: { name, arguments: JSON.stringify(input) },
    }));
}

function encodeAnswer(blocks: readonly Block[]): JsonObject {
  const text = joinText(blocks);
  const calls = toolCalls(blocks);
  return { role: 'assistant', content: text === '' ? null : text, ...(calls.length > 0 ? { tool_calls: calls } : {}) };
}

/** OpenAI counts reasoning within completion tokens; the daemon reads xAI's as standing beside them. */
function encodeUsage({ call: { provider, tokens } }: Exchange): JsonObject {
  const beside = provider === 'xai';
  const prompt = beside ? tokens.input : tokens.input + tokens.cacheRead;
  const completion = beside ? tokens.output : tokens.output + tokens.thinking;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion + (beside ? tokens.thinking : 0),
    prompt_tokens_details: { cached_tokens: tokens.cacheRead, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: tokens.thinking, audio_tokens: 0, accepted_prediction_tokens: 0 },
  };
}

export function encodeChatResponse(exchange: Exchange): string {
  const { call, answer, random, createdAtSeconds: created } = exchange;
  const id = `chatcmpl-${random.alphanumeric(28)}`;
  const calls = toolCalls(answer);
  const finish = calls.length > 0 ? 'tool_calls' : 'stop';
  const { model } = call;
  if (!call.streamed) {
    const whole = {
      id,
      object: 'chat.completion',
      created,
      model,
      choices: [
        { index: 0, message: { ...encodeAnswer(answer), refusal: null }, logprobs: null, finish_reason: finish },
      ],
      usage: encodeUsage(exchange),
      service_tier: 'default',
      system_fingerprint: null,
    };
    return JSON.stringify(whole, null, call.provider === 'openai' ? 2 : undefined);
  }
  const chunk = (delta: JsonObject, reason: string | null = null): JsonObject => ({
    id,
    object: 'chat.completion.chunk',
    created,
    model,
    choices: [{ index: 0, delta, finish_reason: reason }],
  });
  const chunks: JsonObject[] = [
    chunk({ role: 'assistant', content: '' }),
    ...splitText(joinText(answer), call.session.fullBodies).map((content) => chunk({ content })),
    ...calls.flatMap((made, index) => streamCall(made, index).map((part) => chunk({ tool_calls: [part] }))),
    chunk({}, finish),
  ];
  if (call.outcome === 'success') {
    chunks.push({ id, object: 'chat.completion.chunk', created, model, choices: [], usage: encodeUsage(exchange) });
  }
  const cut = call.outcome === 'cut';
  const lines = (cut ? keepBegun(chunks, random) : chunks).map((line) => `data: ${JSON.stringify(line)}\n\n`);
  return lines.join('') + (cut ? '' : 'data: [DONE]\n\n');
}

function streamCall(call: JsonObject, index: number): JsonObject[] {
  const { name, arguments: written } = call['function'] as { name: string; arguments: string };
  const { id = null } = call;
  return [
    { index, id, type: 'function', function: { name, arguments: '' } },
    ...splitText(written, false).map((piece) => ({ index, function: { arguments: piece } })),
  ];
}
