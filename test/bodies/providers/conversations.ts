import assert from 'node:assert/strict';
import { type Conversation, type Part } from '../../../src/bodies/conversation.js';
import { readConversation } from '../../../src/bodies/providers/read-conversation.js';

/** Reads a body that must be known. */
export function read(body: unknown, side: 'request' | 'response', provider: string | null = null): Conversation {
  const conversation = readConversation(typeof body === 'string' ? body : JSON.stringify(body), { side, provider });
  assert.ok(conversation);
  return conversation;
}

/** What a part says, without where it stands. */
export function brief(part: Part): unknown[] {
  switch (part.kind) {
    case 'text':
    case 'thinking':
    case 'refusal':
      return [part.kind, part.text];
    case 'tool-call':
      return [part.kind, part.callId, part.name, part.arguments];
    case 'tool-result':
      return [part.kind, part.callId, part.isError, part.parts.map(brief)];
    case 'source':
      return [part.kind, part.title, part.url, part.parts.map(brief)];
    case 'numbers':
      return [part.kind, part.unit, part.count];
    case 'other':
      return [part.kind, part.type, part.json];
    default: {
      const { source } = part;
      const what =
        'url' in source ? source.url : 'id' in source ? source.id : 'byteLength' in source ? source.byteLength : null;
      return [part.kind, part.mediaType, source.type, what];
    }
  }
}

/** Each message as its role and what its parts say. */
export const outline = ({ messages }: Conversation): unknown[] =>
  messages.map(({ role, parts }) => [role, ...parts.map(brief)]);

/** All parts, also those within others. */
export function listParts({ system, messages }: Conversation): Part[] {
  const parts: Part[] = [];
  const queue = [...system, ...messages.flatMap((message) => message.parts)];
  for (const part of queue) {
    parts.push(part);
    if ('parts' in part) queue.push(...part.parts);
    if ('source' in part && part.source.type === 'parts') queue.push(...part.source.parts);
  }
  return parts;
}

/** What a JSON Pointer leads to. */
export const follow = (root: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((inner: unknown, name) => (inner as Record<string, unknown> | undefined)?.[name], root);
