import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { CallDetail } from '../view/body-price.js';

interface PreviousCallOptions {
  readonly origin: () => string;
  /** The earlier call first. */
  readonly show: (ids: readonly [earlier: string, later: string]) => void;
}

/** The button that puts a call beside the one before it of its project, and what it has to say. */
export class PreviousCall {
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

  renderButton(call: CallDetail, classes: string): TemplateResult {
    return html`<button
      type="button"
      class=${classes}
      title="Shows it beside the newest earlier call of ${call.project} whose request is stored"
      aria-disabled=${this.#of === call.id && this.#asking !== null}
      @click=${() => void this.#find(call)}
    >
      Compare with previous call of this project
    </button>`;
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

  async #find(call: CallDetail): Promise<void> {
    if (this.#of === call.id && this.#asking !== null) return;
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#of = call.id;
    this.#tell('Looking for it…');
    try {
      const { findPreviousCall } = await import('../daemon/previous-call.js');
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
