import { type BodyFormat, detectFormat } from '../body-format.js';
import { JsonDocument } from '../json-document.js';
import { TextRows } from '../text-rows.js';
import { EventIndex } from './event-index.js';
import { FoldTree } from './fold-tree.js';
import { MarkIndex } from './mark-index.js';
import type { BodyMeta, JsonFault, OpenBody } from './protocol.js';
import { takeTurn, workInTurns } from './turns.js';

/** Characters that are enough for the first rows. */
const FIRST_CHARACTERS = 32_768;

/** The bytes of a body as they come. */
export interface BodyBytes {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Null: nobody said. */
  readonly totalBytes: number | null;
}

interface Options {
  /** Characters that are read at a stretch. */
  readonly sliceCharacters: number;
  /** There is more to show than before. */
  readonly grew: () => void;
  /** Resolves when the first rows are on the screen. */
  readonly painted: Promise<void>;
}

/** One body in memory: its text, and what is known of it so far. */
export class OpenedBody {
  readonly asked: OpenBody;
  text = '';
  isRead = false;
  rows: TextRows;
  readonly marks = new MarkIndex();
  json: JsonDocument | null = null;
  events: EventIndex | null = null;
  tree: FoldTree | null = null;

  readonly #options: Options;
  #format: BodyFormat = 'text';
  #bytes = 0;
  #totalBytes: number | null = null;
  #isFirst = true;
  #isAllHere = false;

  constructor(asked: OpenBody, options: Options) {
    this.asked = asked;
    this.#options = options;
    this.rows = new TextRows(asked.columns);
  }

  get format(): BodyFormat {
    return this.fault === null ? this.#format : 'text';
  }

  get fault(): JsonFault | null {
    const refusal = this.json?.ending === 'fault' ? this.json.index.refusal : null;
    if (!refusal) return null;
    const { at, expected } = refusal;
    const code = this.text.codePointAt(at);
    return { offset: at, expected, found: code === undefined ? null : String.fromCodePoint(code), ...this.place(at) };
  }

  get meta(): BodyMeta {
    return {
      key: this.asked.key,
      isRead: this.isRead,
      format: this.format,
      bytes: this.#bytes,
      totalBytes: this.#totalBytes,
      characters: this.text.length,
      textRows: this.rows.count,
      columns: this.rows.columns,
      treeRows: this.tree?.rowCount ?? 0,
      events: this.events?.count ?? 0,
      isCut: this.isRead && this.asked.endsEarly,
      fault: this.fault,
      marks: this.marks.counts,
    };
  }

  place(offset: number): { readonly textRow: number; readonly line: number; readonly column: number } {
    const textRow = this.rows.rowAt(offset);
    const line = this.rows.lineOf(textRow);
    let first = textRow;
    while (this.rows.isContinued(first)) first--;
    return { textRow, line, column: offset - this.rows.startOf(first) + 1 };
  }

  /** Reads to the end. What is there is shown at first soon, then each time there is twice as much. */
  async read({ chunks, totalBytes }: BodyBytes, signal: AbortSignal): Promise<void> {
    this.#totalBytes = totalBytes;
    // A byte order mark is one of the stored characters.
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    let parts: string[] = [];
    let waiting = 0;
    const take = (part: string): void => {
      if (part !== '') parts.push(part);
      waiting += part.length;
    };
    for await (const bytes of chunks) {
      signal.throwIfAborted();
      this.#bytes += bytes.length;
      take(decoder.decode(bytes, { stream: true }));
      if (waiting < Math.max(FIRST_CHARACTERS, this.text.length)) continue;
      await this.#grow(parts, false, signal);
      parts = [];
      waiting = 0;
    }
    take(decoder.decode());
    this.#totalBytes = this.#bytes;
    await this.#grow(parts, true, signal);
  }

  /** Takes a text that is there already. */
  async readText(text: string, signal: AbortSignal): Promise<void> {
    this.#bytes = countBytes(text);
    this.#totalBytes = this.#bytes;
    if (text.length > FIRST_CHARACTERS) await this.#grow([text.slice(0, FIRST_CHARACTERS)], false, signal);
    await this.#grow([text.slice(this.text.length)], true, signal);
  }

  async wrap(columns: number, signal: AbortSignal): Promise<void> {
    this.rows = new TextRows(columns);
    await this.#readRows(signal);
  }

  async #grow(parts: readonly string[], isLast: boolean, signal: AbortSignal): Promise<void> {
    this.text = [this.text, ...parts].join('');
    if (this.#isFirst) this.#start();
    const { text } = this;
    const { sliceCharacters } = this.#options;
    const { endsEarly } = this.asked;
    this.#isAllHere = isLast;
    await this.#readRows(signal);
    await workInTurns(() => this.marks.advance(text, isLast, sliceCharacters), signal);
    const { json, events } = this;
    if (json !== null) {
      await workInTurns(() => json.advance(text, text.length, isLast, endsEarly, sliceCharacters), signal);
      json.settle(text.length, isLast, endsEarly);
    }
    if (events !== null) await workInTurns(() => events.advance(text, isLast, sliceCharacters), signal);
    this.isRead = isLast;
    this.tree?.refresh(isLast, endsEarly);
    if (this.#isFirst) this.tree?.openFirst();
    const mayWait = this.#isFirst && !isLast;
    this.#isFirst = false;
    this.#options.grew();
    if (mayWait) await this.#options.painted;
    else await takeTurn();
    signal.throwIfAborted();
  }

  #start(): void {
    this.#format = detectFormat(this.text, this.asked.contentType);
    const options = { endsEarly: this.asked.endsEarly, columns: this.rows.columns };
    if (this.#format === 'json') {
      this.json = new JsonDocument();
      this.tree = new FoldTree(this.json, options);
    } else if (this.#format === 'events') {
      this.events = new EventIndex();
      this.tree = new FoldTree(this.events, options);
    }
  }

  async #readRows(signal: AbortSignal): Promise<void> {
    await workInTurns(() => this.rows.advance(this.text, this.#isAllHere, this.#options.sliceCharacters), signal);
  }
}

/** UTF-8 size, without making the bytes. */
function countBytes(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Each half of a pair counts two; one that stands alone is written as three.
    const isPair = code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : isPair ? 4 : 3;
    if (isPair) at++;
  }
  return bytes;
}
