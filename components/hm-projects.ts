import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { defineElement } from '../src/controllers/define-element.js';
import type { Filter } from '../src/api/filter.js';
import { DaemonTask } from '../src/controllers/daemon-task.js';
import { ScopeController } from '../src/controllers/scope.js';
import { listProjects, type Project, type ProjectsAnswer } from '../src/daemon/projects.js';
import { base, table } from '../src/styles/base.js';
import { projects } from '../src/styles/projects.js';
import { formatPlural } from '../src/view/format.js';
import { PROJECT_COLUMNS, type ProjectColumn, sortProjects } from '../src/view/project-columns.js';
import { renderEmpty, renderStates } from '../src/view/states.js';

/**
 * What each project cost in the window of the filter, dearest first, and how its calls came to it.
 * Choosing a project asks for a filter; the table itself goes on showing all of them.
 *
 * @summary Cost, calls, failures and tags per project.
 * @event {FilterEvent} hm-filter - The user chose or left a project.
 * @event {LoadEvent} hm-load - An answer is drawn.
 * @event {LoadErrorEvent} hm-error - An answer could not be had.
 * @csspart loading - Before the first answer.
 * @csspart empty - When no project matches.
 * @csspart error - When the answer could not be had; what was drawn before stays below.
 * @csspart table - The table.
 */
export class HmProjects extends LitElement {
  static override properties = {
    daemon: {},
    filter: {},
    sort: {},
    order: {},
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

  readonly #scope = new ScopeController(this, import.meta.url);

  readonly #projects = new DaemonTask(this, {
    args: () => [this.#scope.origin, this.#window()],
    run: ([origin, search], signal) => listProjects(origin, search, signal),
    live: true,
  });

  /** The filter without the chosen projects, which the table goes on showing all of; with those the page's author fixed. */
  #window(): Filter {
    return { ...this.#scope.filter, project: this.#scope.fixed.project, tz: this.#scope.timeZone };
  }

  /** A row is a place in the order: when projects change places, focus goes with its project. */
  protected override update(changed: PropertyValues<this>): void {
    const focused = this.shadowRoot?.querySelector<HTMLButtonElement>('tbody :focus')?.value;
    super.update(changed);
    if (focused === undefined) return;
    const buttons = this.renderRoot.querySelectorAll<HTMLButtonElement>('tbody button');
    [...buttons].find((button) => button.value === focused)?.focus();
  }

  protected override render(): TemplateResult {
    return html`<section aria-labelledby="title" aria-busy=${this.#projects.pending}>
      <div class="head">
        <h2 id="title">Projects</h2>
        ${this.#projects.data ? html`<span class="context">${describeOrder(this.sort, this.order)}</span>` : nothing}
        ${
          this.#chosen.length > 0
            ? html`<div class="tools"><button type="button" @click=${this.#onClear}>All projects</button></div>`
            : nothing
        }
      </div>
      ${renderStates(this.#projects, {
        what: 'projects',
        timeZone: this.#scope.timeZone,
        renderEmpty: (data) =>
          data.projects.length === 0 ? renderEmpty('No projects yet. The first recorded call makes one.') : null,
        renderData: (data) => this.#renderTable(data),
      })}
    </section>`;
  }

  /** Projects the user chose; none where the page's author fixed which ones stand here. */
  get #chosen(): readonly string[] {
    return this.#scope.fixed.project === undefined ? (this.#scope.filter.project ?? []) : [];
  }

  #renderTable({ projects, totals }: ProjectsAnswer): TemplateResult {
    const scope = { costMillicents: totals.costMillicents ?? 0, timeZone: this.#scope.timeZone };
    return html`<div class="scroller">
      <table part="table" aria-labelledby="title">
        <thead>
          <tr>
            ${this.#renderHead({ key: 'project', label: 'Project', classes: '', sortBy: () => null })}
            ${PROJECT_COLUMNS.map((column) => this.#renderHead(column))}
          </tr>
        </thead>
        <tbody>
          ${sortProjects(projects, this.sort, this.order).map(
            (project) =>
              html`<tr
                class=${this.#chosen.includes(project.slug) ? 'chosen' : ''}
                @click=${(event: MouseEvent) => this.#onChoose(project, event)}
              >
                <th scope="row">${this.#renderName(project)}</th>
                ${PROJECT_COLUMNS.map(
                  (column) => html`<td class=${column.classes}>${column.cell(project, scope)}</td>`,
                )}
              </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${formatPlural(projects.length, 'project')}</th>
            ${PROJECT_COLUMNS.map((column) => html`<td class=${column.classes}>${column.total?.(totals)}</td>`)}
          </tr>
        </tfoot>
      </table>
    </div>`;
  }

  #renderHead(column: Omit<ProjectColumn, 'cell' | 'total'>): TemplateResult {
    const sorted = column.key === this.sort ? (this.order === 'asc' ? 'ascending' : 'descending') : nothing;
    return html`<th scope="col" class=${column.classes} aria-sort=${sorted}>
      ${
        column.sortBy
          ? html`<button type="button" @click=${() => this.#onSort(column.key)}>${column.label}</button>`
          : column.label
      }
    </th>`;
  }

  #renderName(project: Project): TemplateResult {
    const isChosen = this.#chosen.includes(project.slug);
    return html`<button type="button" value=${project.slug} aria-pressed=${isChosen} title=${project.name}>
        <span>${project.slug}</span></button
      >${project.archivedAt && html`<span class="muted archived">archived</span>`}`;
  }

  #onSort(key: string): void {
    if (this.sort === key) this.order = this.order === 'asc' ? 'desc' : 'asc';
    else {
      this.sort = key;
      this.order = key === 'project' || key === 'model' ? 'asc' : 'desc';
    }
  }

  /** A choice replaces the one before; with Ctrl, ⌘ or Shift it is added or taken away. */
  #onChoose(project: Project, event: MouseEvent): void {
    const others = this.#chosen.filter((slug) => slug !== project.slug);
    const kept = event.ctrlKey || event.metaKey || event.shiftKey ? others : [];
    const leaves = this.#chosen.includes(project.slug) && kept.length === others.length;
    this.#scope.changeFilter({ project: leaves ? kept : [...kept, project.slug] });
  }

  readonly #onClear = (): void => {
    this.#scope.changeFilter({ project: [] });
  };
}

function describeOrder(sort: string, order: 'asc' | 'desc'): string {
  const label = PROJECT_COLUMNS.find((column) => column.key === sort)?.label ?? 'project';
  return `by ${label.toLowerCase()}, ${order === 'desc' ? 'falling' : 'rising'}`;
}

defineElement('hm-projects', HmProjects);

declare global {
  interface HTMLElementTagNameMap {
    'hm-projects': HmProjects;
  }
}
