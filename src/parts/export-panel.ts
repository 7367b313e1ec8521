import { html, nothing, type TemplateResult } from 'lit';
import { exportCalls, type ExportFormat } from '../daemon/export-calls.js';
import { nameColumn } from '../view/column-choices.js';
import { fieldOf } from '../view/all-columns.js';
import { formatCount, formatPlural } from '../view/format.js';
import type { CallsContext } from './calls-context.js';
import { LineCounter, openExportFile } from './save-export.js';

const TYPES: Readonly<Record<ExportFormat, string>> = { csv: 'text/csv', jsonl: 'application/jsonl' };

interface Running {
  readonly format: ExportFormat;
  readonly total: number;
  readonly abort: AbortController;
  rows: number;
}

/** Every call of the filter as a file, with the columns that stand, in their order, sorted as they are. */
export class ExportPanel {
  readonly #context: CallsContext;
  #running: Running | null = null;
  #told = '';
  #fault = '';

  constructor(context: CallsContext) {
    this.#context = context;
  }

  render(): TemplateResult {
    const total = this.#context.total() ?? 0;
    const columns = this.#context.columns();
    return html`<p>
        ${formatPlural(total, 'call')} of this filter, sorted as shown, with ${formatPlural(columns.length, 'column')}:
        ${columns.map(({ key }) => nameColumn(key)).join(', ')}.
      </p>
      ${
        columns.some(({ key }) => key.startsWith('/'))
          ? html`<p class="muted">
              What is read from inside requests takes its time: each call’s body is opened for it.
            </p>`
          : nothing
      }
      ${this.#running === null ? this.#renderChoice(total) : this.#renderProgress(this.#running)}
      ${this.#told === '' ? nothing : html`<p role="status">${this.#told}</p>`}
      ${this.#fault === '' ? nothing : html`<p class="mistake" role="alert">${this.#fault}</p>`}`;
  }

  #renderChoice(total: number): TemplateResult {
    const isEmpty = total === 0 || this.#context.columns().length === 0;
    return html`<div class="entry">
      <button type="button" class="button" part="button" ?disabled=${isEmpty} @click=${() => void this.#export('csv')}>
        CSV
      </button>
      <button
        type="button"
        class="button"
        part="button"
        ?disabled=${isEmpty}
        @click=${() => void this.#export('jsonl')}
      >
        JSON Lines
      </button>
    </div>`;
  }

  #renderProgress({ rows, total, abort }: Running): TemplateResult {
    return html`<div class="entry">
      <progress max=${total} .value=${Math.min(rows, total)} aria-label="Rows exported"></progress>
      <span class="rows">${formatCount(rows)} of ${formatCount(total)}</span>
      <button type="button" class="button" part="button" @click=${() => abort.abort()}>Cancel</button>
    </div>`;
  }

  async #export(format: ExportFormat): Promise<void> {
    const { scope, arrangement, columns, total, say } = this.#context;
    const running: Running = { format, total: total() ?? 0, abort: new AbortController(), rows: 0 };
    const name = `calls-${new Date().toISOString().slice(0, 10)}.${format}`;
    this.#running = running;
    this.#told = this.#fault = '';
    this.#draw();
    try {
      const file = await openExportFile(name, TYPES[format], running.total);
      const { sort, order } = arrangement();
      try {
        const answer = await exportCalls(
          scope.origin,
          format,
          scope.asked,
          { sort, order, fields: columns().map(({ key }) => fieldOf(key)) },
          running.abort.signal,
        );
        await this.#copy(answer, file, running);
      } catch (error) {
        await file.discard();
        throw error;
      }
      this.#told = `${formatPlural(running.rows, 'call')} exported to ${name}.`;
      say(this.#told);
    } catch (error) {
      const isGivenUp = running.abort.signal.aborted || (error instanceof DOMException && error.name === 'AbortError');
      if (isGivenUp) this.#told = 'Export cancelled. Nothing was kept.';
      else this.#fault = `The export failed. ${error instanceof Error ? error.message : String(error)}`;
    }
    this.#running = null;
    this.#draw();
  }

  async #copy(
    answer: ReadableStream<Uint8Array<ArrayBuffer>>,
    file: Awaited<ReturnType<typeof openExportFile>>,
    running: Running,
  ): Promise<void> {
    const lines = new LineCounter();
    const head = running.format === 'csv' ? 1 : 0;
    const reader = answer.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      await file.write(value);
      lines.count(value);
      running.rows = Math.max(0, lines.lines - head);
      this.#draw();
    }
    await file.finish();
  }

  #draw(): void {
    this.#context.host.requestUpdate();
  }
}
