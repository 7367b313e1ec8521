import type { WireBodiesAnswer } from '../api/body.js';
import type { WireSearchHit } from '../api/body-search.js';
import type { WireCallsAnswer } from '../api/call.js';
import type { BodyState } from '../api/body.js';
import type {
  BodySearchQuery,
  CallsQuery,
  FilterQuery,
  GroupsQuery,
  PricingQuery,
  RepriceQuery,
  SeriesQuery,
  StripQuery,
} from '../api/query.js';
import type { WireStatus } from '../api/status.js';

/** Why there is no text of one side of a call. */
export type NoBodyText =
  | { readonly found: 'nothing'; readonly state: BodyState; readonly reason: string | null }
  | { readonly found: 'no-call' };

/** The stored text of one side of a call, or which state explains that there is none. */
export type BodyText =
  | {
      readonly found: 'text';
      readonly bytes: number;
      /** Changes whenever the text may have changed. */
      readonly version: string;
      /** The stored bytes, read as they are asked for. Rejects with a `SourceError` when the text is gone meanwhile. */
      readonly pieces: AsyncIterableIterator<Uint8Array<ArrayBuffer>>;
    }
  | NoBodyText;

/** A search that was begun. Nothing is read before `advance` asks for it, so who asks no more has ended it. */
export interface BodySearch {
  /** Calls of the filter, and how many of them had stored bodies when it began: those are looked through. */
  readonly calls: number;
  readonly of: number;
  /** Looks through some more, newest call first: how many are done now, and what was found in them. */
  advance(): Promise<{ readonly scanned: number; readonly hits: readonly WireSearchHit[] }>;
}

/** What the source itself knows of `/api/status`; the rest (daemon, server) is the app's. */
export type SourceStatus = Pick<WireStatus, 'database' | 'capture' | 'cloud' | 'index' | 'features' | 'notes'>;

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
  readonly bodySummary: FilterQuery;
  readonly reprice: RepriceQuery;
  readonly pricing: PricingQuery;
  readonly call: string;
}

export type JsonVerb = keyof JsonQuestions;

/** Questions that may have no answer: no such call, no bodies at all. */
export type MaybeVerb = 'call' | 'bodySummary';

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
  /** Null when this source has no bodies at all. */
  searchBodies(query: BodySearchQuery): Promise<BodySearch | null>;
  /**
   * The answer to one of these questions as the bytes of its JSON, null when there is no such call or this source has no
   * bodies; rejects with a `ContractError` where it does not have its shape. For what is sent on: no object of it is made in this thread.
   */
  json<V extends JsonVerb>(
    verb: V,
    question: JsonQuestions[V],
  ): Promise<Uint8Array<ArrayBuffer> | (V extends MaybeVerb ? null : never)>;
  /** Changes whenever anything an answer is made of may have changed: what ETags are made of. */
  version(): Promise<string>;
  /** Cheap: to be asked several times a second. */
  changes(): Promise<SourceChanges>;
  close(): Promise<void>;
}

export type SourceFault =
  | 'missing'
  | 'unreadable'
  | 'locked'
  | 'not-a-database'
  | 'damaged'
  | 'wrong-schema'
  | 'broken'
  /** Of a daemon that is read over HTTP: it does not answer, or with nothing usable, or its calls are still being copied. */
  | 'silent'
  | 'unusable'
  | 'copying'
  /** What was asked for is not there, or a daemon that is asked is silent. */
  | 'waiting'
  /** Another source took its place while it was read. */
  | 'replaced';

/** The figures can't be had: answered as 503, with the fault told in words. */
export class SourceError extends Error {
  constructor(
    readonly fault: SourceFault,
    message: string,
  ) {
    super(message);
  }
}
