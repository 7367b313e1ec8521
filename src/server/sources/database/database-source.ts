import type { WireBodiesAnswer } from '../../../api/body.js';
import type { WireCallsAnswer } from '../../../api/call.js';
import type { BodySearchQuery, CallsQuery } from '../../../api/query.js';
import type { CaptureConfig } from '../../daemon-config.js';
import {
  SourceError,
  type BodySearch,
  type BodyText,
  type JsonQuestions,
  type JsonVerb,
  type MaybeVerb,
  type Source,
  type SourceChanges,
  type SourceStatus,
} from '../../source.js';
import type { Answer, Arguments, Verb } from './messages.js';
import { QuestionLine, type QuestionLineOptions } from './question-line.js';
import type { BodyPiece } from './read-bodies.js';

export interface DatabaseSourceOptions extends QuestionLineOptions {
  /** Reads the daemon's capture settings, null where they can't be read. Asked again for every answer they bear on. */
  readonly config?: () => Promise<CaptureConfig | null>;
  /** The clock that `last` and prices in force are counted from, milliseconds since 1970. */
  readonly now?: () => number;
}

/** Enough to draw the first rows from. */
const FIRST_PIECE_BYTES = 64 * 1024;
const MOST_PIECE_BYTES = 8 * 1024 * 1024;

/** Calls that a step of a search is given: more than it gets through, unless they hold next to nothing. */
const STEP_CALLS = 2000;

/** The daemon's file, read by one connection. */
class DatabaseSource implements Source {
  readonly #line: QuestionLine;
  readonly #readConfig: () => Promise<CaptureConfig | null>;
  readonly #now: () => number;
  /** The last step of any search: they take turns, so that no other question waits for more than one. */
  #step: Promise<unknown> = Promise.resolve();
  #lastId = 0;

  constructor(path: string, options: DatabaseSourceOptions) {
    this.#line = new QuestionLine(path, options);
    this.#readConfig = options.config ?? (() => Promise.resolve(null));
    this.#now = options.now ?? Date.now;
  }

  async status(): Promise<SourceStatus> {
    return this.#ask('status', [], await this.#readConfig());
  }

  calls(query: CallsQuery): Promise<WireCallsAnswer> {
    return this.#ask('calls', [query]);
  }

  changes(): Promise<SourceChanges> {
    return this.#ask('changes', []);
  }

  async bodies(ids: readonly string[]): Promise<WireBodiesAnswer> {
    return this.#ask('bodies', [ids], await this.#readConfig());
  }

  async bodyText(id: string, side: 'request' | 'response'): Promise<BodyText> {
    const stretch = { start: 0, most: FIRST_PIECE_BYTES };
    const first = await this.#ask('bodyPiece', [id, side, stretch], await this.#readConfig());
    if (first.found !== 'text') return first;
    const { totalBytes: bytes, version } = first;
    return { found: 'text', bytes, version, pieces: this.#readPieces(id, side, first) };
  }

  async searchBodies({ text, ...filter }: BodySearchQuery): Promise<BodySearch | null> {
    const searched = await this.#ask('listSearched', [filter]);
    if (searched === null) return null;
    const { rowids, calls, layout } = searched;
    let scanned = 0;
    const advance: BodySearch['advance'] = async () => {
      const rest = { rowids: rowids.slice(scanned, scanned + STEP_CALLS), layout };
      const step = this.#step.then(() => this.#ask('searchBodies', [rest, text]));
      this.#step = step.catch(() => undefined);
      const { scanned: more, hits } = await step;
      scanned += more;
      return { scanned, hits };
    };
    return { calls, of: rowids.length, advance };
  }

  async json<V extends JsonVerb>(
    verb: V,
    question: JsonQuestions[V],
  ): Promise<Uint8Array<ArrayBuffer> | (V extends MaybeVerb ? null : never)> {
    const config = verb === 'bodySummary' ? await this.#readConfig() : null;
    return this.#send(verb, [question], config, true);
  }

  async version(): Promise<string> {
    const [version, config] = await Promise.all([this.#ask('version', []), this.#readConfig()]);
    return config === null ? version : `${version}.${Object.values(config).join('.')}`;
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  /** All of a text: others have their turn between its pieces, and the whole is never in memory. */
  async *#readPieces(
    id: string,
    side: 'request' | 'response',
    first: BodyPiece,
  ): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
    let piece = first;
    for (let start = 0; ;) {
      if (piece.bytes.length > 0) yield piece.bytes;
      start += piece.bytes.length;
      if (start >= first.totalBytes) return;
      // SQLite walks through a text from its beginning each time: the further it is, the more is taken at once.
      const most = Math.min(start * 4, MOST_PIECE_BYTES);
      const next = await this.#ask('bodyPiece', [id, side, { start, most }]);
      if (next.found !== 'text' || next.row !== first.row || next.totalBytes !== first.totalBytes) {
        throw new SourceError('broken', 'The body was changed while it was being read; ask for it again.');
      }
      piece = next;
    }
  }

  #ask<V extends Verb>(verb: V, rest: Arguments<V>, config: CaptureConfig | null = null): Promise<Answer<V>> {
    return this.#send(verb, rest, config, false);
  }

  #send<A>(verb: Verb, rest: readonly unknown[], config: CaptureConfig | null, asJson: boolean): Promise<A> {
    return this.#line.ask<A>({
      id: ++this.#lastId,
      verb,
      asJson,
      circumstances: { nowMs: this.#now(), config },
      arguments: rest,
    });
  }
}

/**
 * A source over the daemon's SQLite file. The file need not be there, or be readable, yet: every call looks again, and
 * rejects with a SourceError as long as it isn't.
 */
export function openDatabaseSource(path: string, options: DatabaseSourceOptions = {}): Promise<Source> {
  return Promise.resolve(new DatabaseSource(path, options));
}
