import type { BodyPane } from './body-pane.js';
import type { FoundPlace } from './body-search.js';

interface FoundOptions {
  readonly find: (callId: string, side: FoundPlace['side']) => BodyPane | undefined;
  /** Draws all bodies as text, in which every place stands. */
  readonly showAsText: () => void;
}

/** Leads to a place that a search found, as soon as the body that it is in has been read. */
export class BodyFound {
  readonly #options: FoundOptions;
  #wanted: FoundPlace | null = null;

  constructor(options: FoundOptions) {
    this.#options = options;
  }

  show(place: FoundPlace): void {
    this.#wanted = place;
    this.panesChanged();
  }

  /** More is known of the bodies. */
  panesChanged(): void {
    const wanted = this.#wanted;
    if (wanted === null) return;
    const pane = this.#options.find(wanted.callId, wanted.side);
    if (pane === undefined || !pane.isRead || pane.shown === null) return;
    this.#wanted = null;
    void this.#lead(pane, wanted);
  }

  async #lead(pane: BodyPane, { start, end }: FoundPlace): Promise<void> {
    // It may have told of itself just now, and is drawn only then: what is asked for before would be given up.
    pane.host.requestUpdate();
    await pane.host.updateComplete;
    if (await showRange(pane, start, end)) return;
    // A conversation has no place for what is no message: a parameter, the end of a stream.
    this.#options.showAsText();
    await pane.host.updateComplete;
    await showRange(pane, start, end);
  }
}

/** @returns whether the view that stands there shows the place. */
async function showRange(pane: BodyPane, start: number, end: number): Promise<boolean> {
  const isShown = await (await pane.way())?.showRange(start, end);
  pane.host.renderRoot.querySelector(`.pane[aria-label="${pane.label}"]`)?.scrollIntoView({ block: 'nearest' });
  return isShown ?? false;
}
