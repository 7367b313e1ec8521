import { BlockSums } from './block-sums.js';
import { TOKEN_COUNTS } from './call-fields.js';
import { copyArray, makeArray } from './large-arrays.js';
import { SignatureTable } from './signature-table.js';

/** Room beyond what is used, as a share of it: calls are added all day, and each growth copies a column. */
const SPARE = 1 / 32;
const LEAST_SPARE = 4096;

export type Wholes = Uint16Array | Uint32Array | Float64Array;
export type Reals = Float32Array | Float64Array;

/** Whole numbers from 0, in a wider array from the first that the one they are in can't hold. */
export class WholeColumn {
  data: Wholes;

  constructor(data: Wholes) {
    this.data = data;
  }

  grow(capacity: number): void {
    this.data = copyArray(this.data, capacity);
  }

  write(values: Float64Array | Uint32Array, at: number): void {
    let greatest = 0;
    for (let place = 0; place < values.length; place++) if (values[place]! > greatest) greatest = values[place]!;
    const needed = greatest > 0xffffffff ? 8 : greatest > 0xffff ? 4 : 2;
    if (needed > this.data.BYTES_PER_ELEMENT) {
      const wider = makeArray<Wholes>(needed === 8 ? Float64Array : Uint32Array, this.data.length);
      wider.set(this.data);
      this.data = wider;
    }
    this.data.set(values, at);
  }
}

/** Numbers of any kind, in half the room as long as all of them are what they were in it. NaN is null. */
export class RealColumn {
  data: Reals;

  constructor(capacity: number) {
    this.data = makeArray(Float32Array, capacity);
  }

  grow(capacity: number): void {
    this.data = copyArray(this.data, capacity);
  }

  /** Writes values from an index on, `stride` apart. */
  write(values: Float64Array, at: number, stride = 1): void {
    if (this.data.BYTES_PER_ELEMENT === 4 && !areSingle(values)) {
      const wider = makeArray(Float64Array, this.data.length);
      wider.set(this.data);
      this.data = wider;
    }
    const { data } = this;
    for (let place = 0; place < values.length; place++) data[at + place * stride] = values[place]!;
  }
}

/** Whether all of them are what they were in half the room. */
function areSingle(values: Float64Array): boolean {
  for (let place = 0; place < values.length; place++) {
    const value = values[place]!;
    if (Math.fround(value) !== value && value === value) return false;
  }
  return true;
}

/**
 * All calls as columns, outside the JavaScript heap. A call's place is its row here: calls stand in the order of their
 * rowids, so new ones come at the end. NaN is null.
 */
export class CallTable {
  readonly signatures = new SignatureTable();
  readonly blocks = new BlockSums();
  readonly rowid: WholeColumn;
  readonly signature: WholeColumn;
  /** Microseconds since 1970; NaN where the stored text is no time. */
  micros: Float64Array;
  /** Millicents. */
  readonly cost: RealColumn;
  latencyMs: Float64Array;
  readonly ttftMs: RealColumn;
  /** The five counts of each call, one call after the other. */
  readonly tokens: RealColumn;
  /** Their sums, which filters and orders ask for. */
  readonly tokenSums: RealColumn;
  promptHigh: Uint32Array;
  promptLow: Uint32Array;
  /** MARK values: what is stored beside the call, or follows from other calls. */
  marks: Uint8Array;
  length = 0;
  #capacity: number;

  constructor(capacity = 0) {
    const room = withSpare(capacity);
    this.#capacity = room;
    this.rowid = new WholeColumn(makeArray(Uint32Array, room));
    this.signature = new WholeColumn(makeArray(Uint16Array, room));
    this.micros = makeArray(Float64Array, room);
    this.cost = new RealColumn(room);
    this.latencyMs = makeArray(Float64Array, room);
    this.ttftMs = new RealColumn(room);
    this.tokens = new RealColumn(room * TOKEN_COUNTS);
    this.tokenSums = new RealColumn(room);
    this.promptHigh = makeArray(Uint32Array, room);
    this.promptLow = makeArray(Uint32Array, room);
    this.marks = makeArray(Uint8Array, room);
  }

  get lastRowid(): number {
    return this.length === 0 ? 0 : this.rowid.data[this.length - 1]!;
  }

  /** Makes room for so many calls. */
  reserve(calls: number): void {
    if (calls <= this.#capacity) return;
    const capacity = withSpare(calls);
    this.#capacity = capacity;
    this.rowid.grow(capacity);
    this.signature.grow(capacity);
    this.tokens.grow(capacity * TOKEN_COUNTS);
    this.tokenSums.grow(capacity);
    this.micros = copyArray(this.micros, capacity);
    this.cost.grow(capacity);
    this.latencyMs = copyArray(this.latencyMs, capacity);
    this.ttftMs.grow(capacity);
    this.promptHigh = copyArray(this.promptHigh, capacity);
    this.promptLow = copyArray(this.promptLow, capacity);
    this.marks = copyArray(this.marks, capacity);
  }

  /** Sets those marks of a call that `which` names. */
  mark(place: number, which: number, marks: number): void {
    const known = this.marks[place]!;
    const now = (known & ~which) | marks;
    if (now === known) return;
    this.marks[place] = now;
    this.blocks.forget(place, place + 1);
  }

  /** Forgets the marks of all calls. */
  clearMarks(): void {
    this.marks.fill(0);
    this.blocks.forget(0, this.length);
  }

  /** The place of the call with this rowid, -1 where there is none. */
  findPlace(rowid: number): number {
    // Nobody deletes calls, so their rowids mostly follow each other.
    const guess = rowid - (this.rowid.data[0] ?? 0);
    if (guess >= 0 && guess < this.length && this.rowid.data[guess] === rowid) return guess;
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

/** Room for so many calls and some more, a multiple of four. */
export function withSpare(calls: number): number {
  return Math.ceil((calls + Math.max(LEAST_SPARE, calls * SPARE)) / 4) * 4;
}
