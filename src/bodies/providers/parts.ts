import { type Citation, type MediaPart, type Part, type ThinkingPart, type ToolCallPart } from '../conversation.js';
import { type Fields, type JsonNode } from './json-node.js';
import { kindOfMedia, type Medium, readData, readFile, readSource, readUrl } from './media.js';

/** Results hold parts, and documents do; deeper than this nothing is taken apart. */
const DEEPEST = 6;

/** What a `content` holds in Anthropic's and OpenAI's forms: a string is one text, an array its parts. */
export function readContent(node: JsonNode | null, depth = 0): Part[] {
  if (node === null || node.isNull) return [];
  if (node.kind === 'array') return node.items.map((item) => readPart(item, depth));
  return [readPart(node, depth)];
}

/** One part, by its `type`; what is unknown is kept as it is. */
export function readPart(node: JsonNode, depth = 0): Part {
  if (node.kind === 'string') return readText(node);
  const fields = node.fields;
  if (fields === null || depth > DEEPEST) return readOther(node);
  const type = fields.takeString('type');
  switch (type) {
    case 'text':
    case 'input_text':
    case 'output_text':
    case 'summary_text': {
      const text = fields.takeString('text') ?? '';
      const citations = readCitations(fields.takeArray('citations', 'annotations'));
      return { kind: 'text', text, citations, ...finishPart(node, fields) };
    }
    case 'thinking':
    case 'redacted_thinking':
    case 'reasoning_text':
      return readThinking(node, fields);
    case 'refusal':
      return { kind: 'refusal', text: fields.takeString('refusal', 'text') ?? '', ...finishPart(node, fields) };
    case 'tool_use':
    case 'server_tool_use':
    case 'mcp_tool_use':
      return readToolUse(node, fields, type);
    case 'search_result':
    case 'web_search_result':
      return {
        kind: 'source',
        title: fields.takeString('title'),
        url: fields.takeString('url', 'source'),
        parts: readContent(fields.take('content'), depth + 1),
        ...finishPart(node, fields),
      };
    default:
      return readMedia(node, fields, type, depth) ?? readResult(node, fields, type, depth) ?? readOther(node);
  }
}

/** A string that stands for a text by itself. */
export function readText(node: JsonNode): Part {
  return { kind: 'text', text: node.string ?? '', citations: [], cacheMark: null, rest: [], ...node.place };
}

export function readOther(node: JsonNode, name: string | null = null): Part {
  const fields = node.fields;
  const type = fields?.peek('type')?.string ?? name;
  const cacheMark = fields?.takeCacheMark() ?? null;
  return { kind: 'other', type, json: node.json, cacheMark, rest: [], ...node.place };
}

/** What every part has; read last, since only then it is known what is left over. */
export function finishPart(node: JsonNode, fields: Fields): Pick<Part, 'cacheMark' | 'rest' | keyof JsonNode['place']> {
  return { ...node.place, cacheMark: fields.takeCacheMark(), rest: fields.rest() };
}

/** A field that holds thinking as a string (`reasoning_content`, `reasoning`). */
export function readThought(node: JsonNode): ThinkingPart {
  const text = node.string ?? '';
  return {
    ...node.place,
    kind: 'thinking',
    text,
    isHidden: false,
    data: null,
    signature: null,
    cacheMark: null,
    rest: [],
  };
}

/** Arguments as they were written: of a string, what it says. */
export const readArguments = (node: JsonNode | null): string | null =>
  node === null || node.isNull ? null : (node.string ?? node.json);

export function readCitations(node: JsonNode | null): Citation[] {
  return (node?.items ?? []).map((item) => {
    const fields = item.fields;
    const inner = fields?.takeObject('url_citation', 'file_citation') ?? fields;
    const read = (...names: string[]): string | null => inner?.takeString(...names) ?? null;
    return {
      ...item.place,
      type: fields?.takeString('type') ?? null,
      title: read('title', 'document_title', 'filename'),
      url: read('url', 'uri', 'source', 'file_id'),
      text: read('cited_text', 'quote', 'text'),
      json: item.json,
    };
  });
}

function readThinking(node: JsonNode, fields: Fields): Part {
  // Mistral gives its thinking as a list of texts.
  const list = fields.takeArray('thinking');
  const text = list ? joinTexts(readContent(list)) : fields.takeString('thinking', 'text');
  const data = fields.takeString('data');
  const signature = fields.takeString('signature');
  const place = finishPart(node, fields);
  return { kind: 'thinking', text: text ?? '', isHidden: data !== null, data, signature, ...place };
}

const joinTexts = (parts: readonly Part[]): string =>
  parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');

function readToolUse(node: JsonNode, fields: Fields, type: string): ToolCallPart {
  return {
    kind: 'tool-call',
    callId: fields.takeString('id'),
    name: fields.takeString('name') ?? '',
    arguments: readArguments(fields.take('input')),
    type,
    isServer: type !== 'tool_use',
    ...finishPart(node, fields),
  };
}

function readResult(node: JsonNode, fields: Fields, type: string | null, depth: number): Part | null {
  if (type === null || !type.endsWith('tool_result')) return null;
  const content = fields.take('content');
  const failed = content?.fields?.peek('type')?.string?.endsWith('_error') === true;
  return {
    kind: 'tool-result',
    callId: fields.takeString('tool_use_id'),
    name: null,
    isError: fields.take('is_error')?.boolean ?? (failed ? true : null),
    parts: readContent(content, depth + 1),
    type,
    isServer: type !== 'tool_result',
    ...finishPart(node, fields),
  };
}

function readMedia(node: JsonNode, fields: Fields, type: string | null, depth: number): MediaPart | null {
  const make = ({ mediaType, source }: Medium, kind: MediaPart['kind'], title: string | null = null): MediaPart => ({
    kind,
    mediaType,
    title,
    source,
    ...finishPart(node, fields),
  });
  switch (type) {
    case 'image':
    case 'document': {
      const medium = readSource(fields.takeObject('source'), (content) => readContent(content, depth + 1));
      return make(medium, type, fields.takeString('title'));
    }
    case 'image_url':
    case 'input_image':
    case 'video_url':
    case 'audio_url':
    case 'document_url': {
      const kind = type === 'input_image' ? 'image' : (type.slice(0, -4) as MediaPart['kind']);
      const name = type === 'input_image' ? 'image_url' : type;
      const url = fields.takeObject(name)?.takeNode('string', 'url') ?? fields.takeNode('string', name);
      return make(url ? readUrl(url) : readFile(fields), kind, fields.takeString('document_name'));
    }
    case 'input_audio': {
      const audio = fields.takeObject('input_audio') ?? fields;
      const format = audio.takeString('format');
      return make(readData(audio.take('data'), format === null ? null : `audio/${format}`), 'audio');
    }
    case 'file':
    case 'input_file':
    case 'container_upload': {
      const file = fields.takeObject('file') ?? fields;
      const medium = readFile(file);
      return make(medium, kindOfMedia(medium.mediaType), file.takeString('filename'));
    }
    default:
      return null;
  }
}
