import { html, type TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { bodyCopies } from '../styles/body-copies.js';
import { copyText } from './copy-text.js';
import { formatCount } from '../view/format.js';
import type { BodyContext } from './body-context.js';

/** Longer ones are asked about first: not every program takes a clipboard of many megabytes. */
const LARGE_CHARACTERS = 1_000_000;

interface Form {
  readonly name: string;
  readonly label: string;
  readonly extension: string;
  readonly read: () => Promise<string | null>;
  /** Characters, as far as known before it is made. */
  readonly characters: number;
}

/** What can be copied or saved of a body. */
export class CopiesPanel {
  readonly #body: BodyContext;
  readonly #close: () => void;
  #doubted: string | null = null;

  constructor(body: BodyContext, close: () => void) {
    this.#body = body;
    this.#close = close;
    adoptSheet(body.host.renderRoot, bodyCopies);
  }

  /** What was asked about a long text. */
  forget(): void {
    this.#doubted = null;
  }

  render(): TemplateResult {
    return html`<ul class="panel">
      ${this.#forms().map(
        (form) =>
          html`<li>
            <span>${form.label}</span>
            ${
              this.#doubted === form.name
                ? html`<button type="button" @click=${() => void this.#copy(form)}>
                    Copy all ${formatCount(form.characters)} characters
                  </button>`
                : html`<button type="button" aria-label="Copy: ${form.label}" @click=${() => this.#ask(form)}>
                    Copy
                  </button>`
            }
            <button type="button" aria-label="Save: ${form.label}" @click=${() => void this.#save(form)}>Save</button>
          </li>`,
      )}
    </ul>`;
  }

  /** Of the menu that the panel stands in. */
  readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.#close();
    (event.currentTarget as Element).querySelector('button')?.focus();
  };

  readonly onFocusOut = ({ relatedTarget, currentTarget }: FocusEvent): void => {
    const isInside = relatedTarget instanceof Node && (currentTarget as Element).contains(relatedTarget);
    if (relatedTarget !== null && !isInside) this.#close();
  };

  #forms(): Form[] {
    const { meta, conversation, call, side } = this.#body;
    const { characters, format } = meta;
    const stored = (): Promise<string> => this.#body.ask('text', { start: 0, end: characters });
    const extension = format === 'json' ? 'json' : 'txt';
    const forms: Form[] = [{ name: 'stored', label: 'As stored', extension, read: stored, characters }];
    if (format === 'json') {
      const read = (): Promise<string | null> => this.#body.ask('pretty', {});
      forms.push({ name: 'pretty', label: 'JSON with indents', extension: 'json', read, characters });
    }
    if (conversation && conversation.stream !== null) {
      const read = (): Promise<string | null> => this.#body.ask('rebuilt', {});
      forms.push({ name: 'rebuilt', label: 'Rebuilt message', extension: 'json', read, characters });
    }
    if (conversation && side === 'request') {
      const { form } = conversation;
      const isStream = conversation.parameters.some(({ name, json }) => name === 'stream' && json === 'true');
      const read = async (): Promise<string> => {
        const { writeCurl } = await import('../view/body-curl.js');
        return writeCurl(await stored(), { form, provider: call.provider, model: call.model, isStream });
      };
      forms.push({ name: 'curl', label: 'cURL, key left out', extension: 'sh', read, characters });
    }
    return forms;
  }

  #ask(form: Form): void {
    if (form.characters <= LARGE_CHARACTERS) return void this.#copy(form);
    this.#doubted = form.name;
    this.#body.host.requestUpdate();
  }

  async #copy({ read, label }: Form): Promise<void> {
    const text = await read();
    const worked = text !== null && (await copyText(text));
    this.#body.say(worked ? `Copied: ${label}.` : 'The browser refused to copy.');
    this.#close();
  }

  async #save({ read, name, extension }: Form): Promise<void> {
    const text = await read();
    if (text === null) return;
    const { call, side } = this.#body;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
    link.download = `${call.id.replace(/[^\w-]/g, '_').slice(0, 80)}-${side}${name === 'stored' ? '' : `-${name}`}.${extension}`;
    link.click();
    // The download has taken hold of it by the next task.
    setTimeout(() => URL.revokeObjectURL(link.href));
    this.#close();
  }
}
