import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { CallsScope } from '../src/controllers/calls-scope.js';
import { defineElement } from '../src/controllers/define-element.js';
import { LazyPart } from '../src/controllers/lazy-part.js';
import { base } from '../src/styles/base.js';
import { renderEmpty, renderError, renderLoading } from '../src/view/states.js';

/**
 * Request and response of one call, or of up to four beside each other, as they were stored, and what the calls cost.
 * Shows the calls that the scope's user chose, or those that `calls` names.
 *
 * @summary Captured bodies, one call or several side by side.
 * @event {SelectEvent} hm-select - The user chose calls here: the one before, or one that a search found.
 * @event {ViewEvent} hm-view - The user chose another view, or a place to link to.
 * @event {LoadEvent} hm-load - An answer is drawn.
 * @event {LoadErrorEvent} hm-error - An answer could not be had.
 * @csspart loading - Before the first answer.
 * @csspart empty - While no call is chosen, or when there is none of that id.
 * @csspart error - When an answer could not be had; the rest stays.
 * @csspart head - The heading and what stands beside it.
 * @csspart tools - The controls beside the heading.
 * @csspart panel - The search across bodies.
 * @csspart table - What differs between several calls.
 * @csspart pane - One body.
 * @csspart bar - What stands above one body.
 * @csspart button - Each button with an edge.
 * @cssprop [--hm-body-height=560px] - Height of one body, which scrolls within.
 */
export class HmBodyViewer extends LitElement {
  static override properties = {
    daemon: {},
    filter: {},
    calls: {
      converter: {
        fromAttribute: (value: string | null) => (value ?? '').split(',').flatMap((id) => id.trim() || []),
      },
    },
    view: {},
    at: {},
  };

  static override styles = base;

  /** Base address of the API. Empty: the scope's, or the server this module came from. */
  daemon = '';

  /** The contract's filter as a query string; only its zone is of use here: `tz=Europe/London`. */
  filter = '';

  /**
   * Ids of the calls to show, in place of the scope's chosen ones, until the user chooses others in this element. As an
   * attribute separated by commas.
   */
  calls: readonly string[] = [];

  /** How bodies are drawn until the user chooses: `conversation`, `tree`, `text` or `events`. Empty: as suits each. */
  view = '';

  /**
   * A place to open and mark: a JSON Pointer, `/messages/12/content/0`, after `a` to `d`, `request` or `response` for
   * some of the bodies only: `b-request/model`.
   */
  at = '';

  readonly #scope = new CallsScope(this, import.meta.url);

  /** What both parts below have to do with. */
  readonly #context = {
    host: this,
    scope: this.#scope,
    chosen: () => this.#chosen,
    choose: (ids: readonly string[]) => this.#choose(ids),
  };

  readonly #viewer = new LazyPart(this, async () => {
    const { BodyViewer } = await import('../src/parts/body-viewer.js');
    return new BodyViewer({ ...this.#context, workerUrl: new URL('./body-worker.js', import.meta.url) });
  });

  /** The search across bodies, and the keys: loaded when one of them is first wanted. */
  readonly #tools = new LazyPart(this, async () => {
    const { BodyTools } = await import('../src/parts/body-tools.js');
    return new BodyTools({
      ...this.#context,
      showRange: (place) => void this.#viewer.load().then((viewer) => viewer?.showFound(place)),
    });
  });

  /** What the user chose here while `calls` named others; until the page's author names others again. */
  #own: readonly string[] | null = null;

  get #chosen(): readonly string[] {
    return [...new Set(this.#own ?? (this.calls.length > 0 ? this.calls : this.#scope.selection))];
  }

  #choose(ids: readonly string[]): void {
    if (this.calls.length > 0) this.#own = ids;
    this.#scope.select(ids);
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('calls')) this.#own = null;
    if (this.#chosen.length > 0) void this.#viewer.load();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#onKey);
  }

  protected override render(): TemplateResult {
    const search = { button: this.#renderSearchButton(), panel: this.#renderSearch() };
    const drawn = this.#viewer.value?.render(search);
    if (drawn !== undefined) return drawn;
    const { error } = this.#viewer;
    return html`<section aria-labelledby="title" aria-busy=${this.#chosen.length > 0 && error === undefined}>
      <div class="head" part="head">
        <h2 id="title">Bodies</h2>
        <div class="tools" part="tools">${search.button}</div>
      </div>
      ${search.panel}
      ${
        this.#chosen.length === 0
          ? renderEmpty('Choose a call to read its bodies. Hold Ctrl or ⌘ to choose several.')
          : error === undefined
            ? renderLoading('bodies')
            : renderError('the script that draws bodies', error, '', () => void this.#viewer.retry())
      }
    </section>`;
  }

  #renderSearchButton(): TemplateResult {
    return html`<button
      class="quiet to-search"
      type="button"
      aria-expanded=${this.#tools.value?.isSearching ?? false}
      aria-keyshortcuts="s"
      title="Search all bodies of the filter’s calls ( s )"
      @click=${() => void this.#tools.load().then((tools) => tools?.toggleSearch())}
    >
      Search all
    </button>`;
  }

  #renderSearch(): unknown {
    const { value, error } = this.#tools;
    return error === undefined
      ? (value?.render() ?? nothing)
      : renderError('the script that searches bodies', error, '', () => void this.#tools.retry());
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 's' && event.key !== '?') return;
    const path = event.composedPath();
    void this.#tools.load().then((tools) => tools?.hear(event, path));
  };
}

defineElement('hm-body-viewer', HmBodyViewer);

declare global {
  interface HTMLElementTagNameMap {
    'hm-body-viewer': HmBodyViewer;
  }
}
