import { type Message, type Part, type ThinkingPart } from '../conversation.js';
import { findCacheMark, NO_MESSAGE, readMessage } from './chat.js';
import { type Fields, type JsonNode } from './json-node.js';
import { readBase, readUrl } from './media.js';
import { finishPart, readArguments, readContent, readOther, readText } from './parts.js';

/** Calls that the client answers; all others the provider runs itself. */
const CLIENT_CALLS = new Set([
  'function_call',
  'custom_tool_call',
  'computer_call',
  'local_shell_call',
  'shell_call',
  'apply_patch_call',
]);
const ARGUMENTS = ['arguments', 'input', 'action', 'actions', 'code', 'queries', 'operation'];
const RESULTS = ['outputs', 'results', 'result', 'output', 'error'];

/** One item of a request's `input` or of a response's `output`, as a message of its own. */
export function readItem(node: JsonNode): Message {
  const fields = node.fields;
  const type = fields?.peek('type')?.string ?? null;
  if (fields === null) return wrap(node, 'user', [node.kind === 'string' ? readText(node) : readOther(node)]);
  if (type === null || type === 'message') {
    fields.take('type');
    return fields.has('role') || fields.has('content') ? readItemMessage(node) : wrap(node, '', [readOther(node)]);
  }
  if (type === 'reasoning') return wrap(node, 'assistant', readReasoning(node, fields));
  if (type.endsWith('_call_output')) return wrap(node, 'tool', [readOutput(node, fields, type)]);
  if (type.endsWith('_call')) return wrap(node, 'assistant', readCall(node, fields, type));
  return wrap(node, '', [readOther(node)]);
}

function readItemMessage(node: JsonNode): Message {
  const message = readMessage(node);
  return { ...message, rest: message.rest.filter(({ name }) => name !== 'type') };
}

const wrap = (node: JsonNode, role: string, parts: readonly Part[]): Message => ({
  ...node.place,
  ...NO_MESSAGE,
  role,
  parts,
  cacheMark: findCacheMark(parts),
});

/** Summary and content, each of its pieces a part; encrypted content one more. */
function readReasoning(node: JsonNode, fields: Fields): Part[] {
  fields.take('type');
  const pieces = [fields.takeArray('summary'), fields.takeArray('content')].flatMap((list) => list?.items ?? []);
  const thoughts = pieces.map((piece): Part => {
    const inner = piece.fields;
    const text = inner?.takeString('text');
    if (inner === null || typeof text !== 'string') return readOther(piece);
    inner.take('type');
    return { ...NO_THOUGHT, text, ...finishPart(piece, inner) };
  });
  fields.dropNulls('encrypted_content', 'status', 'content');
  const data = fields.takeNode('string', 'encrypted_content');
  if (data !== null || thoughts.length === 0) {
    const hidden: Part = {
      ...NO_THOUGHT,
      isHidden: data !== null,
      data: data?.string ?? null,
      ...finishPart(node, fields),
    };
    return [...thoughts, data ? { ...hidden, ...data.place } : hidden];
  }
  return thoughts.map((thought, index) =>
    index === 0 ? { ...thought, rest: [...thought.rest, ...fields.rest()] } : thought,
  );
}

const NO_THOUGHT: Pick<ThinkingPart, 'kind' | 'text' | 'isHidden' | 'data' | 'signature'> = {
  kind: 'thinking',
  text: '',
  isHidden: false,
  data: null,
  signature: null,
};

/** A call, and where the provider ran it also what came of it. */
function readCall(node: JsonNode, fields: Fields, type: string): Part[] {
  fields.take('type');
  const isServer = !CLIENT_CALLS.has(type);
  const callId = fields.takeString('call_id') ?? fields.peek('id')?.string ?? null;
  const name = fields.takeString('name') ?? type.slice(0, -'_call'.length);
  fields.dropNulls(...ARGUMENTS, ...RESULTS);
  const sent = fields.take(...ARGUMENTS);
  const results = RESULTS.map((field) => [field, fields.take(field)] as const);
  const parts = results.flatMap(([field, value]) => (value ? readResults(value, type, field) : []));
  const isError = results.some(([field, value]) => field === 'error' && value !== null) ? true : null;
  const call: Part = {
    kind: 'tool-call',
    callId,
    name,
    arguments: readArguments(sent),
    type,
    isServer,
    ...finishPart(node, fields),
  };
  if (parts.length === 0) return [call];
  const place = { ...node.place, cacheMark: null, rest: [] };
  return [call, { kind: 'tool-result', callId, name, isError, parts, type, isServer, ...place }];
}

function readResults(value: JsonNode, type: string, field: string): Part[] {
  if (type === 'image_generation_call' && field === 'result' && value.kind === 'string') {
    const place = { ...value.place, cacheMark: null, rest: [] };
    return [{ kind: 'image', title: null, ...readBase(value, null), ...place }];
  }
  return readContent(value);
}

function readOutput(node: JsonNode, fields: Fields, type: string): Part {
  fields.take('type');
  const output = fields.take('output');
  return {
    kind: 'tool-result',
    callId: fields.takeString('call_id'),
    name: null,
    isError: null,
    parts: output ? readOutputParts(output) : [],
    type,
    isServer: false,
    ...finishPart(node, fields),
  };
}

function readOutputParts(output: JsonNode): Part[] {
  const fields = output.fields;
  const shot = fields?.peek('type')?.string === 'computer_screenshot' ? fields.takeNode('string', 'image_url') : null;
  if (fields === null || shot === null) return readContent(output);
  fields.take('type');
  return [{ kind: 'image', title: null, ...readUrl(shot), ...finishPart(output, fields) }];
}
