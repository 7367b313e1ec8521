import { asArray, asIndex, asObject, asString, copyFields, omit, setField } from './event-data.js';
import { type ChatCall, type ChatChoice, finishChat, sortCalls } from './finish-chat.js';
import { LinkLog } from './link-log.js';
import { type Accumulated, type Accumulator, type JsonObject } from './rebuilt-stream.js';

/** Pieces that other servers add and whose clients join them. */
const JOINED = ['reasoning_content', 'reasoning'];

/** OpenAI's chat completions and whoever speaks their form, put together as openai-node does. */
export class ChatAccumulator implements Accumulator {
  readonly #links = new LinkLog();
  readonly #choices = new Map<number, ChatChoice>();
  #snapshot: JsonObject | null = null;
  #hasEnded = false;

  /** `[DONE]` was read. */
  end(): void {
    this.#hasEnded = true;
  }

  add(chunk: JsonObject, index: number): void {
    if (this.#hasEnded) return;
    const rest = omit(chunk, 'choices');
    if (this.#snapshot === null) {
      this.#snapshot = rest;
      this.#links.add(index, { pointer: '' });
    } else if (chunk['id']) {
      copyFields(this.#snapshot, rest);
    }
    if (chunk['usage'] != null) this.#links.add(index, { pointer: '/usage' });
    for (const piece of asArray(chunk['choices'])) {
      const choice = asObject(piece);
      if (choice) this.#addChoice(choice, index);
    }
  }

  finish(): Accumulated {
    const choices = [...this.#choices.values()].sort((a, b) => a.index - b.index);
    choices.forEach((choice, position) => {
      choice.pointer = `/choices/${position}`;
      sortCalls(choice).forEach((call, place) => (call.pointer = `${choice.pointer}/message/tool_calls/${place}`));
    });
    const message = this.#snapshot && finishChat(this.#snapshot, choices);
    const isFinished =
      choices.length > 0 && asArray(message?.['choices']).every((choice) => asObject(choice)?.['finish_reason']);
    const missing = this.#hasEnded ? (isFinished ? null : 'no finish_reason') : 'no [DONE]';
    return { message, links: this.#links.list(), sentArguments: new Map(), missing, error: null };
  }

  #addChoice(piece: JsonObject, index: number): void {
    const { finish_reason: finishReason } = piece;
    const logprobs = piece['logprobs'] ?? null;
    const other = omit(piece, 'delta', 'finish_reason', 'index', 'logprobs');
    const choice = this.#open(piece, logprobs, other);
    if (logprobs !== null) this.#addLogprobs(choice, logprobs);
    if (finishReason) {
      choice.value['finish_reason'] = finishReason;
      this.#links.add(index, choice, '/finish_reason');
    }
    copyFields(choice.value, other);
    const delta = asObject(piece['delta']);
    if (delta) this.#addDelta(choice, delta, index);
  }

  #open(piece: JsonObject, logprobs: unknown, other: JsonObject): ChatChoice {
    const place = asIndex(piece['index']) ?? 0;
    let choice = this.#choices.get(place);
    if (choice === undefined) {
      const message: JsonObject = {};
      const isList = asObject(logprobs) !== null;
      const value = {
        finish_reason: piece['finish_reason'],
        index: place,
        message,
        logprobs: isList ? null : logprobs,
        ...other,
      };
      choice = { index: place, value, message, calls: new Map(), lastCall: null, pointer: '' };
      this.#choices.set(place, choice);
    }
    return choice;
  }

  #addLogprobs(choice: ChatChoice, logprobs: unknown): void {
    const added = asObject(logprobs);
    const kept = asObject(choice.value['logprobs']);
    if (added === null) return;
    if (kept === null) {
      choice.value['logprobs'] = { ...added };
      return;
    }
    copyFields(kept, omit(added, 'content', 'refusal'));
    for (const key of ['content', 'refusal']) {
      const list = asArray(kept[key]);
      for (const item of asArray(added[key])) list.push(item);
      if (Array.isArray(added[key])) kept[key] = list;
    }
  }

  #addDelta(choice: ChatChoice, delta: JsonObject, index: number): void {
    const { message } = choice;
    const apart = ['audio', 'content', 'refusal', 'function_call', 'role', 'tool_calls', ...JOINED];
    copyFields(message, omit(delta, ...apart));
    for (const key of JOINED) if (typeof delta[key] === 'string') this.#addText(choice, key, delta[key], index);
    if (delta['refusal']) this.#addText(choice, 'refusal', delta['refusal'], index);
    if (delta['role']) {
      message['role'] = delta['role'];
      this.#links.add(index, choice, '/message');
    }
    const audio = asObject(delta['audio']);
    if (audio) this.#addAudio(choice, audio, index);
    const call = asObject(delta['function_call']);
    if (call) this.#addOldCall(choice, call, index);
    if (Array.isArray(delta['content'])) this.#addPieces(choice, delta['content'], index);
    else if (delta['content']) this.#addText(choice, 'content', delta['content'], index);
    for (const piece of asArray(delta['tool_calls'])) {
      const toolCall = asObject(piece);
      if (toolCall) this.#addCall(choice, toolCall, index);
    }
  }

  #addText(choice: ChatChoice, field: string, added: unknown, index: number): void {
    if (typeof added !== 'string') return;
    const before = asString(choice.message[field]) ?? '';
    setField(choice.message, field, before + added);
    if (added !== '') this.#links.addText(index, choice, `/message/${field}`, before, added);
  }

  /** Content as a list (Mistral): its pieces one behind the other. */
  #addPieces(choice: ChatChoice, pieces: readonly unknown[], index: number): void {
    const list = Array.isArray(choice.message['content']) ? asArray(choice.message['content']) : [];
    for (const piece of pieces) {
      this.#links.add(index, choice, `/message/content/${list.length}`);
      list.push(piece);
    }
    choice.message['content'] = list;
  }

  #addAudio(choice: ChatChoice, added: JsonObject, index: number): void {
    const audio = asObject(choice.message['audio']) ?? {};
    choice.message['audio'] = audio;
    for (const key of ['id', 'expires_at']) if (added[key] != null) audio[key] = added[key];
    for (const key of ['data', 'transcript']) {
      const text = asString(added[key]);
      if (text === null) continue;
      const before = asString(audio[key]) ?? '';
      audio[key] = before + text;
      this.#links.addText(index, choice, `/message/audio/${key}`, before, text);
    }
  }

  #addOldCall(choice: ChatChoice, added: JsonObject, index: number): void {
    const call = asObject(choice.message['function_call']) ?? {};
    choice.message['function_call'] = call;
    if (added['name']) call['name'] = added['name'];
    const text = asString(added['arguments']);
    if (text === null) return;
    const before = asString(call['arguments']) ?? '';
    call['arguments'] = before + text;
    this.#links.addText(index, choice, '/message/function_call/arguments', before, text);
  }

  #addCall(choice: ChatChoice, added: JsonObject, index: number): void {
    const call = this.#openCall(choice, added, index);
    copyFields(call.value, omit(added, 'index', 'id', 'type', 'function'));
    if (added['id']) call.value['id'] = added['id'];
    if (added['type']) call.value['type'] = added['type'];
    const fn = asObject(added['function']);
    if (fn === null) return;
    const target = asObject(call.value['function']) ?? { name: fn['name'] ?? '', arguments: '' };
    call.value['function'] = target;
    if (fn['name']) target['name'] = fn['name'];
    const text = asString(fn['arguments']);
    if (text === null || text === '') return;
    const before = asString(target['arguments']) ?? '';
    target['arguments'] = before + text;
    this.#links.addText(index, call, '/function/arguments', before, text);
  }

  /** Some servers leave the index out: then a new id is a new call. */
  #openCall(choice: ChatChoice, added: JsonObject, index: number): ChatCall {
    const last = choice.lastCall;
    const isNew = last === null || (typeof added['id'] === 'string' && added['id'] !== last.value['id']);
    const place = asIndex(added['index']) ?? (isNew ? (last?.index ?? -1) + 1 : last.index);
    let call = choice.calls.get(place);
    if (call === undefined) {
      call = { index: place, value: {}, pointer: '' };
      choice.calls.set(place, call);
      this.#links.add(index, call);
    }
    choice.lastCall = call;
    return call;
  }
}
