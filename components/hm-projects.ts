import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { defineElement } from '../src/controllers/define-element.js';
import type { Filter } from '../src/api/filter.js';
import { DaemonTask } from '../src/controllers/daemon-task.js';
import { ScopeController } from '../src/controllers/scope.js';
import { listProjects, type ProjectsAnswer } from '../src/daemon/projects.js';
import type { ProjectTools } from '../src/parts/project-tools.js';
import { base } from '../src/styles/base.js';
import { projects } from '../src/styles/projects.js';
import { table } from '../src/styles/table.js';
import {
  countRows,
  isShown,
  makeTable,
  NAME_COLUMN,
  PROJECT_COLUMNS,
  type ProjectColumn,
  type ProjectHead,
  renderName,
} from '../src/view/project-columns.js';
import { renderEmpty, renderError, renderStates } from '../src/view/states.js';

/**
 * What each project cost in the window of the filter, dearest first, and how its calls came to it. Choosing a project asks
 * for a filter; the table itself goes on showing all of them. Opening one shows what its calls were made of.
 *
 * @summary Cost, calls, failures and tags per project.
 * @event {FilterEvent} hm-filter - The user chose or left a project, or one of the values that stand below it.
 * @event {LoadEvent} hm-load - An answer is drawn.
 * @event {LoadErrorEvent} hm-error - An answer could not be had.
 * @csspart loading - Before the first answer.
 * @csspart empty - When no project matches.
 * @csspart error - When the answer could not be had; what was drawn before stays below.
 * @csspart table - The table.
 * @csspart panel - What a button beside the heading opens.
 * @csspart opened - The view of one project, below its row.
 */
export class HmProjects extends LitElement {
  static override properties = {
    daemon: {},
    filter: {},
    sort: {},
    order: {},
    columns: {},
    search: {},
    archived: { type: Boolean },
    opened: {},
  };

  static override styles = [base, table, projects];

  /** Base address of the API. Empty: the scope's, or the server this module came from. */
  daemon = '';

  /** The contract's filter as a query string: `provider=openai&last=7d`. Names here replace the scope's. */
  filter = '';

  /** Column the rows are sorted by: `project`, `cost`, `imputed`, `calls`, `per-call`, `cached`, `p95`, `failed`, … */
  sort = 'cost';

  /** Direction of the sort. */
  order: 'asc' | 'desc' = 'desc';

  /** Columns after the name, in their order: `cost,change,tokens`. Empty: as many of the usual ones as the width allows. */
  columns = '';

  /** Words that slug, name, top model or ways of attribution must contain. */
  search = '';

  /** Shows archived projects without a call in the window too. */
  archived = false;

  /** Slug of the project whose own view stands below its row. */
  opened = '';

  readonly #scope = new ScopeController(this, import.meta.url);

  readonly #projects = new DaemonTask(this, {
    args: () => [this.#scope.origin, this.#window()],
    run: async ([origin, search], signal) => {
      const answer = await listProjects(origin, search, signal);
      // Nothing is drawn that what was asked for would draw otherwise.
      await this.#loading;
      return answer;
    },
    live: true,
  });

  /** What is done with the table: loaded when a user comes near, or where what is asked for is not the usual. */
  #tools: ProjectTools | undefined;
  #loading: Promise<void> | undefined;
  #failure: unknown;

  /** The filter without the chosen projects, which the table goes on showing all of; with those the page's author fixed. */
  #window(): Filter {
    return { ...this.#scope.filter, project: this.#scope.fixed.project, tz: this.#scope.timeZone };
  }

  readonly #load = (): Promise<void> =>
    (this.#loading ??= import('../src/parts/project-tools.js')
      .then(({ makeTools }) => makeTools(this, this.#scope, this.#projects, () => this.#window()))
      .then((tools) => {
        this.#tools = tools;
      })
      .catch((error: unknown) => {
        this.#failure = error;
      })
      .then(() => this.requestUpdate()));

  readonly #retry = (): void => {
    this.#loading = undefined;
    void this.#load();
  };

  protected override render(): TemplateResult {
    const { project, since, last } = this.#scope.filter;
    const asked = this.sort + this.order + this.columns + this.search + this.opened + this.archived;
    // Other than the answer in its own order, nothing chosen, and no period before to compare with.
    if (asked !== 'costdescfalse' || (project ?? since ?? last)) void this.#load();
    return html`<section
      aria-labelledby="title"
      aria-busy=${this.#projects.pending}
      @pointerenter=${this.#load}
      @focusin=${this.#load}
    >
      <div class="head">
        <h2 id="title">Projects</h2>
        ${this.#projects.data ? html`<span class="context">${this.#tools?.order ?? 'by cost, falling'}</span>` : nothing}
        ${this.#tools?.renderButtons()}
      </div>
      ${this.#tools?.render() ?? (this.#failure ? renderError('its buttons', this.#failure, '', this.#retry) : nothing)}
      ${renderStates(this.#projects, {
        what: 'projects',
        timeZone: this.#scope.timeZone,
        renderEmpty: (answer) =>
          answer.projects.length === 0 ? renderEmpty('No projects yet. The first recorded call makes one.') : null,
        renderData: (answer) => this.#renderTable(answer),
      })}
    </section>`;
  }

  #renderTable(answer: ProjectsAnswer): TemplateResult {
    const { projects, totals } = answer;
    const tools = this.#tools;
    const columns: readonly ProjectColumn[] = tools?.columns ?? PROJECT_COLUMNS;
    const cells = makeTable(answer, this.#scope.timeZone);
    const rows = tools?.arrange(projects) ?? projects.filter(isShown);
    return html`<div class="scroller">
      <table part="table" aria-labelledby="title" @click=${this.#onClick}>
        <thead>
          <tr>
            ${[NAME_COLUMN, ...columns].map((column) => this.#renderHead(column))}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (project) =>
              html`<tr class=${tools?.isChosen(project) ? 'chosen' : ''}>
                  <th scope="row">${renderName(project, tools?.isChosen(project))}${tools?.renderOpener(project)}</th>
                  ${columns.map((column) => html`<td class=${column.classes}>${column.cell(project, cells)}</td>`)}
                </tr>
                ${tools?.renderOpened(project)}`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${countRows(projects.length, rows.length)}</th>
            ${columns.map((column) => html`<td class=${column.classes}>${column.total?.(totals)}</td>`)}
          </tr>
        </tfoot>
      </table>
    </div>`;
  }

  #renderHead({ key, label, classes }: ProjectHead): TemplateResult {
    const sorted = key === this.sort ? (this.order === 'asc' ? 'ascending' : 'descending') : nothing;
    return html`<th scope="col" class=${classes} aria-sort=${sorted}>
      <button type="button" value=${key}>${label}</button>
    </th>`;
  }

  readonly #onClick = (event: MouseEvent): void => {
    // Read at once: while the click waits for what it does to be loaded, it loses its target.
    const target = event.target as Element;
    void this.#load().then(() => this.#tools?.onClick(target, event));
  };
}

defineElement('hm-projects', HmProjects);

declare global {
  interface HTMLElementTagNameMap {
    'hm-projects': HmProjects;
  }
}
