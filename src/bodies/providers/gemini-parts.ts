import { type Part } from '../conversation.js';
import { type Fields, type JsonNode } from './json-node.js';
import { kindOfMedia, readData } from './media.js';
import { finishPart, readOther, readText } from './parts.js';

/** Parts of a Gemini content: of an object its `parts`, of a string the one text. */
export function readGeminiParts(content: JsonNode): Part[] {
  if (content.kind === 'string') return [readText(content)];
  const parts = content.fields?.peek('parts') ?? (content.kind === 'array' ? content : null);
  if (parts === null) return content.isNull ? [] : [readOther(content)];
  return parts.kind === 'array' ? parts.items.map(readGeminiPart) : [readGeminiPart(parts)];
}

/** One part, by which of its fields is there. */
function readGeminiPart(node: JsonNode): Part {
  if (node.kind === 'string') return readText(node);
  const fields = node.fields;
  if (fields === null) return readOther(node);
  const isThought = fields.peek('thought')?.boolean === true;
  if (fields.peek('text')?.kind === 'string') return readGeminiText(node, fields, isThought);
  const call = fields.takeObject('functionCall', 'function_call');
  if (call) return readCall(node, fields, call);
  const result = fields.takeObject('functionResponse', 'function_response');
  if (result) return readResponse(node, fields, result);
  const media = readGeminiMedia(node, fields);
  if (media) return media;
  return readExecution(node, fields) ?? readOther(node, fields.entries[0]?.[0] ?? null);
}

function readGeminiText(node: JsonNode, fields: Fields, isThought: boolean): Part {
  const text = fields.takeString('text') ?? '';
  if (!isThought) return { kind: 'text', text, citations: [], ...finishPart(node, fields) };
  fields.take('thought');
  const signature = fields.takeString('thoughtSignature', 'thought_signature');
  return { kind: 'thinking', text, isHidden: false, data: null, signature, ...finishPart(node, fields) };
}

function readCall(node: JsonNode, fields: Fields, call: Fields): Part {
  return {
    kind: 'tool-call',
    callId: call.takeString('id'),
    name: call.takeString('name') ?? '',
    arguments: call.take('args')?.json ?? null,
    type: 'functionCall',
    isServer: false,
    ...finishPart(node, fields),
  };
}

function readResponse(node: JsonNode, fields: Fields, result: Fields): Part {
  const response = result.take('response');
  const media = result.takeArray('parts')?.items.map(readGeminiPart) ?? [];
  const outcome = response?.fields?.entries ?? [];
  const [[name, value] = [null, null]] = outcome;
  // `{"result": "…"}` is how the client libraries wrap a bare string.
  const isWrapped = outcome.length === 1 && value?.kind === 'string' && /^(?:result|output|content|error)$/.test(name!);
  const parts = response ? [isWrapped ? readText(value) : readOther(response, 'response')] : [];
  return {
    kind: 'tool-result',
    callId: result.takeString('id'),
    name: result.takeString('name'),
    isError: isWrapped && name === 'error' ? true : null,
    parts: [...parts, ...media],
    type: 'functionResponse',
    isServer: false,
    ...finishPart(node, fields),
  };
}

function readGeminiMedia(node: JsonNode, fields: Fields): Part | null {
  const inline = fields.takeObject('inlineData', 'inline_data');
  if (inline) {
    const medium = readData(inline.takeNode('string', 'data'), inline.takeString('mimeType', 'mime_type'));
    const title = inline.takeString('displayName', 'display_name');
    return { kind: kindOfMedia(medium.mediaType), title, ...medium, ...finishPart(node, fields) };
  }
  const file = fields.takeObject('fileData', 'file_data');
  if (file === null) return null;
  const mediaType = file.takeString('mimeType', 'mime_type');
  const title = file.takeString('displayName', 'display_name');
  const url = file.takeString('fileUri', 'file_uri');
  const source = url === null ? ({ type: 'unknown' } as const) : ({ type: 'url', url } as const);
  return { kind: kindOfMedia(mediaType), mediaType, title, source, ...finishPart(node, fields) };
}

/** Code that the model wrote and the provider ran, and how that went. */
function readExecution(node: JsonNode, fields: Fields): Part | null {
  const server = { callId: null, isServer: true } as const;
  const code = fields.peek('executableCode') ?? fields.peek('executable_code');
  if (fields.take('executableCode', 'executable_code') && code) {
    const type = 'executableCode';
    return {
      kind: 'tool-call',
      ...server,
      name: 'code_execution',
      arguments: code.json,
      type,
      ...finishPart(node, fields),
    };
  }
  const result = fields.take('codeExecutionResult', 'code_execution_result');
  if (result === null) return null;
  const outcome = result.fields?.peek('outcome')?.string ?? null;
  return {
    kind: 'tool-result',
    ...server,
    name: 'code_execution',
    isError: outcome === null ? null : outcome !== 'OUTCOME_OK',
    parts: [readOther(result, 'codeExecutionResult')],
    type: 'codeExecutionResult',
    ...finishPart(node, fields),
  };
}
