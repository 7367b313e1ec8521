import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { defineElement } from '../src/controllers/define-element.js';
import type { Filter } from '../src/api/filter.js';
import { DaemonTask } from '../src/controllers/daemon-task.js';
import { ScopeController } from '../src/controllers/scope.js';
import { listProjects, type Project, type ProjectsAnswer } from '../src/daemon/projects.js';
import type { ProjectTools } from '../src/parts/project-tools.js';
import { base, table } from '../src/styles/base.js';
import { projects } from '../src/styles/projects.js';
import {
  countRows,
  isLeftOut,
  makeTable,
  PROJECT_COLUMNS,
  type ProjectColumn,
  renderName,
  renderTools,
  sortProjects,
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
    run: ([origin, search], signal) => listProjects(origin, search, signal),
    live: true,
  });

  /** What is beyond the usual table: loaded with the first of it that is asked for. */
  #tools: ProjectTools | undefined;
  #loading: Promise<void> | undefined;
  #failure: unknown;

  /** The filter without the chosen projects, which the table goes on showing all of; with those the page's author fixed. */
  #window(): Filter {
    return { ...this.#scope.filter, project: this.#scope.fixed.project, tz: this.#scope.timeZone };
  }

  readonly #load = (): Promise<void> =>
    (this.#loading ??= import('../src/parts/project-tools.js')
      .then(
        ({ ProjectTools }) => (this.#tools = new ProjectTools(this, this.#scope, this.#projects, () => this.#window())),
        (error: unknown) => void (this.#failure = error),
      )
      .then(() => this.requestUpdate()));

  /** A row is a place in the order: when projects change places, focus goes with its project. */
  protected override update(changed: PropertyValues<this>): void {
    const { since = '', last = '' } = this.#window();
    // Only a filter that begins has a period before, to compare with.
    if (this.columns + this.search + this.opened + since + last) void this.#load();
    const focused = this.shadowRoot?.querySelector<HTMLButtonElement>('tbody th :focus');
    const { value, className } = focused ?? {};
    super.update(changed);
    if (value === undefined) return;
    const buttons = this.renderRoot.querySelectorAll<HTMLButtonElement>('tbody th button');
    [...buttons].find((button) => button.value === value && button.className === className)?.focus();
  }

  protected override render(): TemplateResult {
    const { data } = this.#projects;
    return html`<section aria-labelledby="title" aria-busy=${this.#projects.pending}>
      <div class="head">
        <h2 id="title">Projects</h2>
        ${
          data
            ? html`<span class="context">${this.#describeOrder()}</span>
                ${this.#chosen.length > 0 ? html`<button type="button" @click=${this.#onClear}>All projects</button>` : nothing}
                ${renderTools(data.projects.filter(isLeftOut).length, this.archived, this.#tools?.panel, this.#onTool)}`
            : nothing
        }
      </div>
      ${this.#failure === undefined ? this.#tools?.render() : renderError('the script of the tools', this.#failure, '', this.#onRetry)}
      ${renderStates(this.#projects, {
        what: 'projects',
        timeZone: this.#scope.timeZone,
        renderEmpty: (answer) =>
          answer.projects.length === 0 ? renderEmpty('No projects yet. The first recorded call makes one.') : null,
        renderData: (answer) => this.#renderTable(answer),
      })}
    </section>`;
  }

  /** Projects the user chose; none where the page's author fixed which ones stand here. */
  get #chosen(): readonly string[] {
    return this.#scope.fixed.project === undefined ? (this.#scope.filter.project ?? []) : [];
  }

  get #columns(): readonly ProjectColumn[] {
    return this.#tools?.columns ?? PROJECT_COLUMNS;
  }

  #renderTable({ projects, totals }: ProjectsAnswer): TemplateResult {
    const columns = this.#columns;
    const cells = makeTable(projects, this.#scope.timeZone);
    const kept = this.archived ? projects : projects.filter((project) => !isLeftOut(project));
    const rows = this.#tools?.find(kept) ?? kept;
    return html`<div class="scroller">
      <table part="table" aria-labelledby="title">
        <thead>
          <tr>
            ${this.#renderHead({ key: 'project', label: 'Project', classes: '', sortBy: () => null })}
            ${columns.map((column) => this.#renderHead(column))}
          </tr>
        </thead>
        <tbody>
          ${sortProjects(rows, this.sort, this.order, columns).map(
            (project) =>
              html`<tr
                  class=${this.#chosen.includes(project.slug) ? 'chosen' : ''}
                  @click=${(event: MouseEvent) => this.#onRow(project, event)}
                >
                  <th scope="row">
                    ${renderName(project, this.#chosen.includes(project.slug), this.opened === project.slug)}
                  </th>
                  ${columns.map((column) => html`<td class=${column.classes}>${column.cell(project, cells)}</td>`)}
                </tr>
                ${this.#tools?.renderOpened(project)}`,
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

  #renderHead({ key, label, classes, title, sortBy }: Omit<ProjectColumn, 'cell' | 'total'>): TemplateResult {
    const sorted = key === this.sort ? (this.order === 'asc' ? 'ascending' : 'descending') : nothing;
    return html`<th scope="col" class=${classes} title=${title ?? nothing} aria-sort=${sorted}>
      ${sortBy ? html`<button type="button" @click=${() => this.#onSort(key)}>${label}</button>` : label}
    </th>`;
  }

  #describeOrder(): string {
    const label = this.#columns.find((column) => column.key === this.sort)?.label ?? 'project';
    return `by ${label.toLowerCase()}, ${this.order === 'desc' ? 'falling' : 'rising'}`;
  }

  #onSort(key: string): void {
    if (this.sort === key) this.order = this.order === 'asc' ? 'desc' : 'asc';
    else {
      this.sort = key;
      this.order = key === 'project' || key === 'model' ? 'asc' : 'desc';
    }
  }

  /** A choice replaces the one before; with Ctrl, ⌘ or Shift it is added or taken away. */
  #onRow({ slug }: Project, event: MouseEvent): void {
    if ((event.target as Element).closest('.opener')) {
      this.opened = this.opened === slug ? '' : slug;
      return;
    }
    const others = this.#chosen.filter((other) => other !== slug);
    const kept = event.ctrlKey || event.metaKey || event.shiftKey ? others : [];
    const leaves = this.#chosen.includes(slug) && kept.length === others.length;
    this.#scope.changeFilter({ project: leaves ? kept : [...kept, slug] });
  }

  readonly #onClear = (): void => {
    this.#scope.changeFilter({ project: [] });
  };

  readonly #onTool = async ({ target }: MouseEvent): Promise<void> => {
    const { value } = target as HTMLButtonElement;
    if (value === 'archived') this.archived = !this.archived;
    else if (value) {
      await this.#load();
      this.#tools?.toggle(value);
    }
  };

  readonly #onRetry = (): void => {
    this.#loading = this.#failure = undefined;
    void this.#load();
  };
}

defineElement('hm-projects', HmProjects);

declare global {
  interface HTMLElementTagNameMap {
    'hm-projects': HmProjects;
  }
}
