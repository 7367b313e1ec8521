import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LazyPart } from '../controllers/lazy-part.js';

/** What hears a key or a click that came before it was there, and where that was. */
interface Hearing {
  hear(event: Event, path: readonly EventTarget[]): unknown;
}

type Sign = 'pointermove' | 'focusin' | 'keydown' | 'click';

/** Waits for the first sign of a user before it loads what hears them. Signs given meanwhile are heard then. */
export class EarlyInput implements ReactiveController {
  readonly #part: LazyPart<Hearing>;
  readonly #signs: readonly Sign[];

  constructor(host: ReactiveControllerHost, part: LazyPart<Hearing>, signs: readonly Sign[]) {
    this.#part = part;
    this.#signs = signs;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#part.value) return;
    for (const sign of this.#signs) addEventListener(sign, this.#onSign, true);
  }

  hostDisconnected(): void {
    for (const sign of this.#signs) removeEventListener(sign, this.#onSign, true);
  }

  readonly #onSign = (event: Event): void => {
    // It may have come without a sign, and hears for itself.
    if (this.#part.value) return this.hostDisconnected();
    const path = event.composedPath();
    void this.#part.load().then((part) => {
      this.hostDisconnected();
      part?.hear(event, path);
    });
  };
}
