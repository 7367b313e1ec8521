import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Filter } from '../api/filter.js';
import { isOnlyFixed } from '../api/only-fixed.js';
import { LazyPart } from './lazy-part.js';

/**
 * The place of a filter. What edits it is loaded when somebody comes near, or at once where there is a filter to show.
 */
export class FilterPlace<T> extends LazyPart<T> implements ReactiveController {
  readonly #scope: { readonly filter: Filter; readonly fixed: Filter };

  constructor(
    host: ReactiveControllerHost,
    scope: { readonly filter: Filter; readonly fixed: Filter },
    make: () => Promise<T>,
  ) {
    super(host, make);
    this.#scope = scope;
    host.addController(this);
  }

  hostUpdate(): void {
    if (!this.isEmpty) void this.load();
  }

  /** The user's part of the filter lets every call through. */
  get isEmpty(): boolean {
    return isOnlyFixed(this.#scope.filter, this.#scope.fixed);
  }
}
