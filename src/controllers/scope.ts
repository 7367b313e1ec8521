import { type ContextCallback, ContextEvent, createContext } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { changeFilter, type Filter, paramsToFilter } from '../api/filter.js';
import type { ViewSettings } from '../api/view.js';
import { moduleOrigin } from '../daemon/origin.js';
import { FilterEvent, SelectEvent } from '../events.js';

/** What `<hm-scope>` gives the elements inside it. Each change is a new object. */
export interface Scope {
  /** Base address of the API, or null: each element finds its own. */
  readonly daemon: string | null;
  readonly filter: Filter;
  /** Ids of the chosen calls, in the order they were chosen. */
  readonly selection: readonly string[];
  /** How calls are shown. A scope of an older build has none. */
  readonly view?: ViewSettings;
}

/** A string key, so that a scope and an element of different builds still understand each other. */
export const scopeContext = createContext<Scope>('hm-scope');

type ScopedHost = ReactiveControllerHost & HTMLElement & { daemon: string; filter: string };

/**
 * Ties an element to the nearest `<hm-scope>`, or to its own attributes where there is none.
 * Properties of the element come first: `daemon` replaces the scope's, names in `filter` replace the scope's names.
 */
export class ScopeController implements ReactiveController {
  readonly #host: ScopedHost;
  readonly #moduleOrigin: string;
  #given: Scope | undefined;
  #leave: (() => void) | undefined;
  /** What the user chose while no scope holds the element. */
  #own: Scope = { daemon: null, filter: {}, selection: [] };

  constructor(host: ScopedHost, moduleUrl: string) {
    this.#host = host;
    this.#moduleOrigin = moduleOrigin(moduleUrl);
    host.addController(this);
  }

  hostConnected(): void {
    this.#ask();
    // A scope whose script comes later than ours could not hear our request.
    void customElements.whenDefined('hm-scope').then(() => {
      if (this.#host.isConnected && this.#given === undefined) this.#ask();
    });
    if (this.#isEarly) addEventListener('load', () => this.#host.requestUpdate(), { once: true });
  }

  hostDisconnected(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  #ask(): void {
    this.#host.dispatchEvent(new ContextEvent(scopeContext, this.#host, this.#hear, true));
  }

  /** One function for all requests, by which a provider knows us again. */
  readonly #hear: ContextCallback<Scope> = (scope, leave) => {
    if (this.#leave !== leave) this.#leave?.();
    this.#leave = leave;
    this.#given = scope;
    this.#host.requestUpdate();
  };

  /**
   * Base address of the API: the element's own, the scope's, or where the element's module came from. No slash at the end.
   * Empty while it can't be known: nothing is to be asked then.
   */
  get origin(): string {
    const given = this.#host.daemon || this.current.daemon;
    if (!given) return this.#isEarly ? '' : this.#moduleOrigin;
    const url = URL.canParse(given, this.#host.baseURI) ? new URL(given, this.#host.baseURI).href : given;
    return url.replace(/\/+$/, '');
  }

  /** There is a scope around the element, whose script may still come while the page loads. */
  get #isEarly(): boolean {
    return this.#given === undefined && document.readyState !== 'complete' && this.#host.closest('hm-scope') !== null;
  }

  /** Names that the page's author fixed with the element's `filter` attribute. */
  get fixed(): Filter {
    return paramsToFilter(new URLSearchParams(this.#host.filter));
  }

  get filter(): Filter {
    return { ...this.current.filter, ...this.fixed };
  }

  get selection(): readonly string[] {
    return this.current.selection;
  }

  /** The user asked for another filter: the scope hears it, or the element keeps it itself. */
  changeFilter(change: Filter): void {
    this.#host.dispatchEvent(new FilterEvent(change));
    this.#keep({ ...this.#own, filter: changeFilter(this.#own.filter, change) });
  }

  /** The user chose these calls: the scope hears it, or the element keeps it itself. */
  select(calls: readonly string[]): void {
    this.#host.dispatchEvent(new SelectEvent(calls));
    this.#keep({ ...this.#own, selection: calls });
  }

  /** What the scope gives, or what the element keeps itself. */
  get current(): Scope {
    return this.#given ?? this.#own;
  }

  #keep(own: Scope): void {
    if (this.#given !== undefined) return;
    this.#own = own;
    this.#host.requestUpdate();
  }

  /** Zone in which days are counted and times drawn: the filter's, or the browser's. */
  get timeZone(): string {
    return this.filter.tz ?? browserTimeZone();
  }
}

let cachedZone: string | undefined;

function browserTimeZone(): string {
  return (cachedZone ??= new Intl.DateTimeFormat().resolvedOptions().timeZone);
}
