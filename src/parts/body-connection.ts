import type { Answer, BodyKey, FromWorker, News, Params, QuestionName, ToWorker } from '../bodies/worker/protocol.js';
import { startWorker } from '../controllers/start-worker.js';

/** Where questions are answered. */
export interface Answerer {
  ask(ask: number, name: QuestionName, params: unknown, signal: AbortSignal): Promise<unknown>;
  end(): void;
}

/**
 * The page's way to the bodies that it has opened. They are held by a worker; where the page may have none, by the page
 * itself, which reads them in small steps and runs no regular expression, since nothing could end one.
 */
export class BodyConnection {
  /** False also before the worker has answered. */
  isInWorker = false;

  readonly #hear: (news: News) => void;
  readonly #answerer: Promise<Answerer>;
  readonly #painting = new Set<BodyKey>();
  #asked = 0;

  /** `workerUrl`: `body-worker.js` beside the element's module. `hear`: what comes unasked. */
  constructor(workerUrl: URL, hear: (news: News) => void) {
    this.#hear = hear;
    this.#answerer = this.#start(workerUrl);
  }

  /**
   * Asks one question. An aborted one is given up at once, and its work is ended.
   * @throws UnreachableError, ProblemError, ContractError, FindError, RangeError; the signal's reason when aborted.
   */
  async ask<Name extends QuestionName>(
    name: Name,
    params: Params<Name>,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Answer<Name>> {
    signal.throwIfAborted();
    const answerer = await this.#answerer;
    signal.throwIfAborted();
    return (await answerer.ask(this.#asked++, name, params, signal)) as Answer<Name>;
  }

  /** Forgets everything. */
  end(): void {
    void this.#answerer.then((answerer) => answerer.end());
  }

  async #start(workerUrl: URL): Promise<Answerer> {
    const tell = (news: News): void => this.#tell(news);
    try {
      const worker = await connectWorker(startWorker(workerUrl, 'hm-bodies'), tell);
      this.isInWorker = true;
      return worker;
    } catch {
      const { startHere } = await import('./body-here.js');
      return startHere(tell);
    }
  }

  #tell(news: News): void {
    this.#hear(news);
    if (news.kind === 'find' || news.meta.isRead || this.#painting.has(news.meta.key)) return;
    // The machine may have two processors: reading at full speed would hold up the first rows.
    const { key } = news.meta;
    this.#painting.add(key);
    requestAnimationFrame(() => {
      setTimeout(() => {
        this.#painting.delete(key);
        void this.ask('painted', { key });
      });
    });
  }
}

interface Asker {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Resolves once the worker says that it is ready; rejects where it can't be had. */
function connectWorker(worker: Worker, tell: (news: News) => void): Promise<Answerer> {
  const waiting = new Map<number, Asker>();
  const send = (message: ToWorker): void => worker.postMessage(message);
  const refuseAll = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
  };
  const answerer: Answerer = {
    ask: async (ask, name, params, signal) => {
      const onAbort = (): void => {
        send({ type: 'cancel', ask });
        waiting.get(ask)!.reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort);
      try {
        return await new Promise((resolve, reject) => {
          waiting.set(ask, { resolve, reject });
          send({ type: 'ask', ask, name, params });
        });
      } finally {
        waiting.delete(ask);
        signal.removeEventListener('abort', onAbort);
      }
    },
    end: () => {
      worker.terminate();
      refuseAll(new DOMException('The bodies were closed.', 'AbortError'));
    },
  };
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === 'ready') return resolve(answerer);
      if (data.type === 'news') return tell(data.news);
      const asker = waiting.get(data.ask);
      // What was given up is refused as well, and nobody waits for that.
      if (asker === undefined) return;
      if (data.type === 'answer') return asker.resolve(data.answer);
      import('../controllers/body-refusal.js').then(({ toError }) => asker.reject(toError(data.refusal)), asker.reject);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const error = new Error(event.message || 'The worker that holds bodies has failed.');
      reject(error);
      refuseAll(error);
    });
  });
}
