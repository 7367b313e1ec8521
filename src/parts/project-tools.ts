import { html, type LitElement, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { Filter } from '../api/filter.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { LazyPart } from '../controllers/lazy-part.js';
import type { ScopeController } from '../controllers/scope.js';
import type { Project, ProjectsAnswer } from '../daemon/projects.js';
import { command } from '../styles/command.js';
import { projectTools } from '../styles/project-tools.js';
import { PROJECT_COLUMNS, type ProjectColumn } from '../view/project-columns.js';
import { ALL_COLUMNS, insertAfter, pickColumns } from '../view/project-more-columns.js';
import { searchProjects } from '../view/project-search.js';
import { renderError } from '../view/states.js';
import { renderAttribution } from './project-attribution.js';
import { ProjectChanges } from './project-changes.js';
import type { ProjectView } from './project-view.js';

export type ProjectsHost = LitElement & { columns: string; search: string; opened: string };

interface Reading {
  readonly data: ProjectsAnswer | undefined;
  readonly pending: boolean;
  readonly error: unknown;
}

/** What the parts of the projects table have in common. */
export interface ProjectsContext {
  readonly host: ProjectsHost;
  readonly scope: ScopeController;
  /** The filter that the projects are asked with. */
  readonly window: () => Filter;
  readonly projects: () => readonly Project[] | undefined;
}

/** What the table of projects has beyond its usual columns: search, other columns, changes, and the view of one project. */
export class ProjectTools implements ReactiveController {
  /** The button whose panel is open. */
  panel: string | undefined;

  readonly #context: ProjectsContext;
  readonly #changes: ProjectChanges;
  readonly #view: LazyPart<ProjectView>;
  /** Names in `columns` that are none. */
  #unknown: readonly string[] = [];
  #columns: readonly ProjectColumn[] = PROJECT_COLUMNS;

  constructor(host: ProjectsHost, scope: ScopeController, reading: Reading, window: () => Filter) {
    const context = { host, scope, window, projects: () => reading.data?.projects };
    this.#context = context;
    this.#changes = new ProjectChanges(host, {
      origin: () => scope.origin,
      filter: window,
      isReady: () => reading.data !== undefined && !reading.pending && reading.error === undefined,
    });
    this.#view = new LazyPart(host, async () => {
      const { ProjectView } = await import('./project-view.js');
      return new ProjectView(context);
    });
    adoptSheet(host.renderRoot, command);
    adoptSheet(host.renderRoot, projectTools);
    host.addController(this);
  }

  /** The columns after the name. Of one drawing, since the change is asked for once for each. */
  get columns(): readonly ProjectColumn[] {
    return this.#columns;
  }

  hostUpdate(): void {
    const { columns, opened } = this.#context.host;
    if (opened !== '') void this.#view.load();
    const change = this.#changes.column;
    const usual = this.#changes.isKnown ? insertAfter(PROJECT_COLUMNS, 'trend', change) : PROJECT_COLUMNS;
    const picked = pickColumns(columns, insertAfter(ALL_COLUMNS, 'trend', change));
    this.#unknown = picked.unknown;
    this.#columns = picked.columns.length > 0 ? picked.columns : usual;
  }

  /** The projects that the search leaves. */
  find(projects: readonly Project[]): readonly Project[] {
    const search = this.#context.host.search.trim();
    return search === '' ? projects : searchProjects(projects, search);
  }

  /** Opens the panel of a button and puts the focus into it, or closes the one that is open. */
  toggle(panel: string): void {
    const { host } = this.#context;
    this.panel = this.panel === panel ? undefined : panel;
    // A search that can't be seen would hide projects without saying why.
    if (panel === 'Search' && this.panel === undefined) host.search = '';
    host.requestUpdate();
    if (this.panel === undefined) return;
    void host.updateComplete.then(() =>
      host.renderRoot.querySelector<HTMLElement>('[part=panel] :is(input, button, [tabindex])')?.focus(),
    );
  }

  /** The open panel, and what was asked for and can't be done. */
  render(): TemplateResult {
    const { host, projects } = this.#context;
    const panel = this.panel ?? (host.search === '' ? undefined : 'Search');
    const isMissing = host.opened !== '' && projects()?.every(({ slug }) => slug !== host.opened);
    return html`${
      panel === undefined
        ? nothing
        : html`<div part="panel" role="group" aria-label=${panel} @keydown=${this.#onKey}>
            ${this.#renderPanel(panel)}
          </div>`
    }
    ${this.#unknown.map((name) => html`<p class="fault" role="alert">There is no column ${JSON.stringify(name)}.</p>`)}
    ${isMissing ? html`<p class="fault" role="alert">There is no project ${JSON.stringify(host.opened)} here.</p>` : nothing}
    ${
      this.#view.error === undefined
        ? nothing
        : renderError('the script that draws a project', this.#view.error, '', () => void this.#view.retry())
    }`;
  }

  /** What stands below the row of a project: its own view, where it is open. */
  renderOpened({ slug }: Project): TemplateResult | typeof nothing {
    const view = this.#view.value;
    if (slug !== this.#context.host.opened || view === undefined) return nothing;
    return html`<tr class="opened" part="opened">
      <td colspan=${this.#columns.length + 1}>${view.element}</td>
    </tr>`;
  }

  #renderPanel(panel: string): TemplateResult {
    const { host } = this.#context;
    if (panel === 'Attribution') return renderAttribution(this.#context);
    if (panel === 'Columns') return this.#renderColumns();
    const found = this.find(this.#context.projects() ?? []).length;
    return html`<input
        class="search"
        type="search"
        aria-label="Search projects"
        placeholder="Project, model or way of attribution"
        .value=${host.search}
        @input=${(event: InputEvent) => (host.search = (event.target as HTMLInputElement).value)}
      />
      <span class="muted" role="status">${found === 0 ? 'No project matches.' : ''}</span>`;
  }

  #renderColumns(): TemplateResult {
    const { host } = this.#context;
    const known = insertAfter(ALL_COLUMNS, 'trend', this.#changes.column);
    const shown = this.#seen();
    const onToggle = (key: string): void => {
      const keys = known.map((column) => column.key);
      const isOn = (other: string): boolean => (other === key ? !shown.has(key) : shown.has(other));
      host.columns = keys.filter(isOn).join();
    };
    return html`<div class="choices">
      ${known.map(
        ({ key, label, title }) =>
          html`<label title=${title ?? nothing}
            ><input
              type="checkbox"
              value=${key}
              .checked=${shown.has(key)}
              ?disabled=${shown.has(key) && shown.size === 1}
              @change=${() => onToggle(key)}
            />${label}</label
          >`,
      )}
      <button class="button" type="button" ?disabled=${host.columns === ''} @click=${() => (host.columns = '')}>
        Usual columns
      </button>
    </div>`;
  }

  /** Columns that stand: of the usual ones those that the width allows. */
  #seen(): ReadonlySet<string> {
    const { host } = this.#context;
    const heads = host.renderRoot.querySelectorAll<HTMLElement>('[part=table] > thead th');
    const isSeen = (index: number): boolean => host.columns !== '' || (heads[index + 1]?.offsetWidth ?? 0) > 0;
    return new Set(this.#columns.filter((_, index) => isSeen(index)).map(({ key }) => key));
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    const panel = this.panel ?? 'Search';
    this.panel = panel;
    this.toggle(panel);
    const { host } = this.#context;
    host.renderRoot.querySelector<HTMLElement>(`.tools [value=${panel}]`)?.focus();
  };
}
