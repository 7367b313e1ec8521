import { asArray, asIndex, asObject, asString } from './event-data.js';
import { LinkLog, type Slot } from './link-log.js';
import { type Accumulated, type Accumulator, type JsonObject } from './rebuilt-stream.js';

interface Item extends Slot {
  readonly index: number;
  readonly id: string | null;
  value: JsonObject;
}

/** Where the text of an event goes: list and place within the item, then the field; without a list, the item's own field. */
interface Target {
  readonly list?: readonly [name: string, index: string];
  readonly field: string;
  /** Field of the event that ends it with the text as a whole. */
  readonly whole: string;
}

const TARGETS: Readonly<Record<string, Target>> = {
  output_text: { list: ['content', 'content_index'], field: 'text', whole: 'text' },
  refusal: { list: ['content', 'content_index'], field: 'refusal', whole: 'refusal' },
  reasoning_text: { list: ['content', 'content_index'], field: 'text', whole: 'text' },
  reasoning_summary_text: { list: ['summary', 'summary_index'], field: 'text', whole: 'text' },
  function_call_arguments: { field: 'arguments', whole: 'arguments' },
  mcp_call_arguments: { field: 'arguments', whole: 'arguments' },
  custom_tool_call_input: { field: 'input', whole: 'input' },
  code_interpreter_call_code: { field: 'code', whole: 'code' },
};
const LIFECYCLE = /^response\.(?:created|queued|in_progress|completed|incomplete|failed|cancelled)$/;
const STATE = /^response\.(\w+_call)\.(in_progress|searching|interpreting|generating|completed|failed)$/;

/** OpenAI's responses, put together as openai-node does; the last event brings the whole response. */
export class ResponsesAccumulator implements Accumulator {
  readonly #links = new LinkLog();
  readonly #items: Item[] = [];
  readonly #current = new Map<number, Item>();
  #response: JsonObject | null = null;
  #last: string | null = null;
  #error: Accumulated['error'] = null;

  add(event: JsonObject, index: number): void {
    const type = asString(event['type']) ?? '';
    if (LIFECYCLE.test(type)) return this.#addResponse(type, event, index);
    if (this.#response === null) return;
    if (type === 'response.output_item.added') return this.#openItem(event, index);
    const item = this.#current.get(asIndex(event['output_index']) ?? -1);
    if (item === undefined) return;
    if (type === 'response.output_item.done') this.#closeItem(item, event, index);
    else if (/_part\.(?:added|done)$/.test(type)) this.#addPart(item, type, event, index);
    else if (type === 'response.output_text.annotation.added') this.#addAnnotation(item, event, index);
    else this.#addText(item, type, event, index);
  }

  finish(): Accumulated {
    const ended = this.#last === 'completed' || this.#last === 'incomplete';
    const response = this.#response;
    const items = [...this.#items].sort((a, b) => a.index - b.index);
    const whole = asArray(response?.['output']);
    // Some servers end with a response that leaves out what they streamed.
    if (response && whole.length === 0) response['output'] = items.map(({ value }) => value);
    const ids = new Map(whole.map((value, position) => [asString(asObject(value)?.['id']), position]));
    items.forEach((item, position) => {
      const found = item.id === null ? undefined : ids.get(item.id);
      item.pointer = `/output/${found ?? position}`;
    });
    return {
      message: response,
      links: this.#links.list(),
      sentArguments: new Map(),
      missing: ended ? null : this.#last === 'cancelled' ? 'cancelled' : 'no response.completed',
      error: this.#error,
    };
  }

  #addResponse(type: string, event: JsonObject, index: number): void {
    const response = asObject(event['response']);
    if (response === null) return;
    this.#response = response;
    this.#last = type.slice('response.'.length);
    this.#links.add(index, { pointer: '' });
    if (this.#last !== 'failed') return;
    const error = asObject(response['error']);
    const message = asString(error?.['message']) ?? 'the response failed';
    this.#error ??= { kind: 'error', event: index, type: asString(error?.['code']), message };
  }

  #openItem(event: JsonObject, index: number): void {
    const value = asObject(event['item']);
    if (value === null) return;
    const place = asIndex(event['output_index']) ?? this.#items.length;
    const item: Item = { index: place, id: asString(value['id']), value, pointer: '' };
    this.#items.push(item);
    this.#current.set(place, item);
    this.#links.add(index, item);
  }

  #closeItem(item: Item, event: JsonObject, index: number): void {
    const value = asObject(event['item']);
    if (value === null) return;
    item.value = value;
    this.#links.add(index, item);
  }

  #addPart(item: Item, type: string, event: JsonObject, index: number): void {
    const name = type.includes('summary') ? 'summary' : 'content';
    const part = asObject(event['part']);
    const list = asArray(item.value[name]);
    const place = type.endsWith('.added') ? list.length : (asIndex(event[`${name}_index`]) ?? -1);
    if (part === null || place < 0 || place > list.length) return;
    list[place] = part;
    item.value[name] = list;
    this.#links.add(index, item, `/${name}/${place}`);
  }

  #addAnnotation(item: Item, event: JsonObject, index: number): void {
    const place = asIndex(event['content_index']) ?? -1;
    const part = asObject(asArray(item.value['content'])[place]);
    if (part === null) return;
    const list = asArray(part['annotations']);
    list.push(event['annotation']);
    part['annotations'] = list;
    this.#links.add(index, item, `/content/${place}/annotations/${list.length - 1}`);
  }

  #addText(item: Item, type: string, event: JsonObject, index: number): void {
    const [, name, step] = /^response\.(\w+)\.(delta|done)$/.exec(type) ?? [];
    const target = name !== undefined && Object.hasOwn(TARGETS, name) ? TARGETS[name]! : null;
    if (target === null) return this.#addState(item, type, index);
    const place = target.list ? (asIndex(event[target.list[1]]) ?? -1) : -1;
    const owner = target.list ? asObject(asArray(item.value[target.list[0]])[place]) : item.value;
    if (owner === null) return;
    const path = `${target.list ? `/${target.list[0]}/${place}` : ''}/${target.field}`;
    const before = asString(owner[target.field]) ?? '';
    const added = asString(event[step === 'delta' ? 'delta' : target.whole]);
    if (added === null) return;
    owner[target.field] = step === 'delta' ? before + added : added;
    if (step === 'delta') this.#links.addText(index, item, path, before, added);
    else this.#links.add(index, item, path);
  }

  #addState(item: Item, type: string, index: number): void {
    const [, itemType, status] = STATE.exec(type) ?? [];
    if (itemType === undefined || item.value['type'] !== itemType) return;
    item.value['status'] = status;
    this.#links.add(index, item, '/status');
  }
}
