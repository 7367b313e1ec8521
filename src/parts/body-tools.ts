import { nothing, type TemplateResult } from 'lit';
import { renderBodyKeys } from '../view/body-help.js';
import { type BodySearchContext, BodySearchPanel } from './body-search.js';
import { isFreeKey } from './free-key.js';
import { showKeys } from './key-help.js';

/** Where keys are text, or somebody else's. */
const ENTRIES = 'input, select, textarea, [contenteditable], dialog';

/** What the viewer does besides showing chosen calls: the search across bodies, and the list of its keys. */
export class BodyTools {
  isSearching = false;

  readonly #context: Omit<BodySearchContext, 'isOpen' | 'close'>;
  readonly #panel: BodySearchPanel;

  constructor(context: Omit<BodySearchContext, 'isOpen' | 'close'>) {
    this.#context = context;
    this.#panel = new BodySearchPanel({ ...context, isOpen: () => this.isSearching, close: this.toggleSearch });
  }

  render(): TemplateResult | typeof nothing {
    return this.isSearching ? this.#panel.render() : nothing;
  }

  readonly toggleSearch = (): void => {
    const { host } = this.#context;
    this.isSearching = !this.isSearching;
    host.requestUpdate();
    if (this.isSearching) void this.#focusPanel();
    else {
      this.#panel.cancel();
      host.renderRoot.querySelector<HTMLElement>('.to-search')?.focus();
    }
  };

  /**
   * Takes `?` from inside the element, and `s` also from the bare page and the other elements of its scope. Called while
   * the event is still on its way, or after it where this was only just loaded.
   */
  hear(event: KeyboardEvent, path: readonly EventTarget[]): void {
    const { host } = this.#context;
    const isOurs = path.includes(host);
    const isNear = path[0] === document.body || path.includes(host.closest('hm-scope') ?? host);
    if (!isFreeKey(event, path, ENTRIES) || !(isOurs || (event.key === 's' && isNear))) return;
    event.preventDefault();
    if (event.key === '?') showKeys(host.renderRoot, renderBodyKeys());
    else if (this.isSearching) void this.#focusPanel();
    else this.toggleSearch();
  }

  async #focusPanel(): Promise<void> {
    await this.#context.host.updateComplete;
    this.#panel.focus();
  }
}
