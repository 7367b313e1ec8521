import { html, nothing, type TemplateResult } from 'lit';
import type { ToldTool } from '../bodies/telling/told.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { bodyToolList } from '../styles/body-tool-list.js';
import { renderTold, type ToldOptions } from '../view/body-told.js';
import { formatCount } from '../view/format.js';
import type { BodyContext } from './body-context.js';

/** Tool definitions, searched by name and description; loaded when they are opened. */
export class ToolList {
  readonly #body: BodyContext;
  #tools: readonly ToldTool[] | null = null;
  #asked: Promise<void> | null = null;
  #wanted = '';

  constructor(body: BodyContext) {
    this.#body = body;
    adoptSheet(body.host.renderRoot, bodyToolList);
  }

  /** Others stand there now. */
  forget(): void {
    this.#asked = null;
  }

  /** Resolves once they are there. */
  read(): Promise<void> {
    return (this.#asked ??= this.#ask());
  }

  render(options: ToldOptions): TemplateResult {
    void this.read();
    const tools = this.#tools ?? [];
    const wanted = this.#wanted.toLowerCase();
    const found = tools.filter(({ words }) => words.toLowerCase().includes(wanted));
    return html`<label class="tool-search"
        ><input
          type="search"
          placeholder="Search the tools"
          aria-label="Search the tool definitions"
          .value=${this.#wanted}
          @input=${this.#onInput}
        />
        <span class="note" role="status"
          >${wanted === '' ? nothing : `${formatCount(found.length)} of ${formatCount(tools.length)}`}</span
        ></label
      >
      <ul class="tools">
        ${found.map(
          ({ pointer, said }) =>
            html`<li class=${options.marked === pointer ? 'spot' : ''} data-pointer=${pointer}>
              ${renderTold(said, options)}
            </li>`,
        )}
      </ul>`;
  }

  async #ask(): Promise<void> {
    this.#tools = await this.#body.ask('toldTools', {}).catch(() => null);
    this.#body.host.requestUpdate();
  }

  readonly #onInput = (event: Event): void => {
    this.#wanted = (event.target as HTMLInputElement).value;
    this.#body.host.requestUpdate();
  };
}
