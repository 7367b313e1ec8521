import type { Block, JsonObject } from '../conversations/conversation.js';
import { type Exchange, keepBegun, splitText } from './exchange.js';

/** Gemini's generateContent. The model stands in its address; `modelVersion` of the answer names it. */
export function encodeGeminiRequest({ call, system, tools, messages }: Exchange): string {
  const thinks = call.session.turns.some(({ thought }) => thought > 0);
  return JSON.stringify({
    contents: messages.map(({ role, blocks }) => ({
      parts: blocks.flatMap((block) => encodePart(block)),
      role: role === 'user' ? 'user' : 'model',
    })),
    systemInstruction: { parts: [{ text: system }], role: 'user' },
    ...(tools.length > 0 ? { tools: [{ functionDeclarations: tools.map((tool) => ({ ...tool })) }] } : {}),
    generationConfig: {
      temperature: 0.2,
      maxOutputTokens: 8192,
      ...(thinks ? { thinkingConfig: { includeThoughts: true, thinkingBudget: 8192 } } : {}),
    },
  });
}

function encodePart(block: Block): JsonObject[] {
  switch (block.type) {
    case 'text':
      return [{ text: block.text }];
    case 'thinking':
      return [{ text: block.text, thought: true }];
    case 'image':
      return [{ inlineData: { mimeType: block.mediaType, data: block.base64 } }];
    case 'tool-call':
      return [{ functionCall: { name: block.name, args: block.input } }];
    case 'tool-result':
      return [{ functionResponse: { name: block.name, response: { result: block.content } } }];
  }
}

/**
 * The answer: one object, a stream as a JSON array, or one of server-sent events (`alt=sse`). The daemon counts the
 * first two; of the third it knows no usage, though it is there.
 */
export function encodeGeminiResponse(exchange: Exchange): string {
  const { call, answer, random } = exchange;
  const { tokens, outcome } = call;
  const counts = outcome === 'silent' ? estimate(exchange) : tokens;
  const prompt = counts.input + counts.cacheRead;
  const usageMetadata = {
    promptTokenCount: prompt,
    candidatesTokenCount: counts.output,
    totalTokenCount: prompt + counts.output + counts.thinking,
    ...(counts.cacheRead > 0 ? { cachedContentTokenCount: counts.cacheRead } : {}),
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: prompt }],
    ...(counts.thinking > 0 ? { thoughtsTokenCount: counts.thinking } : {}),
  };
  const rest = { usageMetadata, modelVersion: call.model, responseId: random.alphanumeric(22) };
  const candidate = (parts: JsonObject[], last: boolean): JsonObject => ({
    candidates: [{ content: { parts, role: 'model' }, ...(last ? { finishReason: 'STOP' } : {}), index: 0 }],
    ...rest,
  });
  if (!call.streamed) return JSON.stringify(candidate(answer.flatMap(encodePart), true), null, 2);

  const parts = answer.flatMap((block) =>
    block.type === 'text' || block.type === 'thinking'
      ? splitText(block.text, call.session.fullBodies).flatMap((text) => encodePart({ ...block, text }))
      : encodePart(block),
  );
  const chunks = parts.map((part, index) => candidate([part], index === parts.length - 1));
  if (outcome === 'silent') return chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`).join('');
  const begun = outcome === 'cut' ? keepBegun([...chunks, ...chunks.slice(-1)], random) : chunks;
  return `[${begun.map((chunk) => JSON.stringify(chunk, null, 2)).join('\n,\n')}${outcome === 'cut' ? '\n,' : '\n]\n'}`;
}

/** What the provider counted where the daemon recorded nothing. */
function estimate({ call: { session, turn } }: Exchange): CallTokens {
  const size = session.turns[turn];
  const input = session.profile.shape.prefix + (size?.asked ?? 0);
  return { input, output: size?.answered ?? 0, thinking: size?.thought ?? 0, cacheRead: 0 };
}

interface CallTokens {
  readonly input: number;
  readonly output: number;
  readonly thinking: number;
  readonly cacheRead: number;
}
