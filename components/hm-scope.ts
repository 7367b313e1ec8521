import { ContextProvider } from '@lit/context';
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { defineElement } from '../src/controllers/define-element.js';
import { changeFilter, type Filter } from '../src/api/filter.js';
import { type Scope, scopeContext } from '../src/controllers/scope.js';
import { readAddress, writeAddress } from '../src/controllers/address.js';
import type { FilterEvent, SelectEvent } from '../src/events.js';

/**
 * Gives the elements inside it one daemon, one filter and one selection of calls, and hears what users do to them.
 *
 * @summary Ties elements together; draws nothing itself.
 * @slot - The elements that share it.
 */
export class HmScope extends LitElement {
  static override properties = {
    daemon: {},
    url: { type: Boolean },
    filter: { attribute: false },
    selection: { attribute: false },
    addressDaemon: { state: true },
  };

  /** Base address of the API for all elements inside. Empty: each asks the server its module came from. */
  daemon = '';

  /** Keep filter and selection in the page's address, so that reload, back and a shared link restore the view. */
  url = false;

  /** What the elements inside show. Set it, or let the user's actions change it. */
  filter: Filter = {};

  /** Ids of the chosen calls, in the order they were chosen. */
  selection: readonly string[] = [];

  private addressDaemon = '';

  readonly #provider = new ContextProvider(this, { context: scopeContext, initialValue: this.#scope });

  constructor() {
    super();
    this.addEventListener('hm-filter', this.#onFilter);
    this.addEventListener('hm-select', this.#onSelect);
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
    return { daemon: this.daemon || this.addressDaemon || null, filter: this.filter, selection: this.selection };
  }

  readonly #readAddress = (): void => {
    if (!this.url) return;
    const view = readAddress(location.search);
    this.filter = view.filter;
    this.selection = view.selection;
    this.addressDaemon = view.daemon;
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

  /** What happens in a scope further in is that scope's: its elements don't see our filter. */
  #isNearest(event: Event): boolean {
    return event.composedPath().find((target) => target instanceof HmScope) === this;
  }

  #writeAddress(): void {
    if (!this.url) return;
    const search = writeAddress(location.search, { filter: this.filter, selection: this.selection });
    if (search !== location.search) history.pushState(null, '', search || location.pathname);
  }
}

defineElement('hm-scope', HmScope);

declare global {
  interface HTMLElementTagNameMap {
    'hm-scope': HmScope;
  }
}
