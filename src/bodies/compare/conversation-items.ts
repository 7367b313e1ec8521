import { type Conversation, type Field, type MediaPart, type Message, type Part } from '../conversation.js';
import { type AlignItem } from './pair-items.js';

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
      keyOfParts(message.parts, body),
    ),
    role: message.role,
    text: readParts(message.parts),
    pointer: message.pointer,
  }));
}

/** The parts of a message, or of a system prompt, as they are aligned within it. */
export function listPartItems(parts: readonly Part[], body: string): AlignItem[] {
  return parts.map((part) => ({
    key: keyOfPart(part, body),
    role: part.kind,
    text: readPart(part),
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

/** What is read of parts, in words and signs; bytes are left out. */
export function readParts(parts: readonly Part[]): string {
  return parts.map(readPart).join('\n\n');
}

/** Lengths before the texts: no two lists give one key. */
function keyOf(...fields: readonly (string | number | boolean | null)[]): string {
  return fields.map((field) => (field === null ? '-' : `${String(field).length}:${field}`)).join('');
}

const keyOfFields = (fields: readonly Field[]): string => keyOf(...fields.flatMap(({ name, json }) => [name, json]));

const keyOfParts = (parts: readonly Part[], body: string): string =>
  keyOf(...parts.map((part) => keyOfPart(part, body)));

function keyOfPart(part: Part, body: string): string {
  return keyOf(part.kind, part.isCut, keyOfContent(part, body), keyOfFields(part.rest));
}

function keyOfContent(part: Part, body: string): string {
  switch (part.kind) {
    case 'text':
      return keyOf(part.text, ...part.citations.map(({ json }) => json));
    case 'thinking':
      return keyOf(part.text, part.isHidden, part.data, part.signature);
    case 'refusal':
      return part.text;
    case 'tool-call':
      return keyOf(part.callId, part.name, part.arguments, part.type);
    case 'tool-result':
      return keyOf(part.callId, part.name, part.isError, part.type, keyOfParts(part.parts, body));
    case 'image':
    case 'audio':
    case 'video':
    case 'document':
      return keyOf(part.mediaType, part.title, part.source.type, keyOfSource(part, body));
    case 'source':
      return keyOf(part.title, part.url, keyOfParts(part.parts, body));
    case 'numbers':
      return body.slice(part.start, part.end);
    case 'other':
      return keyOf(part.type, part.json);
  }
}

function keyOfSource({ source, start, end }: MediaPart, body: string): string {
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
      return keyOfParts(source.parts, body);
    case 'unknown':
      return body.slice(start, end);
  }
}

function readPart(part: Part): string {
  switch (part.kind) {
    case 'text':
    case 'thinking':
    case 'refusal':
      return part.text;
    case 'tool-call':
      return `${part.name} ${part.arguments ?? ''}`;
    case 'tool-result':
      return readParts(part.parts);
    case 'image':
    case 'audio':
    case 'video':
    case 'document':
      return [part.mediaType, part.title, readSource(part.source)].filter(Boolean).join('\n');
    case 'source':
      return [part.title, part.url, readParts(part.parts)].filter(Boolean).join('\n');
    case 'numbers':
      return `${part.count ?? ''} ${part.unit}`;
    case 'other':
      return part.json;
  }
}

function readSource(source: MediaPart['source']): string {
  switch (source.type) {
    case 'url':
      return source.url;
    case 'file':
      return source.id;
    case 'text':
      return source.text;
    case 'parts':
      return readParts(source.parts);
    case 'base64':
    case 'unknown':
      return '';
  }
}
