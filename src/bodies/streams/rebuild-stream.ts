import { type Conversation, type ConversationForm, type Message } from '../conversation.js';
import { type StreamEvent } from '../event-stream.js';
import { type BodyHint } from '../providers/form.js';
import { readConversation } from '../providers/read-conversation.js';
import { AnthropicAccumulator } from './anthropic-stream.js';
import { ChatAccumulator } from './chat-stream.js';
import { CompletionsAccumulator } from './completions-stream.js';
import { asArray, asObject, asString, parseEventData } from './event-data.js';
import { GeminiAccumulator } from './gemini-stream.js';
import { type Accumulator, type JsonObject, type RebuiltStream, type StreamState } from './rebuilt-stream.js';
import { ResponsesAccumulator } from './responses-stream.js';
import { listStreamEvents } from './stream-events.js';

type ErrorState = Extract<StreamState, { kind: 'error' }>;

/** What is known of a stored stream beside its text. */
export interface StreamHint {
  /** As recorded; decides only where the stream is nothing but an error. */
  readonly provider: string | null;
  /** More was sent than is stored: such a stream is never complete. */
  readonly endsEarly: boolean;
}

/**
 * Puts a stored event stream together into the message that the provider's client library would have handed out. Null:
 * no provider's stream. Never throws; reads on behind an event that it can't read, and says so in the state.
 */
export function rebuildStream(text: string, { provider, endsEarly }: StreamHint): RebuiltStream | null {
  const { events, isClosed } = listStreamEvents(text);
  const reader = new EventReader();
  events.forEach((event, index) => reader.read(event, index));
  const { form, accumulator } = reader;
  if (form === null || accumulator === null) {
    if (reader.error === null || !reader.isProviderError) return null;
    const silent =
      provider === 'anthropic' ? 'anthropic-messages' : provider === 'gemini' ? 'gemini-content' : 'openai-chat';
    return { form: silent, state: reader.error, json: null, links: [], sentArguments: new Map() };
  }
  const { message, links, sentArguments, missing, error } = accumulator.finish();
  const isWhole = missing === null && isClosed && !endsEarly && events.at(-1)?.complete === true;
  const reason = missing ?? (endsEarly ? 'more was sent than is stored' : 'it ends inside an event');
  const stopped: StreamState = isWhole ? { kind: 'complete' } : { kind: 'stopped', reason };
  const json = message === null ? null : JSON.stringify(message);
  return { form, state: reader.error ?? error ?? stopped, json, links, sentArguments };
}

/** The conversation of a rebuilt message, its pointers into that message; arguments of calls exactly as they were sent. */
export function readRebuilt({ json, sentArguments }: RebuiltStream, provider: string | null): Conversation | null {
  if (json === null) return null;
  const hint: BodyHint = { side: 'response', provider };
  const conversation = readConversation(json, hint);
  return conversation && { ...conversation, messages: conversation.messages.map((one) => restore(one, sentArguments)) };
}

function restore(message: Message, sent: ReadonlyMap<string, string>): Message {
  const parts = message.parts.map((part) => {
    const written = part.kind === 'tool-call' ? sent.get(part.pointer) : undefined;
    return part.kind === 'tool-call' && written !== undefined ? { ...part, arguments: written } : part;
  });
  return { ...message, parts };
}

/** Takes events in, and knows by the first that tells whose they are. */
class EventReader {
  form: ConversationForm | null = null;
  accumulator: Accumulator | null = null;
  error: ErrorState | null = null;
  isProviderError = false;

  read(event: StreamEvent, index: number): void {
    // As client libraries do: an event that no blank line ends was never sent to its end.
    if (!event.complete || event.data === null || event.data === '') return;
    if (event.data.startsWith('[DONE]')) return this.#end();
    const data = parseEventData(event.data);
    const value = 'value' in data ? asObject(data.value) : null;
    if (event.name === 'error' || (value && (value['type'] === 'error' || value['error']))) {
      return this.#addError(value, event.data, index);
    }
    if (value === null) {
      const message = 'problem' in data ? data.problem : 'no JSON object';
      this.error ??= { kind: 'error', event: index, type: null, message };
      return;
    }
    this.accumulator ??= this.#recognise(value);
    this.accumulator?.add(value, index);
  }

  #end(): void {
    const { accumulator } = this;
    if (accumulator instanceof ChatAccumulator || accumulator instanceof CompletionsAccumulator) accumulator.end();
  }

  #addError(value: JsonObject | null, data: string, index: number): void {
    const error = asObject(value?.['error']) ?? value;
    const code = error?.['code'];
    const type = asString(error?.['type'] === 'error' ? code : (error?.['type'] ?? error?.['status'] ?? code));
    const message = asString(error?.['message']) ?? asString(value?.['error']) ?? data;
    this.error ??= { kind: 'error', event: index, type, message };
    this.isProviderError = true;
  }

  #recognise(value: JsonObject): Accumulator | null {
    const type = asString(value['type']) ?? '';
    const chunk = asObject(value['response']) ?? value;
    if (/^(?:message_|content_block_|ping$)/.test(type))
      return this.#choose('anthropic-messages', new AnthropicAccumulator());
    if (type.startsWith('response.')) return this.#choose('openai-responses', new ResponsesAccumulator());
    if (Array.isArray(value['choices'])) {
      const isText =
        value['object'] === 'text_completion' || asString(asObject(asArray(value['choices'])[0])?.['text']) !== null;
      return isText
        ? this.#choose('openai-completions', new CompletionsAccumulator())
        : this.#choose('openai-chat', new ChatAccumulator());
    }
    const isGemini = ['candidates', 'usageMetadata', 'promptFeedback'].some((name) => chunk[name] !== undefined);
    return isGemini ? this.#choose('gemini-content', new GeminiAccumulator()) : null;
  }

  #choose(form: ConversationForm, accumulator: Accumulator): Accumulator {
    this.form = form;
    return accumulator;
  }
}
