import { type Conversation, type Field, type MediaPart, type Message, type Part } from '../conversation.js';
import { readParts } from './message-differences.js';
import { type AlignItem } from './pair-items.js';

/** Parts in parts below it count by how they are written. */
const DEEPEST = 16;

/** Messages as they are aligned: role, parts and all that hangs on them count, the marks of the prompt cache don't. */
export function listMessageItems(messages: readonly Message[], body: string): AlignItem[] {
  return messages.map((message) => ({
    // What ends in the middle isn't known to equal what looks the same.
    key: keyOf(
      message.role,
      message.name,
      message.choice,
      message.isCut,
      keyOfFields(message.rest),
      keyOfParts(message.parts, body, 0),
    ),
    role: message.role,
    text: readParts(message.parts),
    pointer: message.pointer,
  }));
}

/** The parts of a message, or of a system prompt, as they are aligned within it. */
export function listPartItems(parts: readonly Part[], body: string): AlignItem[] {
  return parts.map((part) => ({
    key: keyOfPart(part, body, 0),
    role: part.kind,
    text: readParts([part]),
    pointer: part.pointer,
  }));
}

/** Tool definitions, by all they say but the cache's marks; white space in schemas counts. */
export function listToolItems(tools: Conversation['tools'], body: string): AlignItem[] {
  return tools.map(({ name, description, schema, type, rest, pointer, start, end }) => ({
    key: keyOf(name, description, type, schema?.json ?? null, keyOfFields(rest)),
    role: type,
    text: body.slice(start, end),
    pointer,
  }));
}

/** Lengths before the texts: no two lists give one key. */
function keyOf(...fields: readonly (string | number | boolean | null)[]): string {
  return fields.map((field) => (field === null ? '-' : `${String(field).length}:${field}`)).join('');
}

function keyOfFields(fields: readonly Field[]): string {
  let key = '';
  for (const { name, json } of fields) key += keyOf(name, json);
  return key;
}

function keyOfParts(parts: readonly Part[], body: string, depth: number): string {
  let key = `${parts.length}`;
  for (const part of parts) key += keyOf(keyOfPart(part, body, depth));
  return key;
}

function keyOfPart(part: Part, body: string, depth: number): string {
  if (depth > DEEPEST) return body.slice(part.start, part.end);
  return keyOf(part.kind, part.isCut, keyOfContent(part, body, depth), keyOfFields(part.rest));
}

function keyOfContent(part: Part, body: string, depth: number): string {
  switch (part.kind) {
    case 'text':
      return part.citations.reduce((key, { json }) => key + keyOf(json), keyOf(part.text));
    case 'thinking':
      return keyOf(part.text, part.isHidden, part.data, part.signature);
    case 'refusal':
      return part.text;
    case 'tool-call':
      return keyOf(part.callId, part.name, part.arguments, part.type);
    case 'tool-result':
      return keyOf(part.callId, part.name, part.isError, part.type, keyOfParts(part.parts, body, depth + 1));
    case 'image':
    case 'audio':
    case 'video':
    case 'document':
      return keyOf(part.mediaType, part.title, part.source.type, keyOfSource(part, body, depth));
    case 'source':
      return keyOf(part.title, part.url, keyOfParts(part.parts, body, depth + 1));
    case 'numbers':
      return body.slice(part.start, part.end);
    case 'other':
      return keyOf(part.type, part.json);
  }
}

function keyOfSource({ source, start, end }: MediaPart, body: string, depth: number): string {
  switch (source.type) {
    case 'base64':
      return body.slice(source.start, source.end);
    case 'url':
      return source.url;
    case 'file':
      return source.id;
    case 'text':
      return source.text;
    case 'parts':
      return keyOfParts(source.parts, body, depth + 1);
    case 'unknown':
      return body.slice(start, end);
  }
}
