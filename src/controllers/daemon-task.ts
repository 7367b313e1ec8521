import { initialState, Task, TaskStatus } from '@lit/task';
import type { ReactiveControllerHost } from 'lit';
import { LoadErrorEvent, LoadEvent } from '../events.js';
import { watchDaemon } from './live.js';

type Host = ReactiveControllerHost & HTMLElement;

interface Options<A extends readonly unknown[], T> {
  /** First argument: the origin that is asked. Plain data, compared by value; a change runs the task again. */
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
 * `error` tells why the newest question failed; it is undefined when it did not.
 */
export class DaemonTask<const A extends readonly unknown[], T> extends Task<readonly [string, ...A], T> {
  /** The last good answer. */
  data: T | undefined;
  /** When it came. */
  loadedAt: Date | undefined;

  readonly #host: Host;
  readonly #options: Options<A, T>;
  #hasAsked = false;
  #again = false;
  #isResting = false;
  /** News came while a question was on its way: its answer may already be old. */
  #isStale = false;
  #watched: string | undefined;
  #unwatch: (() => void) | undefined;

  constructor(host: Host, options: Options<A, T>) {
    super(host, {
      args: options.args,
      argsEqual: (before, now) => JSON.stringify(before) === JSON.stringify(now),
      task: async (args, { signal }) => {
        if (options.live) this.#watch(args[0]);
        const answer = options.run(args, signal, this.#again);
        await Promise.allSettled([answer]);
        // When the element left, the question went with it.
        return this.#isResting ? initialState : answer;
      },
      onComplete: (data) => {
        this.data = data;
        this.loadedAt = new Date();
        this.#tell(new LoadEvent());
      },
      onError: (error) => this.#tell(new LoadErrorEvent(error)),
    });
    this.#host = host;
    this.#options = options;
  }

  get pending(): boolean {
    return this.status === TaskStatus.PENDING;
  }

  override hostUpdate(): void {
    if (this.#isResting || !this.#host.isConnected || this.#options.when?.() === false) return;
    super.hostUpdate();
  }

  hostConnected(): void {
    // Where the host is connected already, Task's constructor calls this before our own fields are there.
    if (!(#isResting in this) || !this.#isResting) return;
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
      this.#watched = undefined;
      this.abort();
    });
  }

  /** Asks again with the same arguments. */
  readonly refresh = (): void => {
    if (this.#hasAsked && !this.#isResting) void this.run();
  };

  override run(args?: readonly [string, ...A]): Promise<void> {
    this.#hasAsked = true;
    this.#isStale = false;
    // A question that was replaced before its answer came still counts as not answered.
    this.#again = args === undefined || (this.pending && this.#again);
    return super.run(args);
  }

  #watch(origin: string): void {
    if (this.#watched === origin) return;
    this.#unwatch?.();
    this.#watched = origin;
    this.#unwatch = watchDaemon(origin, (_, changed) => {
      // One question at a time, however fast the news comes.
      if (changed && this.pending) this.#isStale = true;
      else if (changed) this.refresh();
    });
  }

  /** What is told is drawn by then. */
  #tell(event: Event): void {
    if (this.#isStale) queueMicrotask(this.refresh);
    if (this.#options.quiet) return;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => this.#host.dispatchEvent(event));
  }
}
