import { FindError } from '../find-error.js';
import { type Pattern, TextSearch } from '../find-pattern.js';

/**
 * Regular expressions that people write can run for ever, and only ending their thread ends them. So they run in a worker
 * that has nothing else to do.
 */
export interface PatternTask {
  readonly pattern: Pattern;
  readonly texts: readonly string[];
}

/** Matches of some of the texts, or the end. Each match is three numbers: which text, start and end. */
export interface PatternNews {
  readonly matches: Uint32Array;
  readonly isDone: boolean;
}

/** The thread that a search runs in, as its owner sees it. */
export interface PatternThread {
  send(task: PatternTask): void;
  /** Gets what the thread says; null once it is ready, or an error that it died of. */
  receive: (news: PatternNews | null | Error) => void;
  end(): void;
}

export const LONGEST_SILENCE_MS = 2_000;
const NEWS_EVERY_MS = 50;
const MOST_IN_NEWS = 20_000;

/** In the thread: searches, and says now and then what it has found. */
export function searchPattern({ pattern, texts }: PatternTask, tell: (news: PatternNews) => void): void {
  let found: number[] = [];
  let toldMs = performance.now();
  const give = (isDone: boolean): void => {
    tell({ matches: Uint32Array.from(found), isDone });
    found = [];
    toldMs = performance.now();
  };
  for (const [index, text] of texts.entries()) {
    const search = new TextSearch(pattern, text);
    for (let match = search.next(); match !== null; match = search.next()) {
      found.push(index, match.start, match.end);
      if (found.length >= MOST_IN_NEWS * 3 || performance.now() - toldMs > NEWS_EVERY_MS) give(false);
    }
    if (performance.now() - toldMs > NEWS_EVERY_MS) give(false);
  }
  give(true);
}

/** The owner's side: one thread, started when first needed and ended when it is silent for too long. */
export class PatternRunner {
  readonly #start: (() => PatternThread) | null;
  #thread: Promise<PatternThread> | null = null;

  /** Null: there can be no thread here. */
  constructor(start: (() => PatternThread) | null) {
    this.#start = start;
  }

  /** @throws FindError when it takes too long or can't be run; the signal's reason when aborted. */
  async run(task: PatternTask, take: (matches: Uint32Array) => void, signal: AbortSignal): Promise<void> {
    if (this.#start === null) throw new FindError('regular expressions need a worker, and this page allows none.');
    this.#thread ??= startThread(this.#start);
    const thread = await this.#thread.catch((error: unknown) => {
      this.#thread = null;
      throw new FindError(`regular expressions need a worker, and none could be started: ${String(error)}`);
    });
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const leave = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      };
      const giveUp = (reason: Error): void => {
        leave();
        this.end();
        reject(reason);
      };
      const onAbort = (): void => giveUp(signal.reason as Error);
      const watch = (): void => {
        clearTimeout(timer);
        const seconds = LONGEST_SILENCE_MS / 1_000;
        timer = setTimeout(() => giveUp(new FindError(`took longer than ${seconds} s.`)), LONGEST_SILENCE_MS);
      };
      signal.addEventListener('abort', onAbort);
      thread.receive = (news) => {
        if (news === null) return;
        if (news instanceof Error) return giveUp(news);
        take(news.matches);
        if (!news.isDone) return watch();
        leave();
        resolve();
      };
      watch();
      thread.send(task);
    });
  }

  end(): void {
    void this.#thread?.then((thread) => thread.end());
    this.#thread = null;
  }
}

function startThread(start: () => PatternThread): Promise<PatternThread> {
  return new Promise((resolve, reject) => {
    const thread = start();
    thread.receive = (news) => (news instanceof Error ? reject(news) : resolve(thread));
  });
}
