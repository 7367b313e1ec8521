import { type Conversation, type Stop } from '../conversation.js';
import { findCacheMark, readMessage } from './chat.js';
import { makeConversation } from './form.js';
import { type Fields, type JsonNode } from './json-node.js';
import { readContent } from './parts.js';
import { readTools } from './tools.js';
import { mapAnthropic, readError, readUsage } from './usage.js';

const FORM = 'anthropic-messages';

/** A request to Anthropic's messages, also to count_tokens. */
export function readAnthropicRequest(root: JsonNode, fields: Fields): Conversation {
  return makeConversation(FORM, root, fields, {
    model: fields.takeString('model'),
    system: readContent(fields.take('system')),
    tools: readTools(fields.takeArray('tools')),
    messages: (fields.takeArray('messages')?.items ?? []).map((item) => readMessage(item)),
  });
}

/** An answer: a message, an error, or a count of tokens. */
export function readAnthropicResponse(root: JsonNode, fields: Fields): Conversation {
  const type = fields.takeString('type');
  const error = readError(fields.takeNode('object', 'error'));
  const content = fields.takeArray('content');
  const parts = readContent(content);
  const role = fields.takeString('role') ?? 'assistant';
  const isMessage = content !== null || type === 'message';
  const message = { ...root.place, role, name: null, parts, cacheMark: findCacheMark(parts), choice: null, rest: [] };
  const usage = fields.takeNode('object', 'usage');
  const isCount = usage === null && !isMessage && fields.takeNode('number', 'input_tokens') !== null;
  return makeConversation(FORM, root, fields, {
    side: 'response',
    model: fields.takeString('model'),
    id: fields.takeString('id'),
    messages: isMessage ? [message] : [],
    stops: readStops(fields),
    // count_tokens answers with the count alone.
    usage: readUsage(isCount ? root : usage, mapAnthropic),
    error,
  });
}

function readStops(fields: Fields): Stop[] {
  fields.dropNulls('stop_reason', 'stop_sequence', 'stop_details');
  const node = fields.takeNode('string', 'stop_reason');
  if (node === null) return [];
  const detail = fields.takeString('stop_sequence') ?? fields.takeNode('object', 'stop_details')?.json ?? null;
  return [{ reason: node.string ?? '', detail, choice: null, pointer: node.pointer }];
}
