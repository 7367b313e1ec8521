import type { Worker } from 'node:worker_threads';
import { SourceError } from '../../source.js';
import { unpackError, type Question, type Reply } from './messages.js';
import { isLarge, LARGE_BYTES, readHere, readInThread, type Reader } from './start-reader.js';
import { startWorker } from './start-worker.js';

export interface QuestionLineOptions {
  /** Starts the thread, `startWorker` unless told otherwise. */
  readonly start?: (path: string) => Worker;
  /** Bytes of a database from which on it is read in a thread, LARGE_BYTES unless told otherwise. */
  readonly largeBytes?: number;
}

/** A reader that has not ended by itself by then is ended from outside. */
const END_MS = 2000;

interface Waiting {
  readonly question: Question;
  readonly reader: Reader;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Takes questions to whoever reads the database: this thread as long as it is small, and a thread of its own from when it
 * is large or another program holds it locked. A reader that dies is replaced at the next question.
 */
export class QuestionLine {
  readonly #path: string;
  readonly #startWorker: (path: string) => Worker;
  readonly #largeBytes: number;
  readonly #waiting = new Map<number, Waiting>();
  /** Everyone who has not ended, with what is to be done then. */
  readonly #readers = new Map<Reader, () => void>();
  #reader: Reader | null = null;
  #needsThread = false;
  #isClosed = false;

  constructor(path: string, { start = startWorker, largeBytes = LARGE_BYTES }: QuestionLineOptions) {
    this.#path = path;
    this.#startWorker = start;
    this.#largeBytes = largeBytes;
  }

  ask<A>(question: Question): Promise<A> {
    if (this.#isClosed) return Promise.reject(this.#closedError());
    return new Promise<A>((resolve, reject) => this.#put(question, resolve, reject));
  }

  /** Rejects whoever waits, and lets every reader end. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#reader = null;
    this.#reject(() => true, this.#closedError());
    await Promise.all([...this.#readers.keys()].map((reader) => this.#end(reader)));
  }

  #put(question: Question, resolve: Waiting['resolve'], reject: Waiting['reject']): void {
    const reader = this.#find();
    reader.ask(question);
    reader.keepRunning(true);
    this.#waiting.set(question.id, { question, reader, resolve, reject });
  }

  #find(): Reader {
    this.#needsThread ||= isLarge(this.#path, this.#largeBytes);
    const left = this.#reader;
    if (left !== null && (left.isPatient || !this.#needsThread)) return left;
    this.#reader = this.#start();
    if (left !== null) this.#release(left);
    return this.#reader;
  }

  #start(): Reader {
    const events = {
      onReply: (reply: Reply) => this.#settle(reply),
      onEnd: (cause: string) => this.#onEnd(reader, cause),
    };
    const reader: Reader = this.#needsThread
      ? readInThread(this.#startWorker(this.#path), events)
      : readHere(this.#path, events);
    this.#readers.set(reader, () => undefined);
    return reader;
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    if (waiting === undefined) return;
    this.#waiting.delete(reply.id);
    const { question, reader, resolve, reject } = waiting;
    if (reply.ok) resolve(reply.answer as never);
    else {
      const error = unpackError(reply.failure);
      if (!reader.isPatient && error instanceof SourceError && error.fault === 'locked') {
        this.#needsThread = true;
        this.#put(question, resolve, reject);
      } else reject(error);
    }
    this.#release(reader);
  }

  /** A reader keeps the program running only as long as someone waits for it; one that was left then ends. */
  #release(reader: Reader): void {
    if ([...this.#waiting.values()].some((waiting) => waiting.reader === reader)) return;
    if (reader === this.#reader) reader.keepRunning(false);
    else if (this.#readers.has(reader)) reader.end();
  }

  async #end(reader: Reader): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#readers.set(reader, resolve));
    reader.end();
    const late = setTimeout(() => reader.kill(), END_MS);
    await ended;
    clearTimeout(late);
  }

  #onEnd(reader: Reader, cause: string): void {
    this.#readers.get(reader)?.();
    this.#readers.delete(reader);
    if (this.#reader === reader) this.#reader = null;
    this.#reject(
      (waiting) => waiting.reader === reader,
      new SourceError('broken', `Reading the database ${this.#path} broke off (${cause}); trying again may help.`),
    );
  }

  #reject(isMeant: (waiting: Waiting) => boolean, error: Error): void {
    for (const [id, waiting] of this.#waiting) {
      if (!isMeant(waiting)) continue;
      this.#waiting.delete(id);
      waiting.reject(error);
    }
  }

  #closedError(): SourceError {
    return new SourceError('broken', `The database ${this.#path} is no longer being read.`);
  }
}
