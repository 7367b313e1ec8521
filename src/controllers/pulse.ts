import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Status } from '../daemon/status.js';
import { LoadErrorEvent, LoadEvent } from '../events.js';
import { askNow, type Pulse, watchDaemon } from './live.js';

type Host = ReactiveControllerHost & HTMLElement;

/** What the page already hears of a daemon every few seconds, for an element that shows it: it asks nothing itself. */
export class PulseController implements ReactiveController {
  /** The last good answer of this origin. */
  status: Status | undefined;
  /** When it came. */
  loadedAt: Date | undefined;
  /** Why the newest question failed; undefined when it did not. */
  error: unknown;

  readonly #host: Host;
  readonly #origin: () => string;
  #watched: string | undefined;
  #statusOrigin: string | undefined;
  #unwatch: (() => void) | undefined;

  constructor(host: Host, origin: () => string) {
    this.#host = host;
    this.#origin = origin;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const origin = this.#origin();
    if (!this.#host.isConnected || origin === this.#watched) return;
    if (origin !== this.#statusOrigin) this.status = this.loadedAt = this.error = undefined;
    this.#statusOrigin = origin;
    this.#unwatch?.();
    this.#watched = origin;
    this.#unwatch = watchDaemon(origin, this.#onPulse);
  }

  hostDisconnected(): void {
    // A move is a disconnect and a connect in one tick, and must not stop us.
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#unwatch?.();
      this.#unwatch = undefined;
      this.#watched = undefined;
    });
  }

  /** Asks now, for a user who does not want to wait for the next beat. */
  readonly refresh = (): void => {
    if (this.#watched !== undefined) askNow(this.#watched);
  };

  readonly #onPulse = (pulse: Pulse): void => {
    this.error = pulse.error;
    if (pulse.status !== undefined) {
      this.status = pulse.status;
      this.loadedAt = pulse.at;
    }
    this.#host.requestUpdate();
    const event = pulse.status !== undefined ? new LoadEvent() : new LoadErrorEvent(pulse.error);
    void this.#host.updateComplete.then(() => this.#host.dispatchEvent(event));
  };
}
