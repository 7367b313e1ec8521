import { asArray, asIndex, asObject, asString, copyFields, omit } from './event-data.js';
import { LinkLog, type Slot } from './link-log.js';
import { type Accumulated, type Accumulator, type JsonObject } from './rebuilt-stream.js';

interface Choice extends Slot {
  readonly index: number;
  readonly value: JsonObject;
}

/** The old completions: no library joins them; the first piece's keys, texts one behind the other. */
export class CompletionsAccumulator implements Accumulator {
  readonly #links = new LinkLog();
  readonly #choices = new Map<number, Choice>();
  #message: JsonObject | null = null;
  #hasEnded = false;

  /** `[DONE]` was read. */
  end(): void {
    this.#hasEnded = true;
  }

  add(chunk: JsonObject, index: number): void {
    if (this.#hasEnded) return;
    this.#message ??= { ...omit(chunk, 'usage'), choices: [] };
    if (chunk['usage'] != null) {
      copyFields(this.#message, { usage: chunk['usage'] });
      this.#links.add(index, { pointer: '/usage' });
    }
    for (const item of asArray(chunk['choices'])) {
      const piece = asObject(item);
      if (piece) this.#addChoice(piece, index);
    }
  }

  finish(): Accumulated {
    const choices = [...this.#choices.values()].sort((a, b) => a.index - b.index);
    choices.forEach((choice, position) => (choice.pointer = `/choices/${position}`));
    if (this.#message) this.#message['choices'] = choices.map(({ value }) => value);
    const isFinished = choices.length > 0 && choices.every(({ value }) => value['finish_reason']);
    const missing = this.#hasEnded ? (isFinished ? null : 'no finish_reason') : 'no [DONE]';
    return { message: this.#message, links: this.#links.list(), sentArguments: new Map(), missing, error: null };
  }

  #addChoice(piece: JsonObject, index: number): void {
    const place = asIndex(piece['index']) ?? 0;
    const added = asString(piece['text']) ?? '';
    const choice = this.#choices.get(place);
    if (choice === undefined) {
      const made: Choice = { index: place, value: { ...piece }, pointer: '' };
      this.#choices.set(place, made);
      this.#links.addText(index, made, '/text', '', added);
      return;
    }
    const { value } = choice;
    const before = asString(value['text']) ?? '';
    value['text'] = before + added;
    if (added !== '') this.#links.addText(index, choice, '/text', before, added);
    if (piece['finish_reason'] != null) value['finish_reason'] = piece['finish_reason'];
    const logprobs = asObject(piece['logprobs']);
    if (logprobs) addLogprobs(value, logprobs);
  }
}

/** Lists of the same name, one behind the other. */
function addLogprobs(value: JsonObject, added: JsonObject): void {
  const kept = asObject(value['logprobs']);
  if (kept === null) {
    value['logprobs'] = added;
    return;
  }
  for (const [key, list] of Object.entries(added)) {
    const target = kept[key];
    if (Array.isArray(target) && Array.isArray(list)) for (const item of list) target.push(item);
    else copyFields(kept, { [key]: list });
  }
}
