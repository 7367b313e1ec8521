import type { ListFilter } from '../api/filter.js';

/** Names of the filter's text language, and which names of the contract they stand for. */

export const LIST_NAMES: Readonly<Record<ListFilter, string>> = {
  project: 'project',
  provider: 'provider',
  model: 'model',
  status: 'status',
  kind: 'kind',
  billing: 'billing',
  attribution: 'attribution',
  error_class: 'error',
  machine: 'machine',
  workdir: 'folder',
};

export const LISTS = Object.keys(LIST_NAMES) as ListFilter[];

export const MEASURES = ['cost', 'tokens', 'latency'] as const;
export type Measure = (typeof MEASURES)[number];

export const FLAGS = ['priced', 'complete', 'repeated'] as const;
export type Flag = (typeof FLAGS)[number];

export const BODY_STATES = ['stored', 'truncated', 'failed', 'none'] as const;

/** Stands for "no value" in a list: calls without a project, a kind. The word itself is written in quotes. */
export const NO_VALUE = 'none';
