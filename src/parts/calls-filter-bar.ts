import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import type { CallsScope } from '../controllers/calls-scope.js';
import { FilterPlace } from '../controllers/filter-place.js';
import { filterBar } from '../styles/filter-bar.js';
import { type FilterPart, renderFilterBar } from '../view/filter-bar.js';

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: DocumentFragment | HTMLElement };

/** The bar of the filter: what stands in the room that `FilterRoom` keeps for it. */
export class CallsFilterBar implements ReactiveController {
  readonly #host: Host;
  readonly #scope: CallsScope;
  readonly #place: FilterPlace<FilterPart>;
  /** The frame's field and whether it has the focus, until the bar's own is drawn. */
  #early: { readonly input: HTMLInputElement; readonly isFocused: boolean } | undefined;
  #isDrawn = false;

  constructor(host: Host, scope: CallsScope) {
    this.#host = host;
    this.#scope = scope;
    adoptSheet(host.renderRoot, filterBar);
    this.#place = new FilterPlace<FilterPart>(host, scope, async () => {
      const { CallsFilter } = await import('./calls-filter.js');
      return new CallsFilter(host, scope);
    });
    host.addController(this);
  }

  hostUpdate(): void {
    if (this.#isDrawn || this.#input === null) return;
    this.#early = { input: this.#input, isFocused: this.#input.matches(':focus') };
  }

  /** What somebody wrote into the frame's field stays theirs, with the caret. */
  hostUpdated(): void {
    const { input, isFocused } = this.#early ?? {};
    const own = this.#input;
    if (input === undefined || own === null || own === input) return;
    this.#isDrawn = true;
    this.#early = undefined;
    own.value = input.value;
    if (isFocused) own.focus();
    own.setSelectionRange(input.selectionStart, input.selectionEnd);
    if (own.value !== '') void this.#place.load();
  }

  render(): TemplateResult {
    const { filter, fixed, timeZone } = this.#scope;
    return renderFilterBar({
      filter,
      fixed,
      timeZone,
      place: this.#place,
      change: (change) => this.#scope.changeFilter(change),
    });
  }

  get #input(): HTMLInputElement | null {
    return this.#host.renderRoot.querySelector<HTMLInputElement>('.query input');
  }
}
