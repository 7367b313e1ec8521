import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { LazyPart } from './lazy-part.js';

/** How near to the view an element has to come unless it says otherwise. */
const MARGIN_PX = 300;

/** A part of an element that is loaded when the element is in view, or nearly, or about to be printed. */
export class WhenSeen<T> extends LazyPart<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #observer: IntersectionObserver;

  constructor(host: ReactiveControllerHost & HTMLElement, make: () => Promise<T>, marginPx = MARGIN_PX) {
    super(host, make);
    this.#host = host;
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) this.#onSeen();
      },
      { rootMargin: `${marginPx}px` },
    );
    host.addController(this);
  }

  hostConnected(): void {
    if (this.value !== undefined) return;
    this.#observer.observe(this.#host);
    addEventListener('beforeprint', this.#onSeen);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    removeEventListener('beforeprint', this.#onSeen);
  }

  readonly #onSeen = (): void => {
    this.hostDisconnected();
    void (this.error === undefined ? this.load() : this.retry());
  };
}
