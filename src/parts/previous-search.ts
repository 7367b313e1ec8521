import type { ReactiveControllerHost } from 'lit';
import { findPreviousCall } from '../daemon/previous-call.js';
import type { CallDetail } from '../view/body-price.js';

export interface PreviousCallOptions {
  readonly origin: () => string;
  /** The earlier call first. */
  readonly show: (ids: readonly [earlier: string, later: string]) => void;
}

/** Looks for the call before one, and tells what became of it. */
export class PreviousSearch {
  readonly #host: ReactiveControllerHost;
  readonly #options: PreviousCallOptions;
  /** The call that was asked about last. */
  #of: string | null = null;
  #words = '';
  #asking: AbortController | null = null;

  constructor(host: ReactiveControllerHost, options: PreviousCallOptions) {
    this.#host = host;
    this.#options = options;
  }

  isAsking(id: string): boolean {
    return this.#of === id && this.#asking !== null;
  }

  /** What became of it; empty while there is nothing to say of this call. */
  wordsOf(id: string): string {
    return this.#of === id ? this.#words : '';
  }

  end(): void {
    this.#asking?.abort();
    this.#asking = null;
    this.#of = null;
  }

  async find(call: CallDetail): Promise<void> {
    if (this.isAsking(call.id)) return;
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#of = call.id;
    this.#tell('Looking for it…');
    try {
      const found = await findPreviousCall(this.#options.origin(), call, asking.signal);
      if (asking.signal.aborted) return;
      this.#asking = null;
      this.#tell(typeof found === 'string' ? found : '');
      if (typeof found !== 'string') this.#options.show([found.id, call.id]);
    } catch (error) {
      if (asking.signal.aborted) return;
      this.#asking = null;
      this.#tell(`Could not look for it. ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #tell(words: string): void {
    this.#words = words;
    this.#host.requestUpdate();
  }
}
