import { callsEvent, type WireCallsEvent } from '../../../api/events.js';
import { statusAnswer, type WireStatus } from '../../../api/status.js';
import { askDaemon, parseJson } from '../../ask-daemon.js';
import { SourceError, type Source, type SourceChanges, type SourceStatus } from '../../source.js';
import { DaemonEvents, type DaemonEvent } from './daemon-events.js';

type DaemonState = WireStatus['daemon'];
type Marks = { -readonly [Name in keyof SourceChanges['marks']]: number };

/** A daemon that is busy is not taken for one that is gone. */
const TIMEOUT_MS = 3000;
/** A status as old as that is as good as a new one. */
const FRESH_MS = 2000;
/** Where the daemon tells of no events, its status is asked so often while somebody listens. */
const POLL_MS = 10_000;
/** A stream that ended is opened again after that, if the daemon still answers. */
const REOPEN_MS = 1000;
/** Who has not asked for changes for so long listens no more. */
const LISTENING_MS = 5000;

export interface ApiSourceParts {
  /** Origin of the daemon. */
  readonly url: string;
  /** It does not answer any more. */
  readonly onLost: () => void;
}

export interface ApiSource extends Source {
  askDaemon(): Promise<DaemonState>;
}

/**
 * A daemon that serves the documented `/api` itself: pages ask it, and this server only tells where, and what is new. So
 * it knows the daemon's status and its events; all other questions are answered by sending them on.
 */
export function openApiSource(parts: ApiSourceParts): ApiSource {
  return new DirectSource(parts);
}

class DirectSource implements ApiSource {
  readonly #parts: ApiSourceParts;
  #asked: { readonly atMs: number; readonly status: Promise<WireStatus> } | null = null;
  #events: DaemonEvents | null = null;
  #stop: NodeJS.Timeout | undefined;
  #reopen: NodeJS.Timeout | undefined;
  readonly #marks: Marks = { insert: 0, cost: 0, project: 0, body: 0, file: 0 };
  /** The newest event; its counts may be ahead of the status. */
  #heard: WireCallsEvent | null = null;
  /** What was told last, by the status or by an event. */
  #told: string | null = null;
  #version: string | null = null;
  #unreachableSince: string | null = null;
  #isClosed = false;

  constructor(parts: ApiSourceParts) {
    this.#parts = parts;
  }

  async status(): Promise<SourceStatus> {
    const { database, capture, cloud, index, features } = await this.#ask(FRESH_MS);
    // Of events this server tells itself, whether or not the daemon does.
    return { database, capture, cloud, index, features: [...new Set([...features, 'events'])] };
  }

  async askDaemon(): Promise<DaemonState> {
    const { url } = this.#parts;
    const told = await this.#ask(FRESH_MS).then(
      ({ daemon }) => daemon,
      () => null,
    );
    return {
      url,
      reachable: told !== null,
      unreachable_since: this.#unreachableSince,
      version: told?.version ?? this.#version,
      active_requests: told?.active_requests ?? null,
    };
  }

  async changes(): Promise<SourceChanges> {
    const status = await this.#ask(this.#events === null ? POLL_MS : Infinity);
    this.#listen(status);
    const { calls = 0, newest_call_at: newestCallAt = null } = this.#heard ?? status.database ?? {};
    // Where the daemon tells no events, a count that grew is all there is to see.
    this.#note(calls, newestCallAt, 'insert');
    return { calls, newestCallAt, version: this.#writeVersion(), marks: { ...this.#marks } };
  }

  version(): Promise<string> {
    return Promise.resolve(this.#writeVersion());
  }

  close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#stop);
    clearTimeout(this.#reopen);
    this.#rest();
    return Promise.resolve();
  }

  readonly calls = (): Promise<never> => this.#refuse();
  readonly bodies = (): Promise<never> => this.#refuse();
  readonly bodyText = (): Promise<never> => this.#refuse();
  readonly searchBodies = (): Promise<never> => this.#refuse();
  readonly json = (): Promise<never> => this.#refuse();

  #refuse(): Promise<never> {
    const message = `The daemon at ${this.#parts.url} answers this itself; this server has no figures of its own.`;
    return Promise.reject(new SourceError('waiting', message));
  }

  #writeVersion(): string {
    return Object.values(this.#marks).join('.');
  }

  /** @throws SourceError where the daemon does not answer as one that serves the API. */
  #ask(oldestMs: number): Promise<WireStatus> {
    const nowMs = performance.now();
    if (this.#asked === null || nowMs - this.#asked.atMs >= oldestMs) {
      this.#asked = { atMs: nowMs, status: this.#read() };
      this.#asked.status.catch(() => undefined);
    }
    return this.#asked.status;
  }

  async #read(): Promise<WireStatus> {
    const answer = await askDaemon(this.#parts.url, '/api/status', { timeoutMs: TIMEOUT_MS });
    const parsed = statusAnswer.safeParse(answer?.status === 200 ? answer.json : null);
    if (!parsed.success) {
      this.#unreachableSince ??= new Date().toISOString();
      this.#rest();
      if (!this.#isClosed) this.#parts.onLost();
      throw new SourceError('waiting', `The daemon at ${this.#parts.url} does not answer any more.`);
    }
    this.#unreachableSince = null;
    this.#version = parsed.data.daemon.version;
    return parsed.data;
  }

  /** Keeps hearing the daemon's events as long as somebody wants to know of changes. */
  #listen({ features }: WireStatus): void {
    if (this.#isClosed) return;
    clearTimeout(this.#stop);
    this.#stop = setTimeout(() => this.#rest(), LISTENING_MS);
    this.#stop.unref();
    if (this.#events !== null || this.#reopen !== undefined || !features.includes('events')) return;
    this.#events = new DaemonEvents({ url: this.#parts.url, hear: this.#hear, onEnd: this.#onEnd });
  }

  #rest(): void {
    this.#events?.close();
    this.#events = this.#heard = null;
    // What happens meanwhile is not heard.
    this.#asked = null;
  }

  readonly #hear = ({ name, data }: DaemonEvent): void => {
    const event = name === 'calls' ? callsEvent.safeParse(parseJson(data)) : null;
    this.#asked = null;
    if (event?.success !== true) return;
    this.#heard = event.data;
    const { calls, newest_call_at: newestCallAt, changed } = event.data;
    this.#told = writeTold(calls, newestCallAt);
    for (const change of changed) this.#marks[change] += 1;
  };

  readonly #onEnd = (): void => {
    this.#events = this.#heard = null;
    this.#asked = null;
    this.#reopen = setTimeout(() => (this.#reopen = undefined), REOPEN_MS);
    this.#reopen.unref();
    // Either it is gone, which the answer tells, or something may have been missed.
    this.#marks.file += 1;
    this.#ask(0).catch(() => undefined);
  };

  #note(calls: number, newestCallAt: string | null, change: keyof Marks): void {
    const told = writeTold(calls, newestCallAt);
    if (this.#told !== null && this.#told !== told) this.#marks[change] += 1;
    this.#told = told;
  }
}

function writeTold(calls: number, newestCallAt: string | null): string {
  return `${calls} ${newestCallAt}`;
}
