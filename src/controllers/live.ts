import { getStatus, type Status } from '../daemon/status.js';
import { SharedStream } from './shared-stream.js';

/**
 * What a page knows of one daemon while it is open: `/api/status` every few seconds, and the stream of events where the
 * server has one, shared by all elements that ask the same origin. Nothing is asked while the tab is hidden or nobody
 * listens.
 */
export type Pulse =
  | { readonly status: Status; readonly error?: undefined; readonly at: Date }
  | { readonly status?: undefined; readonly error: unknown; readonly at: Date };

/** `changed`: the data may differ from what was drawn before, so that it is worth asking again. */
type Listener = (pulse: Pulse, changed: boolean) => void;

/** Events tell at once; asking finds what they can't, and is all there is where the server has none. */
const PERIOD_MS = 5_000;

/** Who hears the server's stream. */
export interface StreamListener {
  readonly origin: string;
  /** What was told last. */
  readonly pulse: Pulse | undefined;
  /** A newer status; `isNews` where data may differ without a count that would show it. */
  tell(pulse: Pulse, isNews?: boolean): void;
  /** Something may have changed that only an answer tells. */
  ask(): void;
}

class Watch implements StreamListener {
  readonly origin: string;
  pulse: Pulse | undefined;
  readonly #listeners = new Set<Listener>();
  #data: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | undefined;
  #stream: SharedStream | undefined;

  constructor(origin: string) {
    this.origin = origin;
  }

  add(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      document.addEventListener('visibilitychange', this.#onVisibility);
      this.ask();
    } else if (this.pulse !== undefined) {
      listener(this.pulse, false);
    }
    return () => this.#remove(listener);
  }

  #remove(listener: Listener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0) return;
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#rest();
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = undefined;
    this.#stream?.close();
    this.#stream = undefined;
  }

  readonly #onVisibility = (): void => {
    if (document.hidden) this.#rest();
    else this.ask();
  };

  readonly ask = (): void => {
    clearTimeout(this.#timer);
    if (document.hidden || this.#asking !== undefined) return;
    void this.#ask();
  };

  async #ask(): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const status = await getStatus(this.origin, asking.signal);
      if (asking.signal.aborted) return;
      this.tell({ status, at: new Date() });
      // After the first answer: nothing that is drawn at first waits for it.
      if (status.features.includes('events')) this.#stream ??= new SharedStream(this);
    } catch (error) {
      if (asking.signal.aborted) return;
      this.tell({ error, at: new Date() });
    }
    this.#asking = undefined;
    this.#timer = setTimeout(this.ask, PERIOD_MS);
  }

  tell(pulse: Pulse, isNews = false): void {
    const { source, database } = pulse.status ?? {};
    const data = JSON.stringify([source, database?.path, database?.calls, database?.newestCallAt]);
    const changed = isNews || (this.pulse !== undefined && pulse.status !== undefined && data !== this.#data);
    this.pulse = pulse;
    this.#data = data;
    for (const listener of [...this.#listeners]) listener(pulse, changed);
  }
}

const watches = new Map<string, Watch>();

function watchOf(origin: string): Watch {
  let watch = watches.get(origin);
  if (watch === undefined) {
    watch = new Watch(origin);
    watches.set(origin, watch);
  }
  return watch;
}

/**
 * Hears every pulse of an origin until the returned function is called; the last one at once, if there is one. None of
 * an origin that is not known yet, which is empty.
 */
export function watchDaemon(origin: string, listener: Listener): () => void {
  return origin === '' ? () => undefined : watchOf(origin).add(listener);
}

/** What an origin told last; undefined while nothing is known of it. */
export function lastPulse(origin: string): Pulse | undefined {
  return watches.get(origin)?.pulse;
}

/** Asks now instead of at the next beat, for a user who presses "Try again". */
export function askNow(origin: string): void {
  watches.get(origin)?.ask();
}
