import type { ReactiveControllerHost } from 'lit';

/** A part of an element that is loaded when it is first asked for. */
export class LazyPart<T> {
  /** The part, once it is there. */
  value: T | undefined;
  /** Why it could not be loaded the last time. */
  error: unknown;

  readonly #host: ReactiveControllerHost;
  readonly #make: () => Promise<T>;
  #loading: Promise<T | undefined> | undefined;

  constructor(host: ReactiveControllerHost, make: () => Promise<T>) {
    this.#host = host;
    this.#make = make;
  }

  /**
   * Loads the part, unless it is there, under way, or failed before; undefined where it fails, and `error` then says why.
   */
  readonly load = (): Promise<T | undefined> => (this.#loading ??= this.#load());

  /** Loads it once more after it failed. */
  readonly retry = (): Promise<T | undefined> => (this.#loading = this.#load());

  async #load(): Promise<T | undefined> {
    this.error = undefined;
    try {
      this.value = await this.#make();
    } catch (error) {
      this.error = error;
    }
    this.#host.requestUpdate();
    return this.value;
  }
}
