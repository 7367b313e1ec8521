import { type Message, type Part, type ToolCallPart } from '../conversation.js';
import { type Fields, type JsonNode } from './json-node.js';
import { finishPart, readArguments, readCitations, readContent, readOther, readThought } from './parts.js';

/** A message of Anthropic's or of OpenAI's chat: the two name different things, so that one reader serves both. */
export function readMessage(node: JsonNode, choice: number | null = null): Message {
  const fields = node.fields;
  if (fields === null) return { ...node.place, ...NO_MESSAGE, parts: [readOther(node)], choice };
  const role = fields.takeString('role') ?? '';
  const parts = readMessageParts(node, fields, role);
  return {
    ...node.place,
    role,
    name: fields.takeString('name'),
    parts,
    cacheMark: fields.takeCacheMark() ?? findCacheMark(parts),
    choice,
    rest: fields.rest(),
  };
}

export const NO_MESSAGE = { role: '', name: null, cacheMark: null, choice: null, rest: [] } as const;

/** The last mark on one of the parts. */
export const findCacheMark = (parts: readonly Part[]): string | null =>
  parts.findLast((part) => part.cacheMark !== null)?.cacheMark ?? null;

function readMessageParts(node: JsonNode, fields: Fields, role: string): Part[] {
  fields.dropNulls('reasoning_content', 'reasoning', 'refusal', 'audio', 'tool_calls', 'function_call', 'name');
  const thought = fields.takeNode('string', 'reasoning_content') ?? fields.takeNode('string', 'reasoning');
  const content = readContent(fields.take('content'));
  const result = role === 'tool' || role === 'function' ? readToolMessage(node, fields, content) : null;
  const refusal = fields.takeNode('string', 'refusal');
  const audioNode = fields.peek('audio');
  const audio = fields.takeObject('audio');
  const parts: Part[] = [
    ...(thought ? [readThought(thought)] : []),
    ...(result ? [result] : attachCitations(content, fields)),
    ...(refusal ? [readRefusal(refusal)] : []),
    ...(fields.takeArray('tool_calls')?.items ?? []).map(readToolCall),
  ];
  const old = fields.takeNode('object', 'function_call');
  if (old) parts.push(readToolCall(old));
  if (audioNode && audio) parts.push(readSpokenAudio(audioNode, audio));
  return parts;
}

function readToolMessage(node: JsonNode, fields: Fields, parts: readonly Part[]): Part {
  return {
    ...node.place,
    kind: 'tool-result',
    callId: fields.takeString('tool_call_id'),
    name: fields.peek('name')?.string ?? null,
    isError: null,
    parts,
    type: 'tool',
    isServer: false,
    cacheMark: findCacheMark(parts),
    rest: [],
  };
}

const readRefusal = (node: JsonNode): Part => ({
  ...node.place,
  kind: 'refusal',
  text: node.string ?? '',
  cacheMark: null,
  rest: [],
});

/** OpenAI's calls in a message: functions and custom tools, and the old single `function_call`. */
function readToolCall(node: JsonNode): ToolCallPart | Part {
  const fields = node.fields;
  if (fields === null) return readOther(node);
  const type = fields.takeString('type') ?? 'function';
  const inner = fields.takeObject('function', 'custom') ?? fields;
  return {
    kind: 'tool-call',
    callId: fields.takeString('id'),
    name: inner.takeString('name') ?? '',
    arguments: readArguments(inner.take('arguments', 'input')),
    type,
    isServer: false,
    ...finishPart(node, fields),
  };
}

/** Annotations stand beside the content that they are about. */
function attachCitations(content: Part[], fields: Fields): Part[] {
  const last = content.at(-1);
  if (last?.kind !== 'text' || !fields.has('annotations')) return content;
  const citations = readCitations(fields.takeArray('annotations'));
  return [...content.slice(0, -1), { ...last, citations: [...last.citations, ...citations] }];
}

/** An answer that was spoken, or the mention of an earlier one by its id. */
function readSpokenAudio(node: JsonNode, audio: Fields): Part {
  const data = audio.takeNode('string', 'data');
  const id = audio.takeString('id');
  return {
    ...node.place,
    kind: 'audio',
    mediaType: null,
    title: audio.takeString('transcript'),
    source: data
      ? { type: 'base64', ...data.measureBase64() }
      : id === null
        ? { type: 'unknown' }
        : { type: 'file', id },
    cacheMark: null,
    rest: [],
  };
}
