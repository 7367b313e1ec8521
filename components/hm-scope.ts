import { ContextProvider } from '@lit/context';
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { defineElement } from '../src/controllers/define-element.js';
import { changeFilter, type Filter } from '../src/api/filter.js';
import { changeView } from '../src/api/change-view.js';
import type { ViewSettings } from '../src/api/view.js';
import { type Scope, scopeContext } from '../src/controllers/scope.js';
import { PagePlace } from '../src/controllers/page-place.js';
import { readAddress, writeAddress } from '../src/controllers/address.js';
import type { FilterEvent, SelectEvent } from '../src/events.js';
import type { GoEvent, ViewEvent } from '../src/view-events.js';

/**
 * Gives the elements inside it one daemon, one filter and one selection of calls, and hears what users do to them. While
 * the page loads they wait for its module, in whatever order they come; after that, it has to be there before them.
 *
 * @summary Ties elements together; draws nothing itself.
 * @slot - The elements that share it.
 * @event {FilterEvent} hm-filter - An element inside asked for another filter, which `filter` now is.
 * @event {SelectEvent} hm-select - An element inside chose calls, which `selection` now is.
 * @event {ViewEvent} hm-view - An element inside asked for other columns, another order or groups, which `view` now is.
 * @event {GoEvent} hm-go - An element inside asked for another one.
 */
export class HmScope extends LitElement {
  static override properties = {
    daemon: {},
    url: { type: Boolean },
    filter: { attribute: false },
    selection: { attribute: false },
    view: { attribute: false },
    addressDaemon: { state: true },
  };

  /** Base address of the API for all elements inside. Empty: each asks the server its module came from. */
  daemon = '';

  /**
   * Keep filter and selection in the page's address, so that reload, back and a shared link restore the view; and the page
   * where it was left, while its elements are still growing.
   */
  url = false;

  /** What the elements inside show. Set it, or let the user's actions change it. */
  filter: Filter = {};

  /** Ids of the chosen calls, in the order they were chosen. */
  selection: readonly string[] = [];

  /** How calls are shown: `columns`, `sort`, `order`, `group`, `group_sort`, `group_order`, as in the address. */
  view: ViewSettings = {};

  private addressDaemon = '';

  readonly #provider = new ContextProvider(this, { context: scopeContext, initialValue: this.#scope });

  readonly #place = new PagePlace(this, () => this.url);

  constructor() {
    super();
    this.addEventListener('hm-filter', this.#onFilter);
    this.addEventListener('hm-select', this.#onSelect);
    this.addEventListener('hm-view', this.#onView);
    this.addEventListener('hm-go', this.#onGo);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.url) this.#readAddress();
    window.addEventListener('popstate', this.#readAddress);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('popstate', this.#readAddress);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#provider.setValue(this.#scope);
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  get #scope(): Scope {
    const { filter, selection, view } = this;
    return { daemon: this.daemon || this.addressDaemon || null, filter, selection, view };
  }

  readonly #readAddress = (): void => {
    if (!this.url) return;
    const address = readAddress(location.search);
    this.filter = address.filter;
    this.selection = address.selection;
    this.view = address.view;
    this.addressDaemon = address.daemon;
  };

  readonly #onFilter = (event: FilterEvent): void => {
    if (!this.#isNearest(event)) return;
    this.filter = changeFilter(this.filter, event.change);
    this.#writeAddress();
  };

  readonly #onSelect = (event: SelectEvent): void => {
    if (!this.#isNearest(event)) return;
    this.selection = event.calls;
    this.#writeAddress();
  };

  readonly #onView = (event: ViewEvent): void => {
    if (!this.#isNearest(event)) return;
    this.view = changeView(this.view, event.change);
    this.#writeAddress(event.isSmall);
  };

  /** Takes the user to another element of this scope, so that the next Tab goes on inside it. */
  readonly #onGo = (event: GoEvent): void => {
    if (!this.#isNearest(event) || !/^[a-z-]+$/.test(event.to)) return;
    const target = this.querySelector<HTMLElement>(`hm-${event.to}`);
    if (target === null) return;
    if (!target.hasAttribute('tabindex')) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    this.#place.go(target);
  };

  /** What happens in a scope further in is that scope's: its elements don't see our filter. */
  #isNearest(event: Event): boolean {
    return event.composedPath().find((target) => target instanceof HmScope) === this;
  }

  #writeAddress(isSmall = false): void {
    if (!this.url) return;
    const { filter, selection, view } = this;
    const search = writeAddress(location.search, { filter, selection, view });
    if (search === location.search) return;
    if (isSmall) history.replaceState(history.state, '', search || location.pathname);
    else history.pushState(null, '', search || location.pathname);
  }
}

defineElement('hm-scope', HmScope);

declare global {
  interface HTMLElementTagNameMap {
    'hm-scope': HmScope;
  }
}
