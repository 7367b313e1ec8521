import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { LazyPart } from '../controllers/lazy-part.js';

/** A part of an element that is loaded once the element's first rows are on the screen, unless it is asked for before. */
export class AfterRows<T> extends LazyPart<T> implements ReactiveController {
  readonly #areDrawn: () => boolean;
  #isDue = false;

  constructor(host: ReactiveControllerHost, areDrawn: () => boolean, make: () => Promise<T>) {
    super(host, make);
    this.#areDrawn = areDrawn;
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#isDue || !this.#areDrawn()) return;
    this.#isDue = true;
    // A frame, and what comes after it.
    requestAnimationFrame(() => setTimeout(() => void this.load()));
  }
}
