import { type Conversation } from '../conversation.js';
import { readAnthropicRequest, readAnthropicResponse } from './anthropic.js';
import {
  isVectorList,
  readEmbeddingsRequest,
  readEmbeddingsResponse,
  readGeminiEmbedRequest,
  readGeminiEmbedResponse,
} from './embeddings.js';
import { type BodyHint } from './form.js';
import { readGeminiRequest, readGeminiResponse } from './gemini.js';
import { isAnthropic } from './is-anthropic.js';
import { type Fields, type JsonNode, readRoot } from './json-node.js';
import { readChatRequest, readChoices, readCompletionsRequest } from './openai-chat.js';
import { readResponsesRequest, readResponsesResponse } from './openai-responses.js';

const EMBEDDING_MODEL = /embed|(?:^|[/-])(?:bge|gte|e5|voyage)-/i;
/** Models whose `input` or `prompt` is no conversation. */
const OTHER_MODEL = /moderation|dall-e|gpt-image|imagen|tts|whisper|sora|-rerank/i;

/**
 * What a body of JSON says, in whatever provider's form, up to where it was cut. Null: no form that is known, or no JSON;
 * then the tree shows what there is. Never throws.
 */
export function readConversation(text: string, hint: BodyHint): Conversation | null {
  const root = readRoot(text);
  // Gemini wraps an error that ends a streamed array into an array.
  const inner = root?.kind === 'array' ? root.first : root;
  const fields = inner?.fields;
  if (!inner || !fields) return null;
  if (root?.kind === 'array') return fields.has('error') ? readResponse(inner, fields, hint) : null;
  return hint.side === 'request' ? readRequest(inner, fields, hint) : readResponse(inner, fields, hint);
}

function readRequest(root: JsonNode, fields: Fields, hint: BodyHint): Conversation | null {
  if (fields.has('contents')) return readGeminiRequest(root, fields);
  if (fields.has('messages')) {
    return isAnthropic(fields, hint.provider) ? readAnthropicRequest(root, fields) : readChatRequest(root, fields);
  }
  const wrapped = fields.peek('request')?.fields ?? fields.peek('generateContentRequest')?.fields;
  if (wrapped?.has('contents')) return unwrap(fields, wrapped, (inner) => readGeminiRequest(root, inner));
  if (fields.peek('requests')?.first?.fields?.has('content') || fields.peek('content')?.fields?.has('parts')) {
    return readGeminiEmbedRequest(root, fields);
  }
  const model = fields.peek('model')?.string ?? '';
  if (OTHER_MODEL.test(model)) return null;
  if (fields.has('input') || fields.has('inputs') || fields.has('texts')) {
    const isEmbedding = EMBEDDING_MODEL.test(model) || !fields.has('input') || isListOfTexts(fields.peek('input')!);
    return isEmbedding ? readEmbeddingsRequest(root, fields) : readResponsesRequest(root, fields);
  }
  if (fields.has('instructions') || fields.has('previous_response_id')) return readResponsesRequest(root, fields);
  return fields.has('prompt') && model !== '' && fields.peek('prompt')?.kind !== 'object'
    ? readCompletionsRequest(root, fields)
    : null;
}

function readResponse(root: JsonNode, fields: Fields, hint: BodyHint): Conversation | null {
  const object = fields.peek('object')?.string;
  const type = fields.peek('type')?.string;
  if (object === 'response' || fields.peek('output')?.kind === 'array')
    return readResponsesResponse(root, fields, hint);
  if (fields.has('choices') || object === 'chat.completion') return readChoices(root, fields, hint);
  if (type === 'message' || (type === 'error' && fields.has('error')) || fields.peek('content')?.kind === 'array') {
    return readAnthropicResponse(root, fields);
  }
  if (isGeminiResponse(fields)) return readGeminiResponse(root, fields);
  const wrapped = fields.peek('response')?.fields;
  if (wrapped && isGeminiResponse(wrapped)) return unwrap(fields, wrapped, (inner) => readGeminiResponse(root, inner));
  if (isVectorList(fields.peek('data'))) return readEmbeddingsResponse(root, fields, hint);
  if (fields.has('embeddings') || fields.has('embedding')) return readGeminiEmbedResponse(root, fields);
  if (fields.has('error')) return readErrorAlone(root, fields, hint);
  return fields.peek('input_tokens')?.kind === 'number' ? readAnthropicResponse(root, fields) : null;
}

const isGeminiResponse = (fields: Fields): boolean =>
  ['candidates', 'usageMetadata', 'promptFeedback', 'totalTokens'].some((name) => fields.has(name));

/** All that a failed call answers with; whose it is decides only the name of the form. */
function readErrorAlone(root: JsonNode, fields: Fields, hint: BodyHint): Conversation {
  const error = fields.peek('error')?.fields;
  if (hint.provider === 'anthropic') return readAnthropicResponse(root, fields);
  if (hint.provider === 'gemini' || error?.has('status') || error?.has('details')) {
    return readGeminiResponse(root, fields);
  }
  return readChoices(root, fields, hint);
}

/** Texts or tokens by themselves are what is embedded; a conversation's items are objects. */
const isListOfTexts = (input: JsonNode): boolean => {
  const { first } = input;
  return first !== null && first.kind !== 'object';
};

/** Some clients wrap the body once more; what stands around it is kept among the parameters. */
function unwrap(outer: Fields, inner: Fields, read: (fields: Fields) => Conversation): Conversation {
  outer.take('request', 'generateContentRequest', 'response');
  const conversation = read(inner);
  const model = conversation.model ?? outer.takeString('model');
  return { ...conversation, model, parameters: [...outer.rest(), ...conversation.parameters] };
}
