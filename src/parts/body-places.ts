import type { LitElement } from 'lit';
import type { CallsScope } from '../controllers/calls-scope.js';
import type { BodyPane } from './body-pane.js';

interface PlacesOptions {
  readonly host: LitElement;
  readonly scope: CallsScope;
  readonly at: () => string;
  readonly panes: () => readonly BodyPane[];
}

/** `/messages/12`, in every pane that has it; `b/messages/12`, `response/content/0`, `a-request/model` in some of them. */
const PLACE = /^(?:([a-d])(?:-(?=req|res)|(?=\/|$)))?(request|response)?(\/.*)?$/s;

/** Goes to the places that are asked for. */
export class BodyPlaces {
  /** That a place could not be found; empty where all is well. */
  note = '';

  readonly #options: PlacesOptions;
  /** The place that was asked for last, and the panes that still have to look for it. */
  #asked = '';
  #waiting = new Set<string>();
  #found = false;

  constructor(options: PlacesOptions) {
    this.#options = options;
  }

  /** Puts a place into the address, which is in view already. */
  linkTo(place: string): void {
    this.#asked = this.#name(place);
    this.#options.scope.changeView({ at: place }, true);
  }

  /** Goes to a place in the conversations, and marks it there; also once more to the same. */
  openPlace(place: string): void {
    this.#asked = '';
    const { host, scope } = this.#options;
    scope.changeView({ at: place, body_view: 'conversation' }, true);
    host.requestUpdate();
  }

  get #at(): string {
    return this.#options.at();
  }

  /** Before drawing: another place may be asked for, or other panes stand there. */
  update(): void {
    const name = this.#name(this.#at);
    if (name === this.#asked) return;
    this.#asked = name;
    this.#found = false;
    this.note = '';
    const [, letter, side, pointer] = PLACE.exec(this.#at) ?? [];
    if (this.#at === '') {
      this.#waiting.clear();
      return;
    }
    if (pointer === undefined) {
      this.note = `“${this.#at}” is no place in a body: it takes a JSON Pointer such as /messages/0.`;
      return;
    }
    const panes = this.#options
      .panes()
      .filter(
        (pane) =>
          (letter === undefined || pane.letter.toLowerCase() === letter) && (side === undefined || pane.side === side),
      );
    this.#waiting = new Set(panes.map(({ key }) => key));
    queueMicrotask(() => this.panesChanged());
  }

  /** Panes that have been read by now look for the place. */
  panesChanged(): void {
    for (const pane of this.#options.panes()) {
      if (!this.#waiting.has(pane.key) || !pane.isRead || pane.shown === null) continue;
      this.#waiting.delete(pane.key);
      void this.#show(pane);
    }
  }

  async #show(pane: BodyPane): Promise<void> {
    const [, letter, side, pointer] = PLACE.exec(this.#at) ?? [];
    if (pointer === undefined) return;
    const isNamed = letter !== undefined || side !== undefined;
    // A view that was not drawn yet would give up what it asks for when it is.
    pane.host.requestUpdate();
    await pane.host.updateComplete;
    const way = await pane.way();
    const found = (await way?.showPointer(pointer, isNamed).catch(() => null)) ?? null;
    // Of a place that is named for no pane, a tree shows only the whole.
    const isNear = found === 'nearest' && (isNamed || pane.shown !== 'tree');
    if (found === 'exact') {
      this.#found = true;
      this.note = '';
    } else if (!this.#found && this.#waiting.size === 0) {
      this.note =
        found === 'cut'
          ? `${pointer} lies behind the place where the ${pane.side} of ${pane.letter} is cut.`
          : `There is no ${pointer} in these bodies${isNear ? '; shown is how far the way goes' : ''}.`;
    }
    this.#options.host.requestUpdate();
  }

  #name(at: string): string {
    return `${at} ${this.#options
      .panes()
      .map(({ key }) => key)
      .join(' ')}`;
  }
}
