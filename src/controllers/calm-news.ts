import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Status } from '../daemon/status.js';
import { askNow, type Pulse, watchDaemon } from './live.js';

interface Options {
  readonly origin: () => string;
  /** There is something new to ask for. */
  readonly tell: () => void;
  /** Least time between two news. */
  readonly everyMs: number;
}

/**
 * What the page already hears of a daemon, for an element that asks much and changes little: its status as it is heard,
 * and news of its data no more often than that element wants them.
 */
export class CalmNews implements ReactiveController {
  /** The last good answer of this origin. */
  status: Status | undefined;
  /** Why the newest question failed; undefined when it did not. */
  error: unknown;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: Options;
  #watched: string | undefined;
  #unwatch: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #toldAtMs = 0;

  constructor(host: ReactiveControllerHost & HTMLElement, options: Options) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const origin = this.#options.origin();
    if (!this.#host.isConnected || origin === this.#watched) return;
    this.#rest();
    this.status = this.error = undefined;
    this.#watched = origin;
    // Who begins to watch has just asked.
    this.#toldAtMs = performance.now();
    this.#unwatch = watchDaemon(origin, this.#onPulse);
  }

  hostDisconnected(): void {
    // A move is a disconnect and a connect in one tick, and must not stop us.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#rest();
    });
  }

  /** Asks for the status now, for a user who does not want to wait for the next beat. */
  refresh(): void {
    if (this.#watched !== undefined) askNow(this.#watched);
  }

  #rest(): void {
    this.#unwatch?.();
    this.#unwatch = this.#watched = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #onPulse = (pulse: Pulse, changed: boolean): void => {
    const before = this.status;
    this.error = pulse.error;
    this.status = pulse.status ?? before;
    this.#host.requestUpdate();
    const isElsewhere = before !== undefined && nameSource(before) !== nameSource(this.status!);
    if (isElsewhere) clearTimeout(this.#timer);
    else if (!changed || this.#timer !== undefined) return;
    // Of another source nothing that stands there is true.
    const waitMs = isElsewhere ? 0 : this.#toldAtMs + this.#options.everyMs - performance.now();
    this.#timer = setTimeout(this.#tell, Math.max(0, waitMs));
  };

  readonly #tell = (): void => {
    this.#timer = undefined;
    this.#toldAtMs = performance.now();
    this.#options.tell();
  };
}

function nameSource({ source, waiting, database }: Status): string {
  return `${source} ${waiting} ${database?.path}`;
}
