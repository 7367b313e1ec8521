import { isFailure } from '../failures.js';
import type { CallPlan } from '../plan.js';
import { Random } from '../random.js';
import { encodeAnthropicRequest, encodeAnthropicResponse } from './anthropic.js';
import { encodeEmbeddingRequest, encodeEmbeddingResponse } from './embeddings.js';
import { type Exchange, readExchange } from './exchange.js';
import { encodeGeminiRequest, encodeGeminiResponse } from './gemini.js';
import { encodeChatRequest, encodeChatResponse } from './openai-chat.js';
import { encodeResponsesRequest, encodeResponsesResponse } from './openai-responses.js';
import { encodeRefusal } from './refusals.js';

/** The daemon's `max_body_bytes`: longer bodies end there, in the middle of whatever stands there. */
export const MAX_BODY_BYTES = 524_288;

/** Characters of a secret that its mark stands for. */
const SECRET_LENGTHS: Readonly<Record<string, number>> = {
  anthropic_key: 108,
  jwt: 312,
  openai_key: 164,
  stripe_secret: 107,
};

const CAPTURE_ERRORS = [
  'binary_body_skipped',
  'request_decode_failed',
  'response_decode_failed',
  'redaction_failed',
] as const;

/** One side of a captured call. `bytes` is its size on the wire, before redaction and cutting. */
interface Side {
  readonly text: string | null;
  readonly bytes: number;
  readonly contentType: string;
  readonly truncated: boolean;
}

/** A row of `request_bodies`, without the call's id and the time. */
export interface CapturedBody {
  readonly request: Side;
  readonly response: Side;
  readonly streamingIncomplete: boolean;
  readonly redactions: Readonly<Record<string, number>> | null;
  readonly captureError: string | null;
}

/** What the daemon would keep of a call; null where it keeps nothing: a blocked call never left the machine. */
export function captureBody(call: CallPlan): CapturedBody | null {
  if (call.outcome === 'blocked') return null;
  const chance = new Random(call.session.seed, call.turn, call.requestedAtMs, 3);
  const exchange = readExchange(call);
  const counts = new Map<string, number>();
  let request = keep(encodeRequest(exchange), 'application/json', counts);
  const answered = encodeResponse(exchange);
  let response = keep(answered.text, answered.contentType, counts);
  const hasPicture = call.session.profile.scenario === 'catalog';
  let captureError: string | null = null;
  if (chance.chance(hasPicture ? 0.06 : 0.009)) {
    captureError = hasPicture ? CAPTURE_ERRORS[0] : chance.pick(CAPTURE_ERRORS);
    const drop = (side: Side): Side => ({ ...side, text: null, truncated: false });
    if (captureError !== 'response_decode_failed') request = drop(request);
    if (captureError === 'response_decode_failed' || captureError === 'redaction_failed') response = drop(response);
    if (captureError === 'binary_body_skipped') request = { ...request, contentType: 'multipart/form-data' };
  }
  return {
    request,
    response,
    streamingIncomplete: call.outcome === 'cut',
    redactions: counts.size > 0 && captureError === null ? Object.fromEntries([...counts].sort()) : null,
    captureError,
  };
}

function encodeRequest(exchange: Exchange): string {
  switch (exchange.call.endpoint) {
    case 'messages':
      return encodeAnthropicRequest(exchange);
    case 'responses':
      return encodeResponsesRequest(exchange);
    case 'generate':
      return encodeGeminiRequest(exchange);
    case 'embeddings':
      return encodeEmbeddingRequest(exchange);
    case 'chat':
      return encodeChatRequest(exchange);
  }
}

function encodeResponse(exchange: Exchange): { text: string; contentType: string } {
  const { endpoint, outcome, streamed } = exchange.call;
  if (isFailure(outcome)) return encodeRefusal(exchange, outcome);
  const events = streamed && (endpoint !== 'generate' || outcome === 'silent');
  const contentType = events ? 'text/event-stream; charset=utf-8' : 'application/json';
  switch (endpoint) {
    case 'messages':
      return { text: encodeAnthropicResponse(exchange), contentType };
    case 'responses':
      return { text: encodeResponsesResponse(exchange), contentType };
    case 'generate':
      return {
        text: encodeGeminiResponse(exchange),
        contentType: events ? contentType : 'application/json; charset=UTF-8',
      };
    case 'embeddings':
      return { text: encodeEmbeddingResponse(exchange), contentType };
    case 'chat':
      return { text: encodeChatResponse(exchange), contentType };
  }
}

function keep(text: string, contentType: string, counts: Map<string, number>): Side {
  let bytes = Buffer.byteLength(text);
  if (text.includes('[REDACTED:')) {
    for (const [mark, category = ''] of text.matchAll(/\[REDACTED:(\w+)\]/g)) {
      bytes += (SECRET_LENGTHS[category] ?? 40) - mark.length;
      counts.set(category, (counts.get(category) ?? 0) + 1);
      // The daemon's pattern for OpenAI's keys finds Anthropic's too.
      if (category === 'anthropic_key') counts.set('openai_key', (counts.get('openai_key') ?? 0) + 1);
    }
  }
  const truncated = Buffer.byteLength(text) > MAX_BODY_BYTES;
  return { text: truncated ? cut(text) : text, bytes, contentType, truncated };
}

/** The first 524,288 bytes; a character that would be split goes too. */
function cut(text: string): string {
  const bytes = Buffer.from(text).subarray(0, MAX_BODY_BYTES);
  return bytes.toString('utf8').replace(/\uFFFD+$/, '');
}
