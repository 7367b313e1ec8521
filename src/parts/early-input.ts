import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LazyPart } from '../controllers/lazy-part.js';
import type { CallInput } from './call-input.js';

const SIGNS = ['pointermove', 'focusin', 'keydown'];

/** Waits for the first sign of a user before it loads what hears keys. Those pressed meanwhile are heard then. */
export class EarlyInput implements ReactiveController {
  readonly #input: LazyPart<CallInput>;

  constructor(host: ReactiveControllerHost, input: LazyPart<CallInput>) {
    this.#input = input;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#input.value) return;
    for (const sign of SIGNS) addEventListener(sign, this.#onSign, true);
  }

  hostDisconnected(): void {
    for (const sign of SIGNS) removeEventListener(sign, this.#onSign, true);
  }

  readonly #onSign = (event: Event): void => {
    const path = event.composedPath();
    void this.#input.load().then((input) => {
      this.hostDisconnected();
      if (event instanceof KeyboardEvent) input?.keys.hear(event, path);
    });
  };
}
