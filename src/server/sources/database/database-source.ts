import type { Worker } from 'node:worker_threads';
import type { WireBodiesAnswer } from '../../../api/body.js';
import type { WireCallsAnswer } from '../../../api/call.js';
import type { CallsQuery } from '../../../api/query.js';
import type { CaptureConfig } from '../../daemon-config.js';
import {
  SourceError,
  type BodyText,
  type JsonQuestions,
  type JsonVerb,
  type Source,
  type SourceChanges,
  type SourceStatus,
} from '../../source.js';
import { unpackError, type Answer, type Arguments, type Question, type Reply, type Verb } from './messages.js';
import { startWorker } from './start-worker.js';

export interface DatabaseSourceOptions {
  /** Reads the daemon's capture settings, null where they can't be read. Asked again for every answer they bear on. */
  readonly config?: () => Promise<CaptureConfig | null>;
  /** The clock that `last` and prices in force are counted from, milliseconds since 1970. */
  readonly now?: () => number;
  /** Starts the thread, `startWorker` unless told otherwise. */
  readonly start?: (path: string) => Worker;
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** The daemon's file, read by one connection in a thread of its own. A thread that dies is replaced at the next call. */
class DatabaseSource implements Source {
  readonly #path: string;
  readonly #readConfig: () => Promise<CaptureConfig | null>;
  readonly #now: () => number;
  readonly #startWorker: (path: string) => Worker;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #lastId = 0;
  #isClosed = false;

  constructor(path: string, options: DatabaseSourceOptions) {
    this.#path = path;
    this.#readConfig = options.config ?? (() => Promise.resolve(null));
    this.#now = options.now ?? Date.now;
    this.#startWorker = options.start ?? startWorker;
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
    return this.#ask('bodyText', [id, side], await this.#readConfig());
  }

  json<V extends JsonVerb>(
    verb: V,
    question: JsonQuestions[V],
  ): Promise<Uint8Array<ArrayBuffer> | (V extends 'call' ? null : never)> {
    return this.#send(verb, [question], null, true);
  }

  async version(): Promise<string> {
    const [version, config] = await Promise.all([this.#ask('version', []), this.#readConfig()]);
    return config === null
      ? version
      : `${version}.${Number(config.enabled)}.${config.maxBodyBytes}.${config.retentionDays}`;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#worker = null;
    this.#rejectAll(new SourceError('broken', `The database ${this.#path} is no longer being read.`));
    await worker?.terminate();
  }

  #ask<V extends Verb>(verb: V, rest: Arguments<V>, config: CaptureConfig | null = null): Promise<Answer<V>> {
    return this.#send(verb, rest, config, false);
  }

  #send<A>(verb: Verb, rest: readonly unknown[], config: CaptureConfig | null, asJson: boolean): Promise<A> {
    if (this.#isClosed) {
      return Promise.reject(new SourceError('broken', `The database ${this.#path} is no longer being read.`));
    }
    const worker = (this.#worker ??= this.#start());
    const question: Question = {
      id: ++this.#lastId,
      verb,
      asJson,
      circumstances: { nowMs: this.#now(), config },
      arguments: rest,
    };
    return new Promise((resolve, reject) => {
      worker.postMessage(question);
      worker.ref();
      this.#waiting.set(question.id, { resolve, reject });
    });
  }

  #start(): Worker {
    const worker = this.#startWorker(this.#path);
    worker.on('message', (reply: Reply) => this.#settle(reply));
    worker.on('error', (error: Error) => this.#onDead(worker, error.message));
    worker.on('exit', (code) => this.#onDead(worker, `exit code ${code}`));
    return worker;
  }

  /** A worker keeps the program running only as long as someone waits for it. */
  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if (reply.ok) waiting?.resolve(reply.answer as never);
    else waiting?.reject(unpackError(reply.failure));
  }

  #onDead(worker: Worker, cause: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#rejectAll(
      new SourceError('broken', `Reading the database ${this.#path} broke off (${cause}); trying again may help.`),
    );
  }

  #rejectAll(error: Error): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}

/**
 * A source over the daemon's SQLite file. The file need not be there, or be readable, yet: every call looks again, and
 * rejects with a SourceError as long as it isn't.
 */
export function openDatabaseSource(path: string, options: DatabaseSourceOptions = {}): Promise<Source> {
  return Promise.resolve(new DatabaseSource(path, options));
}
