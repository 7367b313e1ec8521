import { type Conversation } from '../conversation.js';
import { type BodyHint, makeConversation } from './form.js';
import { type Fields, type JsonNode } from './json-node.js';
import { readOpenAiUsage } from './openai-chat.js';
import { readContent } from './parts.js';
import { readItem } from './response-items.js';
import { readTools } from './tools.js';
import { readError } from './usage.js';

const FORM = 'openai-responses';
/** Groups of settings whose members are compared one by one. */
const GROUPS = ['reasoning', 'text'];

/** A request to OpenAI's responses. */
export function readResponsesRequest(root: JsonNode, fields: Fields): Conversation {
  const input = fields.take('input');
  fields.dropNulls('instructions');
  const system = readContent(fields.take('instructions'));
  for (const group of GROUPS) fields.takeObject(group);
  return makeConversation(FORM, root, fields, {
    model: fields.takeString('model'),
    system,
    tools: readTools(fields.takeArray('tools')),
    messages: (input?.kind === 'array' ? input.items : input ? [input] : []).map(readItem),
  });
}

/** An answer; what it repeats of the request stays among its parameters. */
export function readResponsesResponse(root: JsonNode, fields: Fields, { provider }: BodyHint): Conversation {
  const status = fields.takeNode('string', 'status');
  fields.dropNulls('incomplete_details', 'error', 'usage');
  const detail = fields.takeObject('incomplete_details')?.takeString('reason') ?? null;
  const stop = status && { reason: status.string ?? '', detail, choice: null, pointer: status.pointer };
  const model = fields.takeString('model');
  return makeConversation(FORM, root, fields, {
    side: 'response',
    model,
    id: fields.takeString('id'),
    messages: (fields.takeArray('output')?.items ?? []).map(readItem),
    stops: stop ? [stop] : [],
    usage: readOpenAiUsage(fields, provider, model),
    error: readError(fields.takeNode('object', 'error')),
  });
}
