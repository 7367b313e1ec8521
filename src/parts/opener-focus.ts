import type { ReactiveController } from 'lit';
import type { PriceHost } from './price-list.js';

/** A row is a place in the order: when prices change places, the focus goes with the button that opens its own. */
export class OpenerFocus implements ReactiveController {
  readonly #host: PriceHost;
  /** The row whose button had the focus before an update. */
  #focused: string | undefined;

  constructor(host: PriceHost) {
    this.#host = host;
  }

  hostUpdate(): void {
    this.#focused = this.#focusedOpener?.value;
  }

  hostUpdated(): void {
    if (this.#focused === undefined || this.#focusedOpener?.value === this.#focused) return;
    const openers = this.#host.renderRoot.querySelectorAll<HTMLButtonElement>('.opens');
    [...openers].find(({ value }) => value === this.#focused)?.focus();
  }

  get #focusedOpener(): HTMLButtonElement | null {
    return this.#host.renderRoot.querySelector('.opens:focus');
  }
}
