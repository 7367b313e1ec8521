import type { WireBodiesAnswer } from '../api/body.js';
import type { WireCallsAnswer } from '../api/call.js';
import type { BodyState } from '../api/body.js';
import type { CallsQuery, FilterQuery, GroupsQuery, PricingQuery, SeriesQuery, StripQuery } from '../api/query.js';
import type { WireStatus } from '../api/status.js';

/** The stored characters of one side of a call, or which state explains that there are none. */
export type BodyText =
  | { readonly found: 'text'; readonly text: string }
  | { readonly found: 'nothing'; readonly state: BodyState; readonly reason: string | null }
  | { readonly found: 'no-call' };

/** What the source itself knows of `/api/status`; the rest (daemon, server) is the app's. */
export type SourceStatus = Pick<WireStatus, 'database' | 'capture' | 'cloud' | 'index' | 'features'>;

/** What a listener compares with what it knew: any other `version` or mark tells that something changed. */
export interface SourceChanges {
  readonly calls: number;
  readonly newestCallAt: string | null;
  readonly version: string;
  /** Numbers that change when calls came, costs, projects or bodies of calls were changed, or all was read anew. */
  readonly marks: Readonly<Record<'insert' | 'cost' | 'project' | 'body' | 'file', number>>;
}

/** What is asked for the answers that the API sends as they are, by their verbs. */
export interface JsonQuestions {
  readonly projects: FilterQuery;
  readonly calls: CallsQuery;
  readonly facets: FilterQuery;
  readonly series: SeriesQuery;
  readonly groups: GroupsQuery;
  readonly strip: StripQuery;
  readonly pricing: PricingQuery;
  readonly call: string;
}

export type JsonVerb = keyof JsonQuestions;

/**
 * Where the figures come from: one verb per endpoint. Every method rejects with a `SourceError` when the figures can't
 * be had, and with a `QueryError` when a parameter makes no sense to it.
 */
export interface Source {
  status(): Promise<SourceStatus>;
  calls(query: CallsQuery): Promise<WireCallsAnswer>;
  /** In the order of the ids; an unknown id is a `QueryError` that names `call`. */
  bodies(ids: readonly string[]): Promise<WireBodiesAnswer>;
  bodyText(id: string, side: 'request' | 'response'): Promise<BodyText>;
  /**
   * The answer to one of these questions as the bytes of its JSON, null when there is no such call; rejects with a
   * `ContractError` where it does not have its shape. For what is sent on: no object of it is made in this thread.
   */
  json<V extends JsonVerb>(
    verb: V,
    question: JsonQuestions[V],
  ): Promise<Uint8Array<ArrayBuffer> | (V extends 'call' ? null : never)>;
  /** Changes whenever anything an answer is made of may have changed: what ETags are made of. */
  version(): Promise<string>;
  /** Cheap: to be asked several times a second. */
  changes(): Promise<SourceChanges>;
  close(): Promise<void>;
}

export type SourceFault =
  'missing' | 'unreadable' | 'locked' | 'not-a-database' | 'damaged' | 'wrong-schema' | 'broken';

/** The figures can't be had: answered as 503, with the fault told in words. */
export class SourceError extends Error {
  constructor(
    readonly fault: SourceFault,
    message: string,
  ) {
    super(message);
  }
}
