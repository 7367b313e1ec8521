import { asArray, asIndex, asObject, asString, copyFields } from './event-data.js';
import { LinkLog, type Slot } from './link-log.js';
import { parsePartialJson } from './partial-json.js';
import { type Accumulated, type Accumulator, type JsonObject } from './rebuilt-stream.js';

interface Block extends Slot {
  readonly index: number;
  readonly value: JsonObject;
  /** Arguments as they came, piece by piece; null where none came. */
  sent: string | null;
}

/** Counts that a `message_delta` replaces where it has them. */
const TOTALS = [
  'input_tokens',
  'cache_creation_input_tokens',
  'cache_read_input_tokens',
  'server_tool_use',
  'iterations',
  'output_tokens_details',
];
const DELTAS: Readonly<Record<string, readonly [blockType: string, field: string]>> = {
  text_delta: ['text', 'text'],
  thinking_delta: ['thinking', 'thinking'],
};

/** Anthropic's messages, put together as its client library does; blocks stand by their index. */
export class AnthropicAccumulator implements Accumulator {
  readonly #links = new LinkLog();
  readonly #blocks: Block[] = [];
  /** The block that last began with an index. */
  readonly #current = new Map<number, Block>();
  #message: JsonObject | null = null;
  #hasEnded = false;
  #error: Accumulated['error'] = null;

  add(event: JsonObject, index: number): void {
    const { type } = event;
    if (type === 'ping') return;
    if (this.#hasEnded) return this.#fail(index, 'an event after the end');
    if (type === 'message_start') return this.#start(event, index);
    if (this.#message === null) return this.#fail(index, 'an event before the message began');
    if (type === 'content_block_start') this.#startBlock(event, index);
    else if (type === 'content_block_delta') this.#addDelta(event, index);
    else if (type === 'message_delta') this.#addEnd(this.#message, event, index);
    else if (type === 'message_stop') this.#hasEnded = true;
  }

  finish(): Accumulated {
    const sentArguments = new Map<string, string>();
    const blocks = [...this.#blocks].sort((a, b) => a.index - b.index);
    const content = blocks.map((block, position) => {
      block.pointer = `/content/${position}`;
      if (block.sent === null) return block.value;
      sentArguments.set(block.pointer, block.sent);
      return { ...block.value, input: block.sent === '' ? {} : (parsePartialJson(block.sent) ?? {}) };
    });
    if (this.#message) this.#message['content'] = content;
    return {
      message: this.#message,
      links: this.#links.list(),
      sentArguments,
      missing: this.#hasEnded ? null : 'no message_stop',
      error: this.#error,
    };
  }

  #start(event: JsonObject, index: number): void {
    const message = asObject(event['message']);
    if (this.#message !== null || message === null) {
      return this.#fail(index, message === null ? 'a message_start without a message' : 'a second message_start');
    }
    this.#message = message;
    for (const value of asArray(message['content'])) this.#open(asObject(value) ?? {}, null);
    this.#links.add(index, { pointer: '' });
  }

  #startBlock(event: JsonObject, index: number): void {
    const value = asObject(event['content_block']);
    if (value) this.#links.add(index, this.#open(value, asIndex(event['index'])));
  }

  #open(value: JsonObject, place: number | null): Block {
    const block: Block = { index: place ?? this.#blocks.length, value: { ...value }, sent: null, pointer: '' };
    this.#blocks.push(block);
    this.#current.set(block.index, block);
    return block;
  }

  #addDelta(event: JsonObject, index: number): void {
    const block = this.#current.get(asIndex(event['index']) ?? -1);
    const delta = asObject(event['delta']);
    if (block === undefined || delta === null) return;
    const { value } = block;
    const type = asString(delta['type']) ?? '';
    const known = Object.hasOwn(DELTAS, type) ? DELTAS[type]! : null;
    if (known !== null) {
      const [blockType, field] = known;
      const added = asString(delta[field]);
      if (value['type'] === blockType && added !== null) this.#addText(block, field, added, index);
    } else if (type === 'input_json_delta') {
      this.#addArguments(block, asString(delta['partial_json']), index);
    } else if (type === 'signature_delta' && value['type'] === 'thinking') {
      value['signature'] = delta['signature'];
      this.#links.add(index, block, '/signature');
    } else if (type === 'citations_delta' && value['type'] === 'text') {
      const citations = asArray(value['citations']);
      citations.push(delta['citation']);
      value['citations'] = citations;
      this.#links.add(index, block, `/citations/${citations.length - 1}`);
    } else if (type === 'compaction_delta' && value['type'] === 'compaction') {
      copyFields(value, { ...delta, type: 'compaction' });
      this.#links.add(index, block);
    }
  }

  #addText(block: Block, field: string, added: string, index: number): void {
    const before = asString(block.value[field]) ?? '';
    block.value[field] = before + added;
    this.#links.addText(index, block, `/${field}`, before, added);
  }

  #addArguments(block: Block, added: string | null, index: number): void {
    if (added === null || (block.sent === null && !('input' in block.value))) return;
    // The library puts parsed arguments behind all other fields.
    delete block.value['input'];
    const before = block.sent ?? '';
    block.sent = before + added;
    this.#links.addText(index, block, '/input', before, added);
  }

  #addEnd(message: JsonObject, event: JsonObject, index: number): void {
    const delta = asObject(event['delta']);
    if (delta) {
      message['stop_reason'] = delta['stop_reason'];
      message['stop_sequence'] = delta['stop_sequence'];
      message['stop_details'] = delta['stop_details'];
      if (delta['container'] != null) message['container'] = delta['container'];
      this.#links.add(index, { pointer: '/stop_reason' });
    }
    if (event['context_management'] != null) message['context_management'] = event['context_management'];
    const counted = asObject(event['usage']);
    if (counted === null) return;
    const usage = asObject(message['usage']) ?? {};
    usage['output_tokens'] = counted['output_tokens'];
    for (const name of TOTALS) if (counted[name] != null) usage[name] = counted[name];
    message['usage'] = usage;
    this.#links.add(index, { pointer: '/usage' });
  }

  #fail(event: number, message: string): void {
    this.#error ??= { kind: 'error', event, type: null, message };
  }
}
