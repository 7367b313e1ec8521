import { QueryError } from '../../../api/query-error.js';
import { ContractError } from '../../contract.js';
import { SourceError, type SourceFault } from '../../source.js';
import type { Circumstances, DatabaseReader } from './database-reader.js';

/** What the worker can be asked: the reader's verbs that answer. */
export type Verb =
  | 'status'
  | 'projects'
  | 'calls'
  | 'facets'
  | 'series'
  | 'groups'
  | 'strip'
  | 'bodySummary'
  | 'reprice'
  | 'call'
  | 'bodies'
  | 'bodyPiece'
  | 'listSearched'
  | 'searchBodies'
  | 'pricing'
  | 'changes'
  | 'version';

type Rest<T extends unknown[]> = T extends [unknown, ...infer R] ? R : [];
export type Arguments<V extends Verb> = Rest<Parameters<DatabaseReader[V]>>;
export type Answer<V extends Verb> = ReturnType<DatabaseReader[V]>;

export interface Question {
  readonly id: number;
  readonly verb: Verb;
  /** Whether the answer is wanted as bytes of JSON that keep the contract. */
  readonly asJson: boolean;
  readonly circumstances: Circumstances;
  readonly arguments: readonly unknown[];
}

export type Reply =
  | { readonly id: number; readonly ok: true; readonly answer: unknown }
  | { readonly id: number; readonly ok: false; readonly failure: Failure };

/** An error on its way between threads, where classes get lost. */
export type Failure =
  | { readonly kind: 'source'; readonly fault: SourceFault; readonly message: string }
  | { readonly kind: 'query'; readonly parameter: string; readonly message: string }
  | { readonly kind: 'contract'; readonly places: readonly string[] }
  | { readonly kind: 'other'; readonly message: string };

export function packError(error: unknown): Failure {
  if (error instanceof SourceError) return { kind: 'source', fault: error.fault, message: error.message };
  if (error instanceof QueryError) return { kind: 'query', parameter: error.parameter, message: error.message };
  if (error instanceof ContractError) return { kind: 'contract', places: error.places };
  return { kind: 'other', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

export function unpackError(failure: Failure): Error {
  switch (failure.kind) {
    case 'source':
      return new SourceError(failure.fault, failure.message);
    case 'query':
      return new QueryError(failure.parameter, failure.message);
    case 'contract':
      return new ContractError(failure.places);
    case 'other':
      return new Error(failure.message);
  }
}
