import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { LoadErrorEvent, LoadEvent } from '../events.js';

type Host = ReactiveControllerHost & HTMLElement;

/** In place of the arguments: there was nothing to ask for when it was to be asked again. */
const PUT_OFF = '';

interface Options<A extends readonly unknown[], T> {
  /**
   * First argument: the origin that is asked, empty while it is not known. Plain data, compared by value; a change runs
   * the task again.
   */
  readonly args: () => readonly [origin: string, ...A];
  /** `again`: the same arguments once more, so that nothing known may be taken for the answer. */
  readonly run: (args: readonly [origin: string, ...A], signal: AbortSignal, again: boolean) => Promise<T>;
  /** Ask again when the daemon has new data. */
  readonly live?: boolean;
  /** False while there is nothing to ask for. */
  readonly when?: () => boolean;
  /** An extra that the element lives without: no events. */
  readonly quiet?: boolean;
}

/**
 * One read of the daemon, tied to an element: asks when its arguments change, lets a newer question win over an older
 * answer, keeps what was drawn while it asks again and when that fails, rests while the element is out of the page.
 */
export class DaemonTask<const A extends readonly unknown[], T> implements ReactiveController {
  /** The last good answer. */
  data: T | undefined;
  /** When it came. */
  loadedAt: Date | undefined;
  /** Why the newest question failed; undefined when it did not. */
  error: unknown;
  /** A question is on its way. */
  pending = false;

  readonly #host: Host;
  readonly #options: Options<A, T>;
  /** The arguments of the newest question, as a text to compare. */
  #asked: string | undefined;
  #asking: AbortController | undefined;
  #again = false;
  #isResting = false;
  /** News came while a question was on its way: its answer may already be old. */
  #isStale = false;
  #watched: string | undefined;
  #unwatch: (() => void) | undefined;

  constructor(host: Host, options: Options<A, T>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostUpdate(): void {
    if (this.#isResting || !this.#host.isConnected || this.#options.when?.() === false) return;
    void this.#ask();
  }

  hostConnected(): void {
    if (!this.#isResting) return;
    this.#isResting = false;
    this.refresh();
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    // A move is a disconnect and a connect in one tick, and must not stop us.
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#isResting = true;
      this.#unwatch?.();
      this.#unwatch = this.#watched = undefined;
      if (this.pending) this.#asking?.abort();
    });
  }

  /** Asks again with the same arguments, as soon as there is something to ask for. */
  readonly refresh = (): void => {
    if (this.#asked === undefined || this.#isResting) return;
    if (this.#options.when?.() === false) this.#asked = PUT_OFF;
    else void this.#ask(true);
  };

  async #ask(again = false): Promise<void> {
    const args = this.#options.args();
    const asked = JSON.stringify(args);
    if (args[0] === '' || (!again && asked === this.#asked)) return;
    // A question that was replaced before its answer came still counts as not answered.
    this.#again = again || this.#asked === PUT_OFF || (this.pending && this.#again);
    if (this.pending) this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#asked = asked;
    this.#isStale = false;
    this.pending = true;
    this.#host.requestUpdate();
    let data: T | undefined;
    let error: unknown;
    let event: Event = new LoadEvent();
    try {
      data = await this.#options.run(args, asking.signal, this.#again);
    } catch (failure) {
      error = failure;
      event = new LoadErrorEvent(failure);
    }
    if (this.#asking !== asking) return;
    this.pending = false;
    this.#host.requestUpdate();
    // When the element left, the question went with it.
    if (this.#isResting) return;
    this.error = error;
    if (event instanceof LoadEvent) {
      this.data = data;
      this.loadedAt = new Date();
    }
    if (this.#isStale) queueMicrotask(this.refresh);
    // What is told is drawn by then.
    await this.#host.updateComplete;
    if (this.#options.live && !this.#isResting) void this.#watch(args[0]);
    if (!this.#options.quiet) this.#host.dispatchEvent(event);
  }

  /** What tells of news comes after what is drawn first, and in a file of its own. */
  async #watch(origin: string): Promise<void> {
    if (this.#watched === origin) return;
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#watched = origin;
    const live = await import('./live.js').catch(() => undefined);
    if (this.#watched !== origin || this.#unwatch !== undefined) return;
    // Where it can't be had, the next question tries again.
    if (live === undefined) this.#watched = undefined;
    this.#unwatch = live?.watchDaemon(origin, (_, changed) => {
      // One question at a time, however fast the news comes.
      if (changed && this.pending) this.#isStale = true;
      else if (changed) this.refresh();
    });
  }
}
