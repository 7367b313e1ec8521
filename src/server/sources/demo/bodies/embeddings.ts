import { joinText, type Exchange } from './exchange.js';

const DIMENSIONS = 96;
const CHARS_PER_TOKEN = 3.9;

/** Embeddings ask for vectors of a few texts; Gemini's answer says nothing of tokens. */
export function encodeEmbeddingRequest(exchange: Exchange): string {
  const { call } = exchange;
  const texts = textsOf(exchange);
  if (call.provider !== 'gemini') {
    return JSON.stringify({ model: call.model, input: texts, dimensions: DIMENSIONS, encoding_format: 'float' });
  }
  const model = `models/${call.model}`;
  return JSON.stringify({
    requests: texts.map((text) => ({
      content: { parts: [{ text }], role: 'user' },
      model,
      taskType: 'RETRIEVAL_QUERY',
      outputDimensionality: DIMENSIONS,
    })),
  });
}

function textsOf({ messages, call }: Exchange): string[] {
  const asked = call.session.turns[call.turn]?.asked ?? 0;
  const text =
    joinText(messages.at(-1)?.blocks ?? [])
      .split('Question: ')
      .at(-1) ?? '';
  const repeated = text.repeat(Math.max(1, Math.ceil((asked * CHARS_PER_TOKEN) / Math.max(1, text.length))));
  return [repeated.slice(0, Math.max(8, Math.min(4000, Math.round(asked * CHARS_PER_TOKEN))))];
}

export function encodeEmbeddingResponse(exchange: Exchange): string {
  const { call, random } = exchange;
  const vector = (): number[] =>
    Array.from({ length: DIMENSIONS }, () => Math.round((random.fraction() - 0.5) * 2e5) / 1e6);
  const texts = textsOf(exchange);
  if (call.provider === 'gemini') {
    return JSON.stringify({ embeddings: texts.map(() => ({ values: vector() })) }, null, 2);
  }
  return JSON.stringify({
    object: 'list',
    data: texts.map((_text, index) => ({ object: 'embedding', index, embedding: vector() })),
    model: call.model,
    usage: { prompt_tokens: call.tokens.input, total_tokens: call.tokens.input },
  });
}
