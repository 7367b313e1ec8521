import { LIST_FILTERS, type ListFilter } from '../../../../api/filter.js';
import type { FilterQuery } from '../../../../api/query.js';
import { foldCase } from './key-words.js';
import type { SignatureField, SignatureTable } from './signature-table.js';
import { matchesPattern } from './wildcard.js';

/** Slugs of projects by their ids. A call whose project has no row goes by the project's id. */
export type Slugs = ReadonlyMap<string, string>;

const FIELDS: Readonly<Record<ListFilter, SignatureField>> = {
  project: 'projectId',
  provider: 'provider',
  model: 'model',
  status: 'status',
  kind: 'kind',
  mode: 'mode',
  billing: 'billing',
  attribution: 'attribution',
  error_class: 'errorClass',
  error_code: 'errorCode',
  http_status: 'httpStatus',
  machine: 'machine',
  workdir: 'workdir',
  rates_source: 'ratesSource',
};

/** The field that a filter is over. */
export function fieldOf(name: ListFilter): SignatureField {
  return FIELDS[name];
}

/** Fields in which words are looked for, besides ids and keys. */
const WORD_FIELDS: readonly SignatureField[] = ['projectId', 'model', 'workdir', 'machine', 'errorCode'];

/** The values of a filter's field as the contract shows them, by the dictionary's codes; and the code of each signature. */
export function listValues(
  signatures: SignatureTable,
  name: ListFilter,
  slugs: Slugs,
): { readonly values: readonly (string | null)[]; readonly codes: readonly number[] } {
  const field = FIELDS[name];
  return { values: showValues(signatures, field, slugs), codes: signatures.codes(field) };
}

function showValues(signatures: SignatureTable, field: SignatureField, slugs: Slugs): readonly (string | null)[] {
  const values = signatures.values(field);
  if (field !== 'projectId') return values;
  return values.map((id) => (id === null ? null : (slugs.get(id) ?? id)));
}

/** For each signature, how many of the named filters it fails, and which one if it is one alone. */
export interface Verdicts {
  /** 1 where all filters let it through. */
  readonly passes: Uint8Array;
  /** 1 where all but this name's filter let it through. */
  passesBut(name: ListFilter): Uint8Array;
}

/** Judges every signature by the filters over lists of values. */
export function judgeSignatures(query: FilterQuery, signatures: SignatureTable, slugs: Slugs): Verdicts {
  const failed = new Uint8Array(signatures.size);
  const verdicts = new Map<ListFilter, Uint8Array>();
  for (const name of LIST_FILTERS) {
    const test = testName(query, name);
    if (test === null) continue;
    const { values, codes } = listValues(signatures, name, slugs);
    const isWanted = values.map(test);
    const passes = new Uint8Array(signatures.size);
    for (let signature = 0; signature < failed.length; signature++) {
      if (isWanted[codes[signature]!]) passes[signature] = 1;
      else failed[signature]! += 1;
    }
    verdicts.set(name, passes);
  }
  return {
    passes: failed.map((count) => Number(count === 0)),
    passesBut(name) {
      const own = verdicts.get(name);
      if (own === undefined) return this.passes;
      return failed.map((count, signature) => Number(count + own[signature]! === 1 || count === 0));
    },
  };
}

/** What a value must be to pass the filters of one name; null where there are none. */
export function testName(query: FilterQuery, name: ListFilter): ((value: string | null) => boolean) | null {
  const given = name === 'billing' ? query.billing?.map((basis) => basis ?? 'api') : query[name];
  const named = (list: FilterQuery['like']): (string | null)[] =>
    (list ?? []).filter((item) => item.name === name).map(({ value }) => value);
  const like = named(query.like);
  const not = new Set(named(query.not).map((value) => (name === 'billing' ? (value ?? 'api') : value)));
  const notLike = named(query.not_like);
  if (given === undefined && like.length + not.size + notLike.length === 0) return null;
  const exact = new Set(given);
  const matches = (value: string | null, patterns: readonly (string | null)[]): boolean =>
    value !== null && patterns.some((pattern) => matchesPattern(value, pattern ?? ''));
  return (value) => {
    const isWanted = (given === undefined && like.length === 0) || exact.has(value) || matches(value, like);
    return isWanted && !not.has(value) && !matches(value, notLike);
  };
}

/** 1 for each signature in one of whose texts the folded word stands. */
export function findInSignatures(word: string, signatures: SignatureTable, slugs: Slugs): Uint8Array {
  const found = new Uint8Array(signatures.size);
  for (const field of WORD_FIELDS) {
    const hits = showValues(signatures, field, slugs).map((value) => value !== null && foldCase(value).includes(word));
    if (!hits.includes(true)) continue;
    for (const [signature, code] of signatures.codes(field).entries()) if (hits[code]) found[signature] = 1;
  }
  return found;
}
