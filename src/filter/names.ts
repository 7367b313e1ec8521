import type { ListFilter } from '../api/filter.js';

/** Names of the filter's text language, and which names of the contract they stand for. */

export const LIST_NAMES: Readonly<Record<ListFilter, string>> = {
  project: 'project',
  provider: 'provider',
  model: 'model',
  status: 'status',
  kind: 'kind',
  mode: 'mode',
  billing: 'billing',
  attribution: 'attribution',
  error_class: 'error',
  error_code: 'error_code',
  http_status: 'code',
  machine: 'machine',
  workdir: 'folder',
  rates_source: 'rates',
};

export const LISTS = Object.keys(LIST_NAMES) as ListFilter[];

/** Amounts that a filter bounds from both sides: millicents, tokens, milliseconds. */
export const MEASURES = ['cost', 'tokens', 'latency', 'ttft'] as const;
export type Measure = (typeof MEASURES)[number];

export const FLAGS = ['priced', 'complete', 'repeated'] as const;
export type Flag = (typeof FLAGS)[number];

/** `repeated:10m`: the contract's `repeated_within`. */
export const REPEAT_SPAN = /^[1-9]\d{0,5}[smhd]$/;

export const BODY_STATES = ['stored', 'truncated', 'failed', 'none'] as const;

/** Stands for "no value" in a list: calls without a project, a kind. The word itself is written in quotes. */
export const NO_VALUE = 'none';

/** The language's name of a list, or the contract's. */
const CONTRACT_LISTS = new Map(LISTS.flatMap((list) => [[LIST_NAMES[list], list] as const, [list, list] as const]));

/** Every name of the language, in the order in which it is offered. */
export const NAMES = [
  ...LISTS.map((list) => LIST_NAMES[list]),
  ...MEASURES,
  'body',
  ...FLAGS,
  'last',
  'since',
  'until',
  'on',
  'tz',
  'prompt',
  'words',
];

export const isKnown = (name: string): boolean => CONTRACT_LISTS.has(name) || NAMES.includes(name);

/** The contract's name of a list, null for every other name. */
export const listOf = (name: string): (typeof LISTS)[number] | null => CONTRACT_LISTS.get(name) ?? null;
