import type { LitElement } from 'lit';
import type { FindMatch } from '../bodies/worker/matches.js';
import { LazyPart } from '../controllers/lazy-part.js';
import { renderLoading } from '../view/states.js';
import type { BodyView } from './body-context.js';
import { renderLate } from './body-late.js';

/** A view whose script comes when it is first drawn, or led to. */
export class LateView implements BodyView {
  readonly #host: LitElement;
  readonly #view: LazyPart<BodyView>;
  #isEnded = false;

  constructor(host: LitElement, make: () => Promise<BodyView>) {
    this.#host = host;
    this.#view = new LazyPart(host, make);
  }

  render(end: unknown): unknown {
    return renderLate(this.#view, (view) => view.render(end), renderLoading('the stored text'));
  }

  refresh(): void {
    this.#view.value?.refresh();
  }

  async showMatch(match: FindMatch): Promise<void> {
    await (await this.#drawn())?.showMatch(match);
  }

  async showRange(start: number, end: number): Promise<boolean> {
    return (await (await this.#drawn())?.showRange(start, end)) ?? false;
  }

  async showPointer(pointer: string, isNearEnough: boolean): Promise<'exact' | 'nearest' | 'cut' | null> {
    return (await (await this.#drawn())?.showPointer(pointer, isNearEnough)) ?? null;
  }

  end(): void {
    this.#isEnded = true;
    this.#view.value?.end();
  }

  /** The view with its boxes in the page, which it needs to lead anywhere. */
  async #drawn(): Promise<BodyView | undefined> {
    const wasThere = this.#view.value !== undefined;
    const view = await this.#view.load();
    if (!wasThere) await this.#host.updateComplete;
    return this.#isEnded ? undefined : view;
  }
}
