import { type Conversation, type Message, type NumbersPart, type Part } from '../conversation.js';
import { NO_MESSAGE } from './chat.js';
import { type BodyHint, makeConversation } from './form.js';
import { readGeminiParts } from './gemini-parts.js';
import { type Fields, type JsonNode } from './json-node.js';
import { readOpenAiUsage } from './openai-chat.js';
import { readContent } from './parts.js';
import { mapGemini, readError, readUsage } from './usage.js';

/** Bytes of one number in OpenAI's `base64` vectors. */
const FLOAT_BYTES = 4;

/** OpenAI's: texts, or texts as tokens. */
export function readEmbeddingsRequest(root: JsonNode, fields: Fields): Conversation {
  const input = fields.take('input', 'inputs', 'texts');
  const isTokens = input?.kind === 'array' && input.first?.kind === 'number';
  const items = input?.kind === 'array' && !isTokens ? input.items : input ? [input] : [];
  return makeConversation('openai-embeddings', root, fields, {
    model: fields.takeString('model'),
    messages: items.map((node) => wrap(node, 'input', readInput(node))),
  });
}

export function readEmbeddingsResponse(root: JsonNode, fields: Fields, { provider }: BodyHint): Conversation {
  const messages = (fields.takeArray('data')?.items ?? []).map((node) => {
    const item = node.fields;
    const vector = item?.take('embedding') ?? null;
    item?.dropNulls('object');
    const parts = vector ? [readNumbers(vector, 'dimensions')] : [];
    return { ...wrap(node, 'output', parts), choice: item?.take('index')?.number ?? null, rest: item?.rest() ?? [] };
  });
  const model = fields.takeString('model');
  return makeConversation('openai-embeddings', root, fields, {
    side: 'response',
    model,
    id: fields.takeString('id'),
    messages,
    usage: readOpenAiUsage(fields, provider, model),
    error: readError(fields.take('error')),
  });
}

/** Gemini's embedContent and batchEmbedContents. */
export function readGeminiEmbedRequest(root: JsonNode, fields: Fields): Conversation {
  const batch = fields.takeArray('requests')?.items ?? [];
  const messages: Message[] = batch.map((node) => {
    const item = node.fields;
    const content = item?.take('content') ?? null;
    return { ...wrap(node, 'input', content ? readGeminiParts(content) : []), rest: item?.rest() ?? [] };
  });
  const single = fields.take('content');
  if (single) messages.push(wrap(single, 'input', readGeminiParts(single)));
  return makeConversation('gemini-embeddings', root, fields, { model: fields.takeString('model'), messages });
}

export function readGeminiEmbedResponse(root: JsonNode, fields: Fields): Conversation {
  const nodes = [...(fields.takeArray('embeddings')?.items ?? [])];
  const single = fields.takeNode('object', 'embedding');
  if (single) nodes.push(single);
  const messages = nodes.map((node) => {
    const item = node.fields;
    const values = item?.take('values') ?? null;
    return { ...wrap(node, 'output', values ? [readNumbers(values, 'dimensions')] : []), rest: item?.rest() ?? [] };
  });
  return makeConversation('gemini-embeddings', root, fields, {
    side: 'response',
    messages,
    usage: readUsage(fields.takeNode('object', 'usageMetadata'), mapGemini),
    error: readError(fields.take('error')),
  });
}

/** Whether a list of results is one of vectors. */
export function isVectorList(list: JsonNode | null): boolean {
  const first = list?.first?.fields;
  return first?.has('embedding') === true;
}

const wrap = (node: JsonNode, role: string, parts: readonly Part[]): Message => ({
  ...node.place,
  ...NO_MESSAGE,
  role,
  parts,
});

const readInput = (node: JsonNode): Part[] =>
  node.kind === 'array' && node.first?.kind === 'number' ? [readNumbers(node, 'tokens')] : readContent(node);

function readNumbers(node: JsonNode, unit: NumbersPart['unit']): NumbersPart {
  const bytes = node.kind === 'string' ? node.measureBase64().byteLength : null;
  const count = bytes === null ? node.count : Math.floor(bytes / FLOAT_BYTES);
  return { ...node.place, kind: 'numbers', unit, count, cacheMark: null, rest: [] };
}
