import { type MediaPart, type MediaSource, type Part } from '../conversation.js';
import { type Fields, type JsonNode } from './json-node.js';

type MediaKind = MediaPart['kind'];

/** What is known of a medium before its part is made. */
export interface Medium {
  readonly mediaType: string | null;
  readonly source: MediaSource;
}

const DATA_URL = /^data:([^,;]*)((?:;[^,;]*)*),/;
const NOTHING: Medium = { mediaType: null, source: { type: 'unknown' } };

/** By its media type; what is neither picture, sound nor film is a document. */
export function kindOfMedia(mediaType: string | null): MediaKind {
  const top = mediaType?.split('/')[0];
  return top === 'image' || top === 'audio' || top === 'video' ? top : 'document';
}

/** A string of Base64 characters, `skip` characters of what it says before them. */
export function readBase(node: JsonNode, mediaType: string | null, skip = 0): Medium {
  return { mediaType, source: { type: 'base64', ...node.measureBase64(skip) } };
}

/** A string that holds a URL: of `data:` its data, of any other the address. */
export function readUrl(node: JsonNode | null): Medium {
  const url = node?.string ?? null;
  if (node === null || url === null) return NOTHING;
  const data = DATA_URL.exec(url.slice(0, 1000));
  if (data?.[2]?.endsWith(';base64')) return readBase(node, data[1] || null, data[0].length);
  return { mediaType: data?.[1] || null, source: { type: 'url', url } };
}

/** Data without a `data:` prefix, or with one. */
export function readData(node: JsonNode | null, mediaType: string | null): Medium {
  if (node?.kind !== 'string') return { ...NOTHING, mediaType };
  if (!node.json.startsWith('"data:')) return readBase(node, mediaType);
  const medium = readUrl(node);
  return { ...medium, mediaType: medium.mediaType ?? mediaType };
}

/** Anthropic's `source` of pictures and documents. */
export function readSource(source: Fields | null, readParts: (content: JsonNode) => Part[]): Medium {
  if (source === null) return NOTHING;
  const mediaType = source.takeString('media_type');
  switch (source.takeString('type')) {
    case 'base64':
      return readData(source.takeNode('string', 'data'), mediaType);
    case 'url':
      return readUrl(source.takeNode('string', 'url'));
    case 'file':
      return { mediaType, source: nameFile(source.takeString('file_id')) };
    case 'text':
      return { mediaType, source: { type: 'text', text: source.takeString('data') ?? '' } };
    case 'content': {
      const content = source.take('content');
      return { mediaType, source: { type: 'parts', parts: content ? readParts(content) : [] } };
    }
    default:
      return { ...NOTHING, mediaType };
  }
}

/** OpenAI's files: data, an address or an id. */
export function readFile(file: Fields): Medium {
  const data = file.takeNode('string', 'file_data');
  if (data) return readData(data, null);
  const url = file.takeNode('string', 'file_url');
  if (url) return readUrl(url);
  return { mediaType: null, source: nameFile(file.takeString('file_id', 'id')) };
}

const nameFile = (id: string | null): MediaSource => (id === null ? { type: 'unknown' } : { type: 'file', id });
