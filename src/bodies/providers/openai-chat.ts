import { type Conversation, type Message, type Stop, type Usage } from '../conversation.js';
import { NO_MESSAGE, readMessage } from './chat.js';
import { type BodyHint, makeConversation } from './form.js';
import { type Fields, type JsonNode } from './json-node.js';
import { readContent } from './parts.js';
import { readTools } from './tools.js';
import { mapOpenAi, readError, readUsage } from './usage.js';

/** A request to OpenAI's chat completions, or to one of the many that speak its form. */
export function readChatRequest(root: JsonNode, fields: Fields): Conversation {
  const tools = [...readTools(fields.takeArray('tools')), ...readTools(fields.takeArray('functions'))];
  return makeConversation('openai-chat', root, fields, {
    model: fields.takeString('model'),
    tools,
    messages: (fields.takeArray('messages')?.items ?? []).map((item) => readMessage(item)),
  });
}

/** A request to the old completions: each prompt a message. */
export function readCompletionsRequest(root: JsonNode, fields: Fields): Conversation {
  const prompt = fields.take('prompt');
  const prompts = prompt?.kind === 'array' ? prompt.items : prompt ? [prompt] : [];
  const messages = prompts.map((node) => ({ ...node.place, ...NO_MESSAGE, role: 'input', parts: readContent(node) }));
  return makeConversation('openai-completions', root, fields, { model: fields.takeString('model'), messages });
}

/** An answer of chat completions or of the old completions, whole or as one chunk of a stream. */
export function readChoices(root: JsonNode, fields: Fields, { provider }: BodyHint): Conversation {
  const stops: Stop[] = [];
  let isText = fields.peek('object')?.string === 'text_completion';
  const messages = (fields.takeArray('choices')?.items ?? []).map((node) => {
    const choice = node.fields;
    if (choice?.has('text')) isText = true;
    return readChoice(node, choice, stops);
  });
  const model = fields.takeString('model');
  return makeConversation(isText ? 'openai-completions' : 'openai-chat', root, fields, {
    side: 'response',
    model,
    id: fields.takeString('id'),
    messages,
    stops,
    usage: readOpenAiUsage(fields, provider, model),
    error: readError(fields.take('error')),
  });
}

/** `usage`, which groq also puts into `x_groq`. */
export function readOpenAiUsage(fields: Fields, provider: string | null, model: string | null): Usage | null {
  fields.dropNulls('usage', 'error');
  const node = fields.takeNode('object', 'usage') ?? fields.takeObject('x_groq')?.takeNode('object', 'usage') ?? null;
  const isXai = provider === 'xai' || (provider === null && model !== null && model.startsWith('grok'));
  return readUsage(node, (find) => mapOpenAi(find, isXai));
}

function readChoice(node: JsonNode, fields: Fields | null, stops: Stop[]): Message {
  const choice = fields?.take('index')?.number ?? null;
  const stop = fields?.takeNode('string', 'finish_reason');
  fields?.dropNulls('finish_reason', 'logprobs');
  if (stop) stops.push({ reason: stop.string ?? '', detail: null, choice, pointer: stop.pointer });
  const inner = fields?.takeNode('object', 'message', 'delta') ?? null;
  if (inner) {
    const message = readMessage(inner, choice);
    return { ...message, role: message.role || 'assistant', rest: [...message.rest, ...(fields?.rest() ?? [])] };
  }
  const text = fields?.take('text') ?? null;
  return {
    ...node.place,
    ...NO_MESSAGE,
    role: 'output',
    parts: fields ? readContent(text) : readContent(node),
    choice,
    rest: fields?.rest() ?? [],
  };
}
