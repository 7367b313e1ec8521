import type { WireBodiesAnswer } from '../api/body.js';
import type { WireCallsAnswer } from '../api/call.js';
import type { BodySearchQuery, CallsQuery } from '../api/query.js';
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
} from './source.js';

/** A source that is let go of waits so long for who still reads from it. */
const LONGEST_WAIT_MS = 5000;

const REPLACED = 'What is shown comes from elsewhere since this was begun; ask for it again.';

/** One source for as long as it is shown: what is asked of it counts, so that it can be let go of when nothing is. */
class Shown {
  readonly source: Source;
  /** Which of the sources that were shown it is; stands in versions and cursors, so that none fits another's. */
  readonly generation: number;
  /** Added to its own marks, so that no number of an earlier source comes again. */
  readonly firstMark: number;
  readonly #close: () => Promise<void>;
  #closed: Promise<void> | undefined;
  #uses = 0;
  #onIdle: (() => void) | undefined;

  constructor(source: Source, generation: number, firstMark: number, close: () => Promise<void>) {
    this.source = source;
    this.generation = generation;
    this.firstMark = firstMark;
    this.#close = close;
  }

  async use<T>(ask: (source: Source) => Promise<T>): Promise<T> {
    this.begin();
    try {
      return await ask(this.source);
    } finally {
      this.end();
    }
  }

  begin(): void {
    this.#uses += 1;
  }

  end(): void {
    this.#uses -= 1;
    if (this.#uses === 0) this.#onIdle?.();
  }

  /** Closes it once nothing is asked of it any more, or that takes too long. */
  async letGo(): Promise<void> {
    if (this.#uses > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
        setTimeout(resolve, LONGEST_WAIT_MS).unref();
      });
    }
    await this.close();
  }

  /** Closes it at once. */
  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }
}

/**
 * The source that is shown now, where another may take its place at any time: everything is asked of the one that is
 * there, who listens is told that all has to be read anew, and nothing that was begun with one goes on with another.
 */
export class FollowingSource implements Source {
  #shown: Shown;
  /** The highest of the marks that were told. */
  #toldMark = 0;
  readonly #leaving = new Set<Shown>();

  constructor(source: Source, close = (): Promise<void> => source.close()) {
    this.#shown = new Shown(source, 1, 0, close);
  }

  /** Shows another source from now on. The one before is let go of when what was asked of it is answered. */
  show(source: Source, close = (): Promise<void> => source.close()): void {
    const before = this.#shown;
    this.#shown = new Shown(source, before.generation + 1, this.#toldMark + 1, close);
    this.#leaving.add(before);
    void before.letGo().finally(() => this.#leaving.delete(before));
  }

  status(): Promise<SourceStatus> {
    return this.#ask((source) => source.status());
  }

  /** Its cursors are for this method alone. */
  async calls({ cursor, ...query }: CallsQuery): Promise<WireCallsAnswer> {
    const shown = this.#shown;
    const [generation, own] = splitCursor(cursor);
    if (generation !== null && generation !== shown.generation) throw new SourceError('replaced', REPLACED);
    const answer = await shown.use((source) => source.calls(own === undefined ? query : { ...query, cursor: own }));
    const { next_cursor: next } = answer;
    return { ...answer, next_cursor: next === null ? null : `${shown.generation}~${next}` };
  }

  bodies(ids: readonly string[]): Promise<WireBodiesAnswer> {
    return this.#ask((source) => source.bodies(ids));
  }

  async bodyText(id: string, side: 'request' | 'response'): Promise<BodyText> {
    const shown = this.#shown;
    const text = await shown.use((source) => source.bodyText(id, side));
    if (text.found !== 'text') return text;
    const { version, pieces } = text;
    return { ...text, version: `${shown.generation}.${version}`, pieces: readWhile(shown, pieces) };
  }

  async searchBodies(query: BodySearchQuery): Promise<BodySearch | null> {
    const shown = this.#shown;
    const search = await shown.use((source) => source.searchBodies(query));
    if (search === null) return null;
    const advance: BodySearch['advance'] = () => {
      if (shown !== this.#shown) return Promise.reject(new SourceError('replaced', REPLACED));
      return shown.use(() => search.advance());
    };
    return { ...search, advance };
  }

  json<V extends JsonVerb>(
    verb: V,
    question: JsonQuestions[V],
  ): Promise<Uint8Array<ArrayBuffer> | (V extends MaybeVerb ? null : never)> {
    return this.#ask((source) => source.json(verb, question));
  }

  async version(): Promise<string> {
    const { generation } = this.#shown;
    return `${generation}.${await this.#ask((source) => source.version())}`;
  }

  async changes(): Promise<SourceChanges> {
    const shown = this.#shown;
    const { marks, version, ...counts } = await shown.use((source) => source.changes());
    const told = { ...marks, file: marks.file + shown.firstMark };
    // An answer that was overtaken says nothing of what is shown now.
    if (shown === this.#shown) this.#toldMark = Math.max(this.#toldMark, told.file);
    return { ...counts, marks: told, version: `${shown.generation}.${version}` };
  }

  async close(): Promise<void> {
    await Promise.all([this.#shown, ...this.#leaving].map((shown) => shown.close()));
  }

  #ask<T>(ask: (source: Source) => Promise<T>): Promise<T> {
    return this.#shown.use(ask);
  }
}

function splitCursor(cursor: string | undefined): readonly [generation: number | null, own: string | undefined] {
  const [, generation, own] = /^(\d+)~(.*)$/.exec(cursor ?? '') ?? [];
  return generation === undefined ? [null, cursor] : [Number(generation), own];
}

async function* readWhile(
  shown: Shown,
  pieces: AsyncIterableIterator<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  shown.begin();
  try {
    yield* pieces;
  } finally {
    shown.end();
  }
}
