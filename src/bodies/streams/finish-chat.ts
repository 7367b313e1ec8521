import { asObject, asString, omit } from './event-data.js';
import { type Slot } from './link-log.js';
import { type JsonObject } from './rebuilt-stream.js';

export interface ChatChoice extends Slot {
  readonly index: number;
  /** As the library's snapshot holds it; its message's tool calls stand apart. */
  readonly value: JsonObject;
  readonly message: JsonObject;
  readonly calls: Map<number, ChatCall>;
  lastCall: ChatCall | null;
}

export interface ChatCall extends Slot {
  readonly index: number;
  readonly value: JsonObject;
}

/** Tool calls by their index; gaps between them close. */
export const sortCalls = (choice: ChatChoice): ChatCall[] =>
  [...choice.calls.values()].sort((a, b) => a.index - b.index);

/** The completion out of a snapshot, its keys in the order of openai-node; what is missing stays missing. */
export function finishChat(snapshot: JsonObject, choices: readonly ChatChoice[]): JsonObject {
  const fingerprint = snapshot['system_fingerprint'];
  return {
    ...omit(snapshot, 'id', 'choices', 'created', 'model', 'system_fingerprint'),
    id: snapshot['id'],
    choices: choices.map(finishChoice),
    created: snapshot['created'],
    model: snapshot['model'],
    object: 'chat.completion',
    ...(fingerprint ? { system_fingerprint: fingerprint } : {}),
  };
}

function finishChoice(choice: ChatChoice): JsonObject {
  const { value, message } = choice;
  const calls = sortCalls(choice);
  const rest = omit(value, 'message', 'finish_reason', 'index', 'logprobs');
  const { index, logprobs } = value;
  const audio = asObject(message['audio']);
  // Spoken answers end with their audio, without a reason of their own.
  const finishReason = value['finish_reason'] || (isWholeAudio(audio) ? 'stop' : null);
  const spoken = audio ? { audio } : {};
  const plain = omit(message, 'content', 'function_call', 'tool_calls', 'audio');
  const content = message['content'] ?? null;
  const { role } = message;
  const refusal = message['refusal'] ?? null;
  const call = asObject(message['function_call']);
  if (call) {
    const old = { arguments: call['arguments'], name: call['name'] };
    const answer = { ...spoken, content, function_call: old, role, refusal };
    return { ...rest, message: answer, finish_reason: finishReason, index, logprobs };
  }
  if (calls.length > 0) {
    const answer = { ...plain, ...spoken, role, content, refusal, tool_calls: calls.map(finishCall) };
    return { ...rest, index, finish_reason: finishReason, logprobs, message: answer };
  }
  const answer = { ...plain, ...spoken, content, role, refusal };
  return { ...rest, message: answer, finish_reason: finishReason, index, logprobs };
}

function finishCall({ value }: ChatCall): JsonObject {
  const fn = asObject(value['function']);
  const named = fn && {
    ...omit(fn, 'name', 'arguments'),
    name: fn['name'],
    arguments: asString(fn['arguments']) ?? '',
  };
  const { id, type } = value;
  return { ...omit(value, 'function', 'type', 'id'), id, type, ...(named ? { function: named } : {}) };
}

const isWholeAudio = (audio: JsonObject | null): boolean =>
  audio !== null && ['id', 'data', 'transcript', 'expires_at'].every((key) => audio[key] != null);
