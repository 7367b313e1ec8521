import { Task } from '@lit/task';
import type { ReactiveControllerHost } from 'lit';
import { LoadErrorEvent, LoadEvent } from '../events.js';
import { watchDaemon } from './live.js';

/** Least time between two live questions. */
const LIVE_GAP_MS = 400;

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
 */
export class DaemonTask<const A extends readonly unknown[], T> {
  /** The last good answer. */
  data: T | undefined;
  /** When it came. */
  loadedAt: Date | undefined;
  /** Why the newest question failed; undefined when it did not. */
  error: unknown;
  pending = false;

  readonly #host: Host;
  readonly #options: Options<A, T>;
  readonly #task: Task<readonly [string, ...A], T>;
  #args: string | undefined;
  #again = false;
  #stopped = false;
  #askedAtMs = -Infinity;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #watched: string | undefined;
  #unwatch: (() => void) | undefined;

  constructor(host: Host, options: Options<A, T>) {
    this.#host = host;
    this.#options = options;
    this.#task = new Task<readonly [string, ...A], T>(host, {
      args: options.args,
      autoRun: false,
      task: (args, { signal }) => options.run(args, signal, this.#again),
      onComplete: (data) => this.#settle(data, undefined),
      onError: (error) => this.#settle(undefined, error),
    });
    host.addController(this);
  }

  hostUpdate(): void {
    if (this.#stopped || !this.#host.isConnected || this.#options.when?.() === false) return;
    const args = this.#options.args();
    if (this.#options.live) this.#watch(args[0]);
    const key = JSON.stringify(args);
    if (key === this.#args) return;
    this.#args = key;
    this.#ask(false);
  }

  hostConnected(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    if (this.#args !== undefined) this.#ask(true);
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    // A move is a disconnect and a connect in one tick, and must not stop us.
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#stopped = true;
      this.#unwatch?.();
      this.#watched = undefined;
      clearTimeout(this.#soon);
      this.#soon = undefined;
      this.#task.abort();
    });
  }

  /** Asks again with the same arguments. */
  readonly refresh = (): void => {
    if (!this.#stopped && this.#args !== undefined) this.#ask(true);
  };

  #ask(again: boolean): void {
    // A question that was replaced before its answer came still counts as not answered.
    this.#again = again || (this.pending && this.#again);
    this.pending = true;
    this.#host.requestUpdate();
    this.#askedAtMs = performance.now();
    void this.#task.run();
  }

  #watch(origin: string): void {
    if (this.#watched === origin) return;
    this.#unwatch?.();
    this.#watched = origin;
    this.#unwatch = watchDaemon(origin, (_, changed) => {
      if (changed) this.#refreshSoon();
    });
  }

  /** News comes in bursts: one question at a time, and a moment between two. */
  #refreshSoon(): void {
    if (this.#soon !== undefined) return;
    const restMs = this.pending ? LIVE_GAP_MS : Math.max(0, this.#askedAtMs + LIVE_GAP_MS - performance.now());
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      if (this.pending) this.#refreshSoon();
      else this.refresh();
    }, restMs);
  }

  #settle(data: T | undefined, error: unknown): void {
    // The element left, and the question with it.
    if (this.#stopped) return;
    this.pending = false;
    this.error = error;
    if (error === undefined) {
      this.data = data;
      this.loadedAt = new Date();
    }
    this.#host.requestUpdate();
    if (this.#options.quiet) return;
    void this.#host.updateComplete.then(() =>
      this.#host.dispatchEvent(error === undefined ? new LoadEvent() : new LoadErrorEvent(error)),
    );
  }
}
