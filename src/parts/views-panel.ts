import { html, nothing, type TemplateResult } from 'lit';
import { copyText } from './copy-text.js';
import type { CallsContext } from './calls-context.js';
import { applyView, deleteView, printView, readViews, type SavedView, saveView } from './saved-views.js';

/** Views of the calls by name: shows, keeps and forgets them, and gives their links. */
export class ViewsPanel {
  readonly #context: CallsContext;
  readonly #close: () => void;
  #fault = '';
  #told = '';

  constructor(context: CallsContext, close: () => void) {
    this.#context = context;
    this.#close = close;
  }

  render(): TemplateResult {
    const views = this.#try(readViews) ?? [];
    return html`${
        views.length === 0
          ? html`<p class="muted">No saved views yet. A view is this filter with these columns, order and groups.</p>`
          : html`<ul class="views">
              ${views.map((view) => this.#renderView(view))}
            </ul>`
      }
      <form @submit=${this.#onSave}>
        <label for="view-name">Save what is shown as</label>
        <span class="entry">
          <input id="view-name" maxlength="80" autocomplete="off" />
          <button class="button" part="button">Save</button>
        </span>
      </form>
      ${this.#told === '' ? nothing : html`<p role="status">${this.#told}</p>`}
      ${this.#fault === '' ? nothing : html`<p class="mistake" role="alert">${this.#fault}</p>`}
      <p class="muted">Kept in this browser only.</p>`;
  }

  #renderView(view: SavedView): TemplateResult {
    return html`<li>
      <button type="button" class="name" @click=${() => this.#apply(view)}>${view.name}</button>
      ${
        this.#hasAddress
          ? html`<button type="button" aria-label="Copy link to ${view.name}" @click=${() => void this.#copyLink(view)}>
              Copy link
            </button>`
          : nothing
      }
      <button type="button" aria-label="Delete ${view.name}" @click=${() => this.#delete(view)}>Delete</button>
    </li>`;
  }

  /** A link shows its view only where the page's address is the view. */
  get #hasAddress(): boolean {
    return this.#context.host.closest<HTMLElement & { url?: boolean }>('hm-scope')?.url === true;
  }

  #apply(view: SavedView): void {
    applyView(this.#context.scope, view);
    this.#context.say(`View ${view.name}.`);
    this.#close();
  }

  async #copyLink({ name, search }: SavedView): Promise<void> {
    const worked = await copyText(`${location.origin}${location.pathname}${search}`);
    this.#tell(worked ? `The link to ${name} is copied.` : 'This page may not copy.');
  }

  #delete({ name }: SavedView): void {
    this.#try(() => deleteView(name));
    this.#tell(`${name} is deleted.`);
  }

  readonly #onSave = (event: SubmitEvent): void => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).querySelector('input')!;
    const name = input.value.trim();
    if (name === '') {
      input.focus();
      return;
    }
    const { scope } = this.#context;
    this.#try(() => saveView({ name, search: printView(scope.filter, scope.fixed, scope.view) }));
    if (this.#fault === '') input.value = '';
    this.#tell(this.#fault === '' ? `${name} is saved.` : '');
  };

  #tell(words: string): void {
    this.#told = words;
    this.#context.host.requestUpdate();
  }

  /** What storage refuses is said, and nothing is lost but the attempt. */
  #try<T>(act: () => T): T | undefined {
    try {
      this.#fault = '';
      return act();
    } catch (error) {
      this.#fault = error instanceof Error ? error.message : String(error);
      return undefined;
    }
  }
}
