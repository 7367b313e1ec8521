import { SignatureTable } from './signature-table.js';

/** What is kept of a call's bodies, in the two lowest bits of a call's marks. */
export const BODY_MARKS = ['none', 'stored', 'truncated', 'failed'] as const;

export const MARK = { body: 3, redacted: 4, repeated: 8 } as const;

/** Room beyond what is used, as a share of it: calls are added all day, and each growth copies a column. */
const SPARE = 1 / 32;
const LEAST_SPARE = 4096;

type Wholes = Uint16Array | Uint32Array | Float64Array;

/** Whole numbers from 0, in a wider array from the first that the one they are in can't hold. */
export class WholeColumn {
  data: Wholes;

  constructor(data: Wholes) {
    this.data = data;
  }

  grow(capacity: number): void {
    this.data = growArray(this.data, capacity);
  }

  write(values: Float64Array | Uint32Array, at: number): void {
    let greatest = 0;
    for (const value of values) if (value > greatest) greatest = value;
    const needed = greatest > 0xffffffff ? 8 : greatest > 0xffff ? 4 : 2;
    if (needed > this.data.BYTES_PER_ELEMENT) {
      const wider = new (needed === 8 ? Float64Array : Uint32Array)(this.data.length);
      wider.set(this.data);
      this.data = wider;
    }
    this.data.set(values, at);
  }
}

/** Five counts in the order of the contract. */
export const TOKEN_FIELDS = ['input', 'output', 'thinking', 'cacheRead', 'cacheWrite'] as const;
export type TokenField = (typeof TOKEN_FIELDS)[number];

/**
 * All calls as columns, outside the JavaScript heap. A call's place is its row here: calls stand in the order of their
 * rowids, so new ones come at the end. NaN is null.
 */
export class CallTable {
  readonly signatures = new SignatureTable();
  readonly rowid: WholeColumn;
  readonly signature: WholeColumn;
  /** Microseconds since 1970; NaN where the stored text is no time. */
  micros: Float64Array;
  /** Millicents. */
  cost: Float64Array;
  latencyMs: Float64Array;
  ttftMs: Float64Array;
  readonly tokens: Readonly<Record<TokenField, WholeColumn>>;
  promptHigh: Uint32Array;
  promptLow: Uint32Array;
  /** MARK values: what is stored beside the call, or follows from other calls. */
  marks: Uint8Array;
  length = 0;
  #capacity: number;

  constructor(capacity = 0) {
    const room = withSpare(capacity);
    this.#capacity = room;
    this.rowid = new WholeColumn(new Uint32Array(room));
    this.signature = new WholeColumn(new Uint16Array(room));
    this.micros = new Float64Array(room);
    this.cost = new Float64Array(room);
    this.latencyMs = new Float64Array(room);
    this.ttftMs = new Float64Array(room);
    this.tokens = {
      input: new WholeColumn(new Uint32Array(room)),
      output: new WholeColumn(new Uint32Array(room)),
      thinking: new WholeColumn(new Uint32Array(room)),
      cacheRead: new WholeColumn(new Uint32Array(room)),
      cacheWrite: new WholeColumn(new Uint32Array(room)),
    };
    this.promptHigh = new Uint32Array(room);
    this.promptLow = new Uint32Array(room);
    this.marks = new Uint8Array(room);
  }

  get lastRowid(): number {
    return this.length === 0 ? 0 : this.rowid.data[this.length - 1]!;
  }

  /** Makes room for so many calls. */
  reserve(calls: number): void {
    if (calls <= this.#capacity) return;
    const capacity = withSpare(calls);
    this.#capacity = capacity;
    for (const column of [this.rowid, this.signature, ...Object.values(this.tokens)]) column.grow(capacity);
    this.micros = growArray(this.micros, capacity);
    this.cost = growArray(this.cost, capacity);
    this.latencyMs = growArray(this.latencyMs, capacity);
    this.ttftMs = growArray(this.ttftMs, capacity);
    this.promptHigh = growArray(this.promptHigh, capacity);
    this.promptLow = growArray(this.promptLow, capacity);
    this.marks = growArray(this.marks, capacity);
  }

  /** The place of the call with this rowid, -1 where there is none. */
  findPlace(rowid: number): number {
    const place = this.findPlaceFrom(rowid);
    return place < this.length && this.rowid.data[place] === rowid ? place : -1;
  }

  /** The place of the first call whose rowid is this or greater. */
  findPlaceFrom(rowid: number): number {
    const rowids = this.rowid.data;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (rowids[middle]! < rowid) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function growArray<T extends Wholes | Uint8Array>(column: T, capacity: number): T {
  const grown = new (column.constructor as new (length: number) => T)(capacity);
  grown.set(column);
  return grown;
}

function withSpare(calls: number): number {
  return calls + Math.max(LEAST_SPARE, Math.ceil(calls * SPARE));
}
