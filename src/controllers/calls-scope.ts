import type { Filter } from '../api/filter.js';
import { changeView } from '../api/change-view.js';
import type { ViewSettings } from '../api/view.js';
import { ViewEvent } from '../view-events.js';
import { ScopeController } from './scope.js';

type Host = ConstructorParameters<typeof ScopeController>[0];

/** A scope's part in how calls are shown: their columns, order and groups. */
export class CallsScope extends ScopeController {
  readonly #host: Host;
  /** What the user chose while no scope keeps it; one of an older build does not. */
  #view: ViewSettings = {};

  constructor(host: Host, moduleUrl: string) {
    super(host, moduleUrl);
    this.#host = host;
  }

  /** The filter with the zone in which its days are counted, as every question about calls needs it. */
  get asked(): Filter {
    return { ...this.filter, tz: this.timeZone };
  }

  get view(): ViewSettings {
    return this.current.view ?? this.#view;
  }

  /** The user asked for calls to be shown in another way: the scope hears it, or the element keeps it itself. */
  changeView(change: ViewSettings, isSmall = false): void {
    this.#host.dispatchEvent(new ViewEvent(change, isSmall));
    if (this.current.view !== undefined) return;
    this.#view = changeView(this.#view, change);
    this.#host.requestUpdate();
  }
}
