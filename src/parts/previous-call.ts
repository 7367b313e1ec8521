import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { LazyPart } from '../controllers/lazy-part.js';
import type { CallDetail } from '../view/body-price.js';
import type { PreviousCallOptions, PreviousSearch } from './previous-search.js';

/** The button that puts a call beside the one before it of its project, and what it has to say. */
export class PreviousCall {
  /** Loaded when it is first wanted. */
  readonly #search: LazyPart<PreviousSearch>;
  /** The call that it was wanted for last. */
  #of: string | null = null;

  constructor(host: ReactiveControllerHost, options: PreviousCallOptions) {
    this.#search = new LazyPart(host, async () => {
      const { PreviousSearch } = await import('./previous-search.js');
      return new PreviousSearch(host, options);
    });
  }

  renderButton(call: CallDetail, classes: string): TemplateResult {
    return html`<button
      type="button"
      class=${classes}
      title="Shows it beside the newest earlier call of ${call.project} whose request is stored"
      aria-disabled=${this.#search.value?.isAsking(call.id) ?? false}
      @click=${() => void this.#find(call)}
    >
      Compare with previous call of this project
    </button>`;
  }

  /** What became of it; empty while there is nothing to say of this call. */
  wordsOf(id: string): string {
    const { value, error } = this.#search;
    if (error === undefined) return value?.wordsOf(id) ?? '';
    return this.#of === id ? `Could not look for it. ${String(this.#search.error)}` : '';
  }

  end(): void {
    this.#of = null;
    this.#search.value?.end();
  }

  async #find(call: CallDetail): Promise<void> {
    this.#of = call.id;
    const search = await (this.#search.error === undefined ? this.#search.load() : this.#search.retry());
    if (this.#of === call.id) await search?.find(call);
  }
}
