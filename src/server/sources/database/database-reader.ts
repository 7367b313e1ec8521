import type { WireBodiesAnswer } from '../../../api/body.js';
import type { WireBodySummary } from '../../../api/body-summary.js';
import type { WireCallDetail, WireCallsAnswer } from '../../../api/call.js';
import type { WireFacetsAnswer } from '../../../api/facets.js';
import type { WireGroupsAnswer } from '../../../api/groups.js';
import type { WirePricingAnswer } from '../../../api/pricing.js';
import type { WireProjectsAnswer } from '../../../api/project.js';
import type {
  CallsQuery,
  FilterQuery,
  GroupsQuery,
  PricingQuery,
  RepriceQuery,
  SeriesQuery,
  StripQuery,
} from '../../../api/query.js';
import type { WireRepriceAnswer } from '../../../api/reprice.js';
import type { WireSeriesAnswer } from '../../../api/series.js';
import type { WireStripAnswer } from '../../../api/strip.js';
import type { CaptureConfig } from '../../daemon-config.js';
import type { NoBodyText, SourceChanges, SourceStatus } from '../../source.js';
import { findColumns } from './call-columns.js';
import { CallIndex } from './columns/call-index.js';
import { listWords } from './columns/select-calls.js';
import { Connection, type Snapshot } from './connection.js';
import { drawStrip } from './draw-strip.js';
import { findCall } from './find-call.js';
import { readSlugs, Selections, type IndexContext } from './index-context.js';
import { listCalls } from './list-calls.js';
import { listFacets } from './list-facets.js';
import { listGroups } from './list-groups.js';
import { asksForNewest, NewestCalls } from './list-newest.js';
import { listProjects } from './list-projects.js';
import { listRates } from './list-rates.js';
import { listSeries } from './list-series.js';
import { LocalDays } from './local-days.js';
import { readBodies, readBodyPiece, type BodyPiece } from './read-bodies.js';
import { countChanges, readStatus } from './read-status.js';
import { summarizeBodies } from './summarize-bodies.js';
import { repriceCalls } from './reprice-calls.js';
import { listSearched, searchBodies, type SearchedCalls, type SearchStep } from './search-bodies.js';

/** What a question is answered with besides the database. */
export interface Circumstances {
  readonly nowMs: number;
  /** The daemon's capture settings, null where nobody knows them. */
  readonly config: CaptureConfig | null;
}

/** Zones whose days are remembered. */
const MAX_ZONES = 4;

/**
 * Answers every question of the contract from the daemon's file, in the calling thread. Each answer is of one state
 * of the database; costs and projects that were changed in a large one may be up to half a minute behind, never more:
 * who asks after a long silence waits until changes were looked for. A question that needs the index waits until it is
 * loaded: ask `isReadyFor`, and `advance` it a step at a time, to have the thread
 * for others meanwhile. Throws SourceError and QueryError as `Source` says.
 */
export class DatabaseReader {
  readonly #connection: Connection;
  readonly #index = new CallIndex();
  readonly #selections = new Selections();
  readonly #zones = new Map<string, LocalDays>();

  constructor(path: string, busyTimeoutMs?: number) {
    this.#connection = new Connection(path, busyTimeoutMs);
  }

  status(circumstances: Circumstances): SourceStatus {
    return this.#connection.read((snapshot) => {
      this.#index.catchUp(snapshot, circumstances.nowMs);
      return this.#readStatus(snapshot, circumstances);
    });
  }

  /** What is known while the index is being loaded: all but the figures on bodies. */
  statusSoFar(circumstances: Circumstances): SourceStatus {
    return this.#connection.read((snapshot) => this.#readStatus(snapshot, circumstances));
  }

  projects(circumstances: Circumstances, query: FilterQuery): WireProjectsAnswer {
    return this.#answer(circumstances, query, (context) => listProjects(query, context));
  }

  calls(circumstances: Circumstances, query: CallsQuery): WireCallsAnswer {
    return this.#answer(circumstances, query, (context) => listCalls(query, context));
  }

  /** The first page without the index, a step at a time; null where the query asks for more than the newest calls. */
  newest({ nowMs }: Circumstances, query: CallsQuery): NewestCalls | null {
    if (!asksForNewest(query)) return null;
    return this.#connection.read(({ schema }) => new NewestCalls(query, findColumns(schema), nowMs));
  }

  /** Takes a first page one step further: its answer, `null` where there is none without the index. */
  advanceNewest(newest: NewestCalls): WireCallsAnswer | 'more' | null {
    return this.#connection.read((snapshot) => {
      const columns = findColumns(snapshot.schema);
      return newest.advance(snapshot, columns) ? 'more' : newest.read(snapshot, columns);
    });
  }

  facets(circumstances: Circumstances, query: FilterQuery): WireFacetsAnswer {
    return this.#answer(circumstances, query, (context) => listFacets(query, context));
  }

  series(circumstances: Circumstances, query: SeriesQuery): WireSeriesAnswer {
    return this.#answer(circumstances, query, (context) => listSeries(query, context));
  }

  groups(circumstances: Circumstances, query: GroupsQuery): WireGroupsAnswer {
    return this.#answer(circumstances, query, (context) => listGroups(query, context));
  }

  strip(circumstances: Circumstances, query: StripQuery): WireStripAnswer {
    return this.#answer(circumstances, query, (context) => drawStrip(query, context));
  }

  /** Null where the database has no bodies at all. */
  bodySummary(circumstances: Circumstances, query: FilterQuery): WireBodySummary | null {
    return this.#answer(circumstances, query, (context) => summarizeBodies(query, context, circumstances.config));
  }

  reprice(circumstances: Circumstances, query: RepriceQuery): WireRepriceAnswer {
    return this.#answer(circumstances, query, (context) => repriceCalls(query, context));
  }

  call(_: Circumstances, id: string): WireCallDetail | null {
    return this.#connection.read((snapshot) => findCall(snapshot, findColumns(snapshot.schema), id));
  }

  bodies(context: Circumstances, ids: readonly string[]): WireBodiesAnswer {
    return this.#connection.read((snapshot) => ({ bodies: readBodies(snapshot, ids, context) }));
  }

  bodyPiece(
    context: Circumstances,
    id: string,
    side: 'request' | 'response',
    stretch: { readonly start: number; readonly most: number },
  ): BodyPiece | NoBodyText {
    return this.#connection.read((snapshot) => readBodyPiece(snapshot, id, side, stretch, context));
  }

  /** Null where the database has no bodies at all. */
  listSearched(circumstances: Circumstances, query: FilterQuery): SearchedCalls | null {
    return this.#answer(circumstances, query, (context) => listSearched(query, context));
  }

  /** Looks through the bodies of as many of these calls as some milliseconds allow. */
  searchBodies(_: Circumstances, searched: Pick<SearchedCalls, 'rowids' | 'layout'>, text: string): SearchStep {
    return this.#connection.read((snapshot) => searchBodies(snapshot, findColumns(snapshot.schema), searched, text));
  }

  pricing(circumstances: Circumstances, query: PricingQuery): WirePricingAnswer {
    return this.#answer(circumstances, {}, (context) => listRates(query, context));
  }

  changes({ nowMs }: Circumstances): SourceChanges {
    return this.#connection.read((snapshot) => {
      if (this.#index.isReady(snapshot, nowMs)) this.#index.catchUp(snapshot, nowMs);
      return countChanges(snapshot, findColumns(snapshot.schema), this.#index, nowMs);
    });
  }

  version(): string {
    return `${this.#connection.version()}.${this.#index.revision}`;
  }

  /** Whether a question with this filter can be answered without holding others up. */
  isReadyFor(query: FilterQuery, nowMs: number): boolean {
    return this.#connection.read((snapshot) => {
      if (!this.#index.isReady(snapshot, nowMs)) return false;
      const { words, table } = this.#index;
      return listWords(query).every((word) => words.isKnown(word, table.length));
    });
  }

  /** Looks for the words of a filter in some more calls. */
  searchWords(query: FilterQuery): void {
    this.#connection.read((snapshot) => this.#searchWords(query, snapshot));
  }

  /** How often the index was loaded to its end. */
  get loads(): number {
    return this.#index.loads;
  }

  /** Whether there is anything to do in the background. */
  isBusy(nowMs: number): boolean {
    return this.#index.isBusy(nowMs);
  }

  /** Does one step of what is to be done in the background, some milliseconds long. False where nothing is. */
  advance(nowMs: number): boolean {
    return this.#connection.read(
      (snapshot) => this.#index.advance(snapshot, nowMs) || this.#index.check(snapshot, nowMs, false),
    );
  }

  close(): void {
    this.#connection.close();
  }

  #readStatus(snapshot: Snapshot, circumstances: Circumstances): SourceStatus {
    return readStatus(snapshot, this.#connection.path, findColumns(snapshot.schema), this.#index, circumstances);
  }

  #answer<T>({ nowMs }: Circumstances, query: FilterQuery, answer: (context: IndexContext) => T): T {
    return this.#connection.read((snapshot) => {
      const index = this.#index;
      index.catchUp(snapshot, nowMs);
      while (!listWords(query).every((word) => index.words.isKnown(word, index.table.length))) {
        this.#searchWords(query, snapshot);
      }
      return answer({
        snapshot,
        columns: findColumns(snapshot.schema),
        index,
        slugs: readSlugs(snapshot),
        nowMs,
        selections: this.#selections,
        findDays: (timeZone = 'UTC') => this.#findDays(timeZone),
      });
    });
  }

  #searchWords(query: FilterQuery, snapshot: Snapshot): void {
    const { words, table } = this.#index;
    const word = listWords(query).find((unknown) => !words.isKnown(unknown, table.length));
    if (word !== undefined) words.search(word, snapshot, findColumns(snapshot.schema), table);
  }

  #findDays(timeZone: string): LocalDays {
    const days = this.#zones.get(timeZone) ?? new LocalDays(timeZone);
    this.#zones.delete(timeZone);
    this.#zones.set(timeZone, days);
    if (this.#zones.size > MAX_ZONES) this.#zones.delete(this.#zones.keys().next().value!);
    return days;
  }
}
