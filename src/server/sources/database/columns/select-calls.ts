import type { FilterQuery } from '../../../../api/query.js';
import { microsOfBound } from '../stored-time.js';
import { readWindow } from '../time-window.js';
import type { Rule } from './block-sums.js';
import type { CallIndex } from './call-index.js';
import { BODY_MARKS, MARK, TOKEN_COUNTS, type CallTable } from './call-table.js';
import { foldCase } from './key-words.js';
import { hashText } from './parse-columns.js';
import { findInSignatures, judgeSignatures, type Slugs } from './pass-signatures.js';
import { promptText } from './read-columns.js';

/** Calls by their places. */
export interface Chosen {
  /** 1 at each of the places. */
  readonly mask: Uint8Array;
  /** The first of the places, and the one behind the last. */
  readonly begin: number;
  readonly end: number;
  /** What they are chosen by; null where that is more than their signatures and times. */
  readonly rule: Rule | null;
}

/** The calls that a filter lets through. */
export interface Selection extends Chosen {
  readonly calls: number;
  /** Bounds of its window in microseconds, `from` inclusive; infinite where it has none. */
  readonly from: number;
  readonly before: number;
}

/** Filters that look at more of a call than its signature and its time. */
const ROW_FILTERS = [
  'priced',
  'body',
  'body_state',
  'repeated',
  'min_cost',
  'max_cost',
  'min_latency',
  'max_latency',
  'min_tokens',
  'max_tokens',
  'prompt',
] as const satisfies readonly (keyof FilterQuery)[];

/** The folded words and phrases of a filter, each of which must occur. */
export function listWords(query: FilterQuery): string[] {
  const words = (query.q ?? '').split(/\s+/u).filter((word) => word !== '');
  return [...new Set([...words, ...(query.phrase ?? [])].map(foldCase))];
}

/**
 * Selects the calls of a filter: OR within a name, AND across names. The index is up to date, and its words are known.
 * `room` is where the mask may be written, of any length.
 * @throws QueryError for an impossible time.
 */
export function selectCalls(
  query: FilterQuery,
  index: CallIndex,
  slugs: Slugs,
  nowMs: number,
  room: Uint8Array<ArrayBuffer> | null,
): Selection {
  const { table } = index;
  const mask =
    room !== null && room.length >= table.length ? room.subarray(0, table.length) : new Uint8Array(table.length);
  const window = readWindow(query, nowMs);
  const from = window.from === null ? -Infinity : microsOfBound(window.from);
  const before = window.before === null ? Infinity : microsOfBound(window.before);
  const words = listWords(query).map((word) => ({
    found: findInSignatures(word, table.signatures, slugs),
    keys: index.words.find(word, table),
  }));
  const passes = passesOf(query, table, slugs, words);
  keepSignatures(mask, table, passes);
  if (window.from !== null || window.before !== null) keepWindow(mask, table.micros, from, before);
  const inKeys = words.flatMap(({ found, keys }) => (keys === null ? [] : [{ found, keys }]));
  const isByRow = inKeys.length > 0 || ROW_FILTERS.some((name) => query[name] !== undefined);
  if (isByRow) {
    keepFlags(mask, table, query);
    keepRanges(mask, table, query);
    if (query.prompt !== undefined) keepPrompt(mask, table, query.prompt);
    for (const { found, keys } of inKeys) keepWord(mask, table, found, keys);
  }
  const begin = Math.max(mask.indexOf(1), 0);
  const end = mask.lastIndexOf(1) + 1;
  let calls = 0;
  for (let place = begin; place < end; place++) calls += mask[place]!;
  return { mask, begin, end, calls, from, before, rule: isByRow ? null : { passes, from, before } };
}

interface FoundWord {
  /** 1 for signatures that have it. */
  readonly found: Uint8Array;
  /** A bit for each call that has it in its id or key; null where none has. */
  readonly keys: Uint8Array | null;
}

/** What the filter says of signatures, with the words that are nowhere else; null lets all pass. */
function passesOf(query: FilterQuery, table: CallTable, slugs: Slugs, words: readonly FoundWord[]): Uint8Array | null {
  const { signatures } = table;
  const { passes: named } = judgeSignatures(query, signatures, slugs);
  const others = words.filter(({ keys }) => keys === null).map(({ found }) => found);
  if (query.complete !== undefined) {
    const wanted = query.complete ? '1' : '0';
    const values = signatures.values('isComplete');
    others.push(Uint8Array.from(signatures.codes('isComplete'), (code) => Number(values[code] === wanted)));
  }
  const passes = named.map((pass, signature) => others.reduce((kept, other) => kept & other[signature]!, pass));
  return passes.includes(0) ? passes : null;
}

function keepSignatures(mask: Uint8Array, table: CallTable, passes: Uint8Array | null): void {
  if (passes === null) {
    mask.fill(1);
    return;
  }
  const signature = table.signature.data;
  for (let place = 0; place < mask.length; place++) mask[place] = passes[signature[place]!]!;
}

function keepWindow(mask: Uint8Array, micros: Float64Array, from: number, before: number): void {
  for (let place = 0; place < mask.length; place++) {
    const at = micros[place]!;
    if (!(at >= from && at < before)) mask[place] = 0;
  }
}

function keepFlags(mask: Uint8Array, table: CallTable, query: FilterQuery): void {
  const { marks } = table;
  const cost = table.cost.data;
  if (query.priced !== undefined) {
    const isUnwanted = query.priced;
    for (let place = 0; place < mask.length; place++) {
      if (Number.isNaN(cost[place]!) === isUnwanted) mask[place] = 0;
    }
  }
  const states = new Set(query.body_state ?? BODY_MARKS);
  const hasBody = BODY_MARKS.map((state) => state === 'stored' || state === 'truncated');
  const isKept = BODY_MARKS.map(
    (state, code) => states.has(state) && (query.body === undefined || query.body === hasBody[code]),
  );
  if (isKept.includes(false)) {
    for (let place = 0; place < mask.length; place++) if (!isKept[marks[place]! & MARK.body]) mask[place] = 0;
  }
  if (query.repeated !== undefined) {
    const wanted = query.repeated ? MARK.repeated : 0;
    for (let place = 0; place < mask.length; place++)
      mask[place]! &= Number((marks[place]! & MARK.repeated) === wanted);
  }
}

function keepRanges(mask: Uint8Array, table: CallTable, query: FilterQuery): void {
  keepRange(mask, table.cost.data, query.min_cost, query.max_cost);
  keepRange(mask, table.latencyMs, query.min_latency, query.max_latency);
  if (query.min_tokens === undefined && query.max_tokens === undefined) return;
  const counts = table.tokens.data;
  const least = query.min_tokens ?? -Infinity;
  const most = query.max_tokens ?? Infinity;
  for (let place = 0; place < mask.length; place++) {
    let sum = 0;
    for (let at = place * TOKEN_COUNTS; at < (place + 1) * TOKEN_COUNTS; at++) sum += counts[at]!;
    if (sum < least || sum > most) mask[place] = 0;
  }
}

/** Nulls, which are NaN, are in no range. Without a branch: it would be guessed wrong too often. */
function keepRange(mask: Uint8Array, column: Float32Array | Float64Array, least = -Infinity, most = Infinity): void {
  if (least === -Infinity && most === Infinity) return;
  for (let place = 0; place < mask.length; place++) {
    const value = column[place]!;
    mask[place]! &= Number(value >= least) & Number(value <= most);
  }
}

function keepPrompt(mask: Uint8Array, { promptHigh, promptLow }: CallTable, prompt: string): void {
  const bytes = promptText(prompt);
  const [high, low] = hashText(bytes, 0, bytes.length);
  for (let place = 0; place < mask.length; place++) {
    if (promptLow[place] !== low || promptHigh[place] !== high) mask[place] = 0;
  }
}

function keepWord(mask: Uint8Array, table: CallTable, found: Uint8Array, keys: Uint8Array): void {
  const signature = table.signature.data;
  for (let place = 0; place < mask.length; place++) {
    mask[place]! &= found[signature[place]!]! | ((keys[place >> 3]! >> (place & 7)) & 1);
  }
}
