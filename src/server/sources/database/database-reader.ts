import type { WireBodiesAnswer } from '../../../api/body.js';
import type { WireCallDetail, WireCallsAnswer } from '../../../api/call.js';
import type { WireFacetsAnswer } from '../../../api/facets.js';
import type { WirePricingAnswer } from '../../../api/pricing.js';
import type { WireProjectsAnswer } from '../../../api/project.js';
import type { CallsQuery, FilterQuery, PricingQuery } from '../../../api/query.js';
import type { CaptureConfig } from '../../daemon-config.js';
import type { BodyText, SourceStatus } from '../../source.js';
import { BodyIndex } from './body-index.js';
import { findColumns } from './call-columns.js';
import type { FilterContext } from './call-filter.js';
import { Connection, type Snapshot } from './connection.js';
import { findCall } from './find-call.js';
import { listCalls } from './list-calls.js';
import { listFacets } from './list-facets.js';
import { listProjects } from './list-projects.js';
import { listRates } from './list-rates.js';
import { Memory } from './memory.js';
import { readBodies, readBodyText } from './read-bodies.js';
import { readStatus } from './read-status.js';
import { WordIndex } from './word-index.js';

/** What a question is answered with besides the database. */
export interface Circumstances {
  readonly nowMs: number;
  /** The daemon's capture settings, null where nobody knows them. */
  readonly config: CaptureConfig | null;
}

/**
 * Answers every question of the contract from the daemon's file, in the calling thread. Each answer is of one state
 * of the database. Throws SourceError and QueryError as `Source` says.
 */
export class DatabaseReader {
  readonly #connection: Connection;
  readonly #memory = new Memory();
  readonly #words = new WordIndex();
  readonly #bodies = new BodyIndex();

  constructor(path: string) {
    this.#connection = new Connection(path);
  }

  status({ config }: Circumstances): SourceStatus {
    const { path } = this.#connection;
    return this.#connection.read((snapshot) =>
      readStatus(snapshot, path, findColumns(snapshot.schema), this.#bodies, config),
    );
  }

  projects({ nowMs }: Circumstances, query: FilterQuery): WireProjectsAnswer {
    return this.#connection.read((snapshot) =>
      listProjects(query, this.#filterContext(snapshot, nowMs), this.#bodies, this.#memory),
    );
  }

  calls({ nowMs }: Circumstances, query: CallsQuery): WireCallsAnswer {
    return this.#connection.read((snapshot) => listCalls(query, this.#filterContext(snapshot, nowMs), this.#memory));
  }

  facets({ nowMs }: Circumstances, query: FilterQuery): WireFacetsAnswer {
    return this.#connection.read((snapshot) => listFacets(query, this.#filterContext(snapshot, nowMs), this.#memory));
  }

  call(_: Circumstances, id: string): WireCallDetail | null {
    return this.#connection.read((snapshot) => findCall(snapshot, findColumns(snapshot.schema), id));
  }

  bodies(context: Circumstances, ids: readonly string[]): WireBodiesAnswer {
    return this.#connection.read((snapshot) => ({ bodies: readBodies(snapshot, ids, context) }));
  }

  bodyText(context: Circumstances, id: string, side: 'request' | 'response'): BodyText {
    return this.#connection.read((snapshot) => readBodyText(snapshot, id, side, context));
  }

  pricing({ nowMs }: Circumstances, query: PricingQuery): WirePricingAnswer {
    return this.#connection.read((snapshot) =>
      listRates(query, snapshot, findColumns(snapshot.schema), this.#memory, nowMs),
    );
  }

  version(): string {
    return this.#connection.version();
  }

  close(): void {
    this.#connection.close();
  }

  #filterContext(snapshot: Snapshot, nowMs: number): FilterContext {
    return { snapshot, columns: findColumns(snapshot.schema), words: this.#words, nowMs };
  }
}
