import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How near to the view an element has to come. */
const MARGIN = '300px';

/** A part of an element that is loaded when the element is in view, or nearly, or about to be printed. */
export class WhenSeen<T> implements ReactiveController {
  /** The part, once it is there. */
  value: T | undefined;
  /** Why it could not be loaded the last time. */
  error: unknown;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #make: () => Promise<T>;
  readonly #observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) this.load();
    },
    { rootMargin: MARGIN },
  );

  constructor(host: ReactiveControllerHost & HTMLElement, make: () => Promise<T>) {
    this.#host = host;
    this.#make = make;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.value !== undefined) return;
    this.#observer.observe(this.#host);
    addEventListener('beforeprint', this.load);
  }

  hostDisconnected(): void {
    this.#rest();
  }

  readonly load = (): void => {
    this.#rest();
    void this.#load();
  };

  async #load(): Promise<void> {
    this.error = undefined;
    try {
      this.value ??= await this.#make();
    } catch (error) {
      this.error = error;
    }
    this.#host.requestUpdate();
  }

  #rest(): void {
    this.#observer.disconnect();
    removeEventListener('beforeprint', this.load);
  }
}
