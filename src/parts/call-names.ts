import type { CallDetail } from '../daemon/one-call.js';
import { ProblemError } from '../daemon/errors.js';
import type { StripHost } from './cost-strip.js';
import { DaemonTask } from '../controllers/daemon-task.js';

/** Calls by id; null where there is none of that id. */
export type NamedCalls = ReadonlyMap<string, CallDetail | null>;

interface Options {
  readonly origin: () => string;
  /** Ids of the calls that are marked. */
  readonly chosen: () => readonly string[];
}

/** A pointer that only passes over a call asks nothing. */
const REST_MS = 60;
/** Enough for a pointer that goes back and forth. */
const KEPT_CALLS = 200;

/** Reads the calls that the strip names: those that are marked, and the one under a resting pointer. */
export class CallNames {
  readonly #host: StripHost;
  readonly #task: DaemonTask<[ids: readonly string[]], NamedCalls>;
  readonly #calls = new Map<string, CallDetail | null>();
  #origin = '';
  #pointed: string | null = null;
  #rested: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: StripHost, { origin, chosen }: Options) {
    this.#host = host;
    this.#task = new DaemonTask(host, {
      args: () => [origin(), this.#rested === null ? chosen() : [...chosen(), this.#rested]],
      run: ([asked, ids], signal) => this.#read(asked, ids, signal),
      when: () => this.#rested !== null || chosen().length > 0,
      quiet: true,
    });
  }

  get known(): NamedCalls {
    return this.#task.data ?? this.#calls;
  }

  /** The pointer is over this call now, or over none. */
  point(id: string | null): void {
    if (id === this.#pointed) return;
    this.#pointed = id;
    clearTimeout(this.#timer);
    if (id === null || this.#calls.has(id)) return;
    this.#timer = setTimeout(() => {
      this.#rested = id;
      this.#host.requestUpdate();
    }, REST_MS);
  }

  async #read(origin: string, ids: readonly string[], signal: AbortSignal): Promise<NamedCalls> {
    if (origin !== this.#origin) this.#calls.clear();
    this.#origin = origin;
    await Promise.all(
      ids.map(async (id) => {
        if (!this.#calls.has(id)) this.#calls.set(id, await readCall(origin, id, signal));
      }),
    );
    for (const id of this.#calls.keys()) {
      if (this.#calls.size <= KEPT_CALLS) break;
      if (!ids.includes(id)) this.#calls.delete(id);
    }
    return this.#calls;
  }
}

async function readCall(origin: string, id: string, signal: AbortSignal): Promise<CallDetail | null> {
  // A strip that nobody points at, and of which no call is chosen, needs no more than itself.
  const { getCall } = await import('../daemon/one-call.js');
  try {
    return await getCall(origin, id, signal);
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return null;
    throw error;
  }
}
