import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { CALL_COLUMNS } from '../view/all-columns.js';
import { isJsonPointer } from '../bodies/is-json-pointer.js';
import type { ColumnChoice } from '../view/call-layout.js';
import { nameColumn, printColumns } from '../view/column-choices.js';
import type { CallsContext } from './calls-context.js';

const SUGGESTED = ['/max_tokens', '/temperature', '/tools/*/name', '/reasoning/effort', '/stream'];

/** Chooses and orders the columns of the calls table, those from inside the body too. */
export class ColumnsPanel {
  readonly #context: CallsContext;
  #mistake = '';
  #dragged: string | null = null;
  /** The dragged column left its place. */
  #hasMoved = false;

  constructor(context: CallsContext) {
    this.#context = context;
  }

  render(): TemplateResult {
    const shown = this.#context.columns();
    const keys = shown.map(({ key }) => key);
    const others = CALL_COLUMNS.map(({ key }) => key).filter((key) => !keys.includes(key));
    return html`<ul class="columns" @keydown=${this.#onKey} @dragover=${this.#onDragOver} @dragend=${this.#onDragEnd}>
        ${repeat(
          [...keys, ...others],
          (key) => key,
          (key) => this.#renderColumn(key, keys.indexOf(key), keys.length),
        )}
      </ul>
      <form @submit=${this.#onAdd}>
        <label for="pointer">From the request’s body</label>
        <span class="entry">
          <input
            id="pointer"
            class="mono"
            list="pointers"
            placeholder="/max_tokens"
            spellcheck="false"
            autocomplete="off"
            aria-describedby=${this.#mistake === '' ? nothing : 'pointer-mistake'}
            aria-invalid=${this.#mistake !== ''}
          />
          <datalist id="pointers">${SUGGESTED.map((pointer) => html`<option value=${pointer}></option>`)}</datalist>
          <button class="button" part="button">Add</button>
        </span>
        ${this.#mistake === '' ? nothing : html`<p id="pointer-mistake" class="mistake" role="alert">${this.#mistake}</p>`}
      </form>
      <div class="actions">
        <span class="muted"><kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd> moves a column</span>
        <button
          type="button"
          ?disabled=${this.#context.arrangement().columns === null}
          @click=${() => this.#context.arrange({ columns: undefined })}
        >
          Default columns
        </button>
      </div>`;
  }

  #renderColumn(key: string, place: number, count: number): TemplateResult {
    const name = nameColumn(key);
    const isShown = place >= 0;
    return html`<li
      data-key=${key}
      draggable=${isShown ? 'true' : 'false'}
      class=${key === this.#dragged ? 'dragged' : ''}
      @dragstart=${(event: DragEvent) => this.#onDragStart(key, event)}
    >
      <label class=${key.startsWith('/') ? 'mono' : ''}
        ><input
          type="checkbox"
          .checked=${isShown}
          ?disabled=${isShown && count === 1}
          @change=${() => this.#toggle(key)}
        />${name}</label
      >
      ${
        isShown
          ? html`<button
                type="button"
                aria-label="Move ${name} to the left"
                ?disabled=${place === 0}
                @click=${() => this.#move(key, -1)}
              >
                ↑</button
              ><button
                type="button"
                aria-label="Move ${name} to the right"
                ?disabled=${place === count - 1}
                @click=${() => this.#move(key, 1)}
              >
                ↓
              </button>`
          : nothing
      }
    </li>`;
  }

  #arrange(columns: readonly ColumnChoice[], words: string, isSmall = false): void {
    this.#context.arrange({ columns: printColumns(columns) }, isSmall);
    this.#context.say(words);
  }

  #toggle(key: string): void {
    const columns = this.#context.columns();
    const others = columns.filter((column) => column.key !== key);
    if (others.length < columns.length) this.#arrange(others, `Column ${nameColumn(key)} left.`);
    else this.#arrange([...columns, { key, widthPx: null }], `Column ${nameColumn(key)} stands at the end.`);
  }

  #move(key: string, steps: number, isSmall = false): void {
    const columns = [...this.#context.columns()];
    const from = columns.findIndex((column) => column.key === key);
    const to = from + steps;
    if (from < 0 || to < 0 || to >= columns.length) return;
    columns.splice(to, 0, ...columns.splice(from, 1));
    this.#arrange(columns, `${nameColumn(key)} is column ${to + 1} of ${columns.length}.`, isSmall);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    const item = (event.target as Element).closest<HTMLElement>('li');
    if (item === null) return;
    event.preventDefault();
    this.#move(item.dataset.key!, event.key === 'ArrowUp' ? -1 : 1);
  };

  #onDragStart(key: string, event: DragEvent): void {
    this.#dragged = key;
    this.#hasMoved = false;
    if (event.dataTransfer) {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', nameColumn(key));
    }
    this.#context.host.requestUpdate();
  }

  readonly #onDragOver = (event: DragEvent): void => {
    if (this.#dragged === null) return;
    event.preventDefault();
    const over = (event.target as Element).closest<HTMLElement>('li')?.dataset.key;
    const keys = this.#context.columns().map(({ key }) => key);
    const [from, to] = [keys.indexOf(this.#dragged), keys.indexOf(over ?? '')];
    if (to < 0 || from === to) return;
    // One step of the history for the whole way that it is dragged.
    this.#move(this.#dragged, to - from, this.#hasMoved);
    this.#hasMoved = true;
  };

  readonly #onDragEnd = (): void => {
    this.#dragged = null;
    this.#context.host.requestUpdate();
  };

  readonly #onAdd = (event: SubmitEvent): void => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).querySelector('input')!;
    const pointer = input.value.trim();
    const columns = this.#context.columns();
    if (!isJsonPointer(pointer)) {
      this.#mistake =
        'A JSON Pointer starts with / and names one step after the other: /messages/0/role. * stands for all.';
    } else {
      this.#mistake = '';
      input.value = '';
      if (!columns.some(({ key }) => key === pointer)) {
        this.#arrange([...columns, { key: pointer, widthPx: null }], `Column ${pointer} stands at the end.`);
      }
    }
    this.#context.host.requestUpdate();
  };
}
