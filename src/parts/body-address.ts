import type { LitElement } from 'lit';
import type { CallsScope } from '../controllers/calls-scope.js';
import { LazyPart } from '../controllers/lazy-part.js';
import type { ViewName } from '../view/body-views.js';
import type { BodyPane } from './body-pane.js';
import type { BodyPlaces } from './body-places.js';

interface AddressOptions {
  readonly host: LitElement;
  readonly scope: CallsScope;
  readonly view: () => string;
  readonly at: () => string;
  readonly panes: () => readonly BodyPane[];
}

type SwitchName = 'body_align' | 'body_fold' | 'body_scroll';

const VIEWS: readonly string[] = ['conversation', 'tree', 'text', 'events'] satisfies ViewName[];

/** Which view and which place the address asks for, and what the user does to them. */
export class BodyAddress {
  readonly #options: AddressOptions;
  /** Loaded with the first place that is asked for. */
  readonly #places: LazyPart<BodyPlaces>;

  constructor(options: AddressOptions) {
    this.#options = options;
    const { host, panes } = options;
    this.#places = new LazyPart(host, async () => {
      const { BodyPlaces } = await import('./body-places.js');
      return new BodyPlaces({ host, panes, at: () => this.#at });
    });
  }

  /** That a place could not be found; empty where all is well. */
  get note(): string {
    const { value, error } = this.#places;
    return error === undefined ? (value?.note ?? '') : `Could not read the script that goes to ${this.#at}.`;
  }

  /** Empty: each body as suits it, and a place in the tree. */
  get view(): ViewName | '' {
    const { scope, view } = this.#options;
    const wanted = scope.view.body_view ?? view();
    if (VIEWS.includes(wanted)) return wanted as ViewName;
    return this.#at === '' ? '' : 'tree';
  }

  setView(view: ViewName): void {
    this.#options.scope.changeView({ body_view: view }, true);
    this.#options.host.requestUpdate();
  }

  /** Whether several bodies are level, fold what is equal, and scroll together: until the user says otherwise. */
  isOn(name: SwitchName): boolean {
    return this.#options.scope.view[name] !== 'off';
  }

  setOn(name: SwitchName, isOn: boolean): void {
    this.#options.scope.changeView({ [name]: isOn ? undefined : 'off' }, true);
    this.#options.host.requestUpdate();
  }

  /** Puts a place into the address, which is in view already. */
  async linkTo(place: string): Promise<void> {
    (await this.#places.load())?.take(place);
    this.#options.scope.changeView({ at: place }, true);
  }

  /** Goes to a place in the conversations, and marks it there; also once more to the same. */
  async openPlace(place: string): Promise<void> {
    (await this.#places.load())?.forget();
    this.#options.scope.changeView({ at: place, body_view: 'conversation' }, true);
    this.#options.host.requestUpdate();
  }

  /** Before drawing: another place may be asked for, or other panes stand there. */
  update(): void {
    if (this.#at !== '') void this.#places.load();
    this.#places.value?.update();
  }

  /** Panes that have been read by now look for the place. */
  panesChanged(): void {
    this.#places.value?.panesChanged();
  }

  get #at(): string {
    return this.#options.scope.view.at ?? this.#options.at();
  }
}
