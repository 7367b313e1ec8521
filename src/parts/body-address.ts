import type { LitElement } from 'lit';
import type { CallsScope } from '../controllers/calls-scope.js';
import { LazyPart } from '../controllers/lazy-part.js';
import { type ViewName, VIEWS } from '../view/body-views.js';
import type { BodyPane } from './body-pane.js';
import type { BodyPlaces } from './body-places.js';

/** The view and the place that the page's author asks for, where the user did not choose. */
export type AddressedHost = LitElement & { readonly view: string; readonly at: string };

interface AddressOptions {
  readonly host: AddressedHost;
  readonly scope: CallsScope;
  readonly panes: () => readonly BodyPane[];
}

/** Which view and which place the address asks for, and what the user does to them. */
export class BodyAddress {
  /** Loaded with the first place that is asked for. */
  readonly places: LazyPart<BodyPlaces>;

  readonly #options: AddressOptions;

  constructor(options: AddressOptions) {
    this.#options = options;
    const { host, scope, panes } = options;
    this.places = new LazyPart(host, async () => {
      const { BodyPlaces } = await import('./body-places.js');
      return new BodyPlaces({ host, scope, panes, at: () => this.#at });
    });
  }

  /** That a place could not be found; empty where all is well. */
  get note(): string {
    const { value, error } = this.places;
    return error === undefined ? (value?.note ?? '') : 'Could not read the script that goes to places.';
  }

  /** Empty: each body as suits it, and a place in the tree. */
  get view(): ViewName | '' {
    const { host, scope } = this.#options;
    const wanted = scope.view.body_view ?? host.view;
    if (Object.hasOwn(VIEWS, wanted)) return wanted as ViewName;
    return this.#at === '' ? '' : 'tree';
  }

  setView(view: ViewName): void {
    this.#options.scope.changeView({ body_view: view }, true);
    this.#options.host.requestUpdate();
  }

  /** Before drawing: another place may be asked for, or other panes stand there. */
  update(): void {
    if (this.#at !== '') void this.places.load();
    this.places.value?.update();
  }

  /** Panes that have been read by now look for the place. */
  panesChanged(): void {
    this.places.value?.panesChanged();
  }

  get #at(): string {
    return this.#options.scope.view.at ?? this.#options.host.at;
  }
}
