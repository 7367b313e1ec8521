import type { FilterQuery } from '../../../../api/query.js';
import { microsOfBound } from '../stored-time.js';
import { readSpanMs, readWindow } from '../time-window.js';
import { isUncutBy, type Rule } from './block-sums.js';
import type { CallIndex } from './call-index.js';
import { BODY_MARKS, FLAGS, isUnpriced, MARK } from './call-fields.js';
import type { CallTable, Reals } from './call-table.js';
import { foldCase } from './key-words.js';
import { makeArray } from './large-arrays.js';
import { keepFlags, keepRange, wordsOf, writePassing } from './mask-words.js';
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
  /** What they are chosen by; null where that is more than their signatures, flags and times. */
  readonly rule: Rule | null;
}

/** The calls that a filter lets through. */
export interface Selection extends Chosen {
  /** Bounds of its window in microseconds, `from` inclusive; infinite where it has none. */
  readonly from: number;
  readonly before: number;
}

const MICROS_PER_MS = 1000;

/** Filters that look at more of a call than its signature, its flags and its time. */
const ROW_FILTERS = [
  'min_cost',
  'max_cost',
  'min_latency',
  'max_latency',
  'min_ttft',
  'max_ttft',
  'min_tokens',
  'max_tokens',
  'prompt',
  'repeated_within',
] as const satisfies readonly (keyof FilterQuery)[];

/** The folded words and phrases of a filter, each of which must occur. */
export function listWords(query: FilterQuery): string[] {
  const words = (query.q ?? '').split(/\s+/u).filter((word) => word !== '');
  return [...new Set([...words, ...(query.phrase ?? [])].map(foldCase))];
}

/**
 * Selects the calls of a filter: OR within a name, AND across names. The index is up to date and prepared
 * for the filter, and its words are known. `room` is where the mask may be written, of any length.
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
  const mask = makeMask(table.length, room);
  const window = readWindow(query, nowMs);
  const from = window.from === null ? -Infinity : microsOfBound(window.from);
  const before = window.before === null ? Infinity : microsOfBound(window.before);
  const words = listWords(query).map((word) => ({
    found: findInSignatures(word, table.signatures, slugs),
    keys: index.words.find(word, table),
  }));
  const rule: Rule = { passes: passesOf(query, table, slugs, words), flags: flagsPassing(query), from, before };
  keepRule(mask, table, rule);
  const inKeys = words.flatMap(({ found, keys }) => (keys === null ? [] : [{ found, keys }]));
  const isByRow = inKeys.length > 0 || ROW_FILTERS.some((name) => query[name] !== undefined);
  const chosen = wordsOf(mask);
  if (isByRow) {
    keepRanges(chosen, table, query);
    if (query.prompt !== undefined) keepPrompt(mask, table, query.prompt);
    if (query.repeated_within !== undefined) {
      keepRange(chosen, index.gaps.micros, -Infinity, readSpanMs(query.repeated_within) * MICROS_PER_MS);
    }
    for (const { found, keys } of inKeys) keepWord(mask, table, found, keys);
  }
  const begin = Math.max(mask.indexOf(1), 0);
  const end = mask.lastIndexOf(1) + 1;
  return { mask, begin, end, from, before, rule: isByRow ? null : rule };
}

/** A mask in memory for whole words. */
function makeMask(calls: number, room: Uint8Array<ArrayBuffer> | null): Uint8Array {
  const bytes = Math.ceil(calls / 4) * 4;
  return (room !== null && room.length >= bytes ? room : makeArray(Uint8Array, bytes)).subarray(0, calls);
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
  const passes =
    others.length === 0 ? named : named.map((pass, own) => others.reduce((kept, other) => kept & other[own]!, pass));
  return passes.includes(0) ? passes : null;
}

/** The flags of calls that the filter lets through; null where it asks nothing of them. */
function flagsPassing(query: FilterQuery): Uint8Array | null {
  const states = new Set(query.body_state ?? BODY_MARKS);
  const isKept = (flags: number): boolean => {
    const state = BODY_MARKS[flags & MARK.body]!;
    const hasBody = state === 'stored' || state === 'truncated';
    return (
      states.has(state) &&
      (query.body ?? hasBody) === hasBody &&
      (query.repeated === undefined || query.repeated === (flags & MARK.repeated) > 0) &&
      query.priced !== isUnpriced(flags)
    );
  };
  const passing = Uint8Array.from({ length: FLAGS }, (_, flags) => Number(isKept(flags)));
  return passing.includes(0) ? passing : null;
}

/** Writes the mask of a rule. */
function keepRule(mask: Uint8Array, table: CallTable, { passes, flags, from, before }: Rule): void {
  const words = wordsOf(mask);
  if (passes === null) mask.fill(1);
  else writePassing(words, table.signature.data, passes);
  if (flags !== null) keepFlags(words, table.marks, table.cost.data, flags);
  // No call is behind the last one.
  new Uint8Array(words.buffer, 0, words.byteLength).fill(0, mask.length);
  if (from === -Infinity && before === Infinity) return;
  table.blocks.visit(
    table,
    isUncutBy(from, before),
    ({ first, last }, begin, end) => {
      if (last < from || first >= before) mask.fill(0, begin, end);
    },
    (begin, end) => keepWindow(mask, table.micros, begin, end, { from, before }),
  );
}

function keepWindow(
  mask: Uint8Array,
  micros: Float64Array,
  begin: number,
  end: number,
  { from, before }: Pick<Rule, 'from' | 'before'>,
): void {
  for (let place = begin; place < end; place++) {
    const at = micros[place]!;
    if (!(at >= from && at < before)) mask[place] = 0;
  }
}

function keepRanges(words: Uint32Array, table: CallTable, query: FilterQuery): void {
  const { min_cost, max_cost, min_latency, max_latency, min_ttft, max_ttft, min_tokens, max_tokens } = query;
  const keep = (values: Reals, least = -Infinity, most = Infinity): void => {
    if (least !== -Infinity || most !== Infinity) keepRange(words, values, least, most);
  };
  keep(table.cost.data, min_cost, max_cost);
  keep(table.latencyMs, min_latency, max_latency);
  keep(table.ttftMs.data, min_ttft, max_ttft);
  keep(table.tokenSums.data, min_tokens, max_tokens);
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
