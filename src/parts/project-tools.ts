import { html, type LitElement, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { Filter } from '../api/filter.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { LazyPart } from '../controllers/lazy-part.js';
import type { ScopeController } from '../controllers/scope.js';
import type { Project, ProjectsAnswer } from '../daemon/projects.js';
import { projectTools } from '../styles/project-tools.js';
import { formatCount } from '../view/format.js';
import { isShown, PROJECT_COLUMNS, type ProjectColumn } from '../view/project-columns.js';
import { isText, sortProjects } from '../view/project-sorts.js';
import { renderError } from '../view/states.js';
import type { ProjectChanges } from './project-changes.js';
import type { PanelName, ProjectPanels } from './project-panels.js';
import type { ProjectView } from './project-view.js';

export type ProjectsHost = LitElement & {
  sort: string;
  order: 'asc' | 'desc';
  columns: string;
  search: string;
  archived: boolean;
  opened: string;
};

/** How the projects are being read. */
interface Reading {
  readonly data: ProjectsAnswer | undefined;
  readonly pending: boolean;
  readonly error: unknown;
}

/** What the parts of the projects table have in common. */
export interface ProjectsContext {
  readonly host: ProjectsHost;
  readonly scope: ScopeController;
  readonly reading: Reading;
  /** The filter that the projects are asked with. */
  readonly window: () => Filter;
}

/** Where the change stands among the usual columns, these stand from a greater width on. */
const LATER: Readonly<Record<string, string>> = {
  share: 'number from-600',
  trend: 'from-1040',
  failed: 'number from-720',
  unpriced: 'number from-720',
  cached: 'number from-1200',
  attribution: 'from-1480',
};

const makeRoom = (change: ProjectColumn): ProjectColumn[] =>
  PROJECT_COLUMNS.flatMap((column) => {
    const later = { ...column, classes: LATER[column.key] ?? column.classes };
    return column.key === 'trend' ? [later, change] : [later];
  });

const PANELS: readonly PanelName[] = ['Search', 'Attribution', 'Columns'];

/** What is done with the table of projects; what its buttons open is loaded with the first of it. */
export class ProjectTools implements ReactiveController {
  readonly #context: ProjectsContext;
  readonly #changes: LazyPart<ProjectChanges>;
  readonly #panels: LazyPart<ProjectPanels>;
  readonly #view: LazyPart<ProjectView>;
  #columns: readonly ProjectColumn[] = PROJECT_COLUMNS;
  /** The button in a row's head that had the focus before the rows were drawn anew. */
  #focused: Pick<HTMLButtonElement, 'value' | 'className'> | null = null;

  constructor(host: ProjectsHost, scope: ScopeController, reading: Reading, window: () => Filter) {
    const context = { host, scope, reading, window };
    this.#context = context;
    this.#changes = new LazyPart(host, async () => {
      const { ProjectChanges } = await import('./project-changes.js');
      return new ProjectChanges(context);
    });
    this.#panels = new LazyPart(host, async () => {
      const { ProjectPanels } = await import('./project-panels.js');
      return new ProjectPanels(
        context,
        () => this.#columns,
        () => this.#changes.value?.column,
      );
    });
    this.#view = new LazyPart(host, async () => {
      const { ProjectView } = await import('./project-view.js');
      return new ProjectView(context);
    });
    adoptSheet(host.renderRoot, projectTools);
    host.addController(this);
  }

  /** Loads what the attributes ask for, so that nothing is drawn that they leave out. */
  async getReady(): Promise<this> {
    const { columns, search } = this.#context.host;
    if (columns + search !== '') await this.#panels.load();
    return this;
  }

  /** The columns after the name. */
  get columns(): readonly ProjectColumn[] {
    return this.#columns;
  }

  /** What the rows are put in order by, in words. */
  get order(): string {
    const { sort, order } = this.#context.host;
    const label = this.#columns.find(({ key }) => key === sort)?.label ?? 'project';
    return `by ${label.toLowerCase()}, ${order === 'desc' ? 'falling' : 'rising'}`;
  }

  hostUpdate(): void {
    const { host, window } = this.#context;
    const { since, last } = window();
    const panels = this.#panels.value;
    if (host.opened !== '') void this.#view.load();
    if (host.columns + host.search !== '') void this.#panels.load();
    // Only a filter that begins has a period before, to compare with.
    if (since ?? last ?? (host.columns || panels?.open)) void this.#changes.load();
    const changes = this.#changes.value;
    const usual = changes?.isKnown ? makeRoom(changes.column) : PROJECT_COLUMNS;
    this.#columns = host.columns === '' ? usual : (panels?.pick(host.columns) ?? usual);
    this.#focused = null;
    const focused = host.renderRoot.querySelector<HTMLButtonElement>('[part=table] > tbody > tr > th :focus');
    if (focused) this.#focused = { value: focused.value, className: focused.className };
  }

  /** A row is a place in the order: when projects change places, focus goes with its project. */
  hostUpdated(): void {
    const focused = this.#focused;
    if (focused) this.#findButton(focused.value, focused.className)?.focus();
  }

  #findButton(slug: string, className: string): HTMLButtonElement | undefined {
    const buttons = this.#context.host.renderRoot.querySelectorAll<HTMLButtonElement>(
      '[part=table] > tbody > tr > th button',
    );
    return [...buttons].find((button) => button.value === slug && button.className === className);
  }

  /** The projects that the search and the switch of archived ones leave, in their order. */
  arrange(projects: readonly Project[]): readonly Project[] {
    const { sort, order, archived } = this.#context.host;
    const kept = archived ? projects : projects.filter(isShown);
    const change = this.#changes.value?.sort;
    return sortProjects(this.#panels.value?.find(kept) ?? kept, sort, order, change && { change });
  }

  /** Projects the user chose; none where the page's author fixed which ones stand here. */
  get #chosen(): readonly string[] {
    const { scope } = this.#context;
    return scope.fixed.project === undefined ? (scope.filter.project ?? []) : [];
  }

  isChosen({ slug }: Project): boolean {
    return this.#chosen.includes(slug);
  }

  /** The buttons beside the heading. */
  renderButtons(): TemplateResult | typeof nothing {
    const { host, reading, scope } = this.#context;
    const { projects } = reading.data ?? {};
    if (!projects?.length) return nothing;
    const leftOut = projects.filter((project) => !isShown(project)).length;
    return html`<div class="tools" part="tools">
      ${
        this.#chosen.length > 0
          ? html`<button type="button" @click=${() => scope.changeFilter({ project: [] })}>All projects</button>`
          : nothing
      }
      ${
        leftOut > 0
          ? html`<button type="button" aria-pressed=${host.archived} @click=${() => (host.archived = !host.archived)}>
              Archived (${formatCount(leftOut)})
            </button>`
          : nothing
      }
      ${PANELS.map(
        (panel) =>
          html`<button
            type="button"
            value=${panel}
            aria-expanded=${this.#panels.value?.open === panel}
            @click=${() => void this.#panels.load().then((panels) => panels?.toggle(panel))}
          >
            ${panel}
          </button>`,
      )}
    </div>`;
  }

  /** What stands between the heading and the table. */
  render(): TemplateResult {
    const { host, reading } = this.#context;
    const isMissing = host.opened !== '' && reading.data?.projects.every(({ slug }) => slug !== host.opened);
    const parts = [this.#changes, this.#panels, this.#view].filter(({ error }) => error !== undefined);
    return html`${this.#panels.value?.render()}
    ${isMissing ? html`<p class="fault" role="alert">There is no project ${JSON.stringify(host.opened)} here.</p>` : nothing}
    ${parts.map(({ error, retry }) => renderError('a script of the projects', error, '', () => void retry()))}`;
  }

  renderOpener({ slug }: Project): TemplateResult {
    const isOpen = this.#context.host.opened === slug;
    return html`<button
      type="button"
      class="opener"
      value=${slug}
      aria-expanded=${isOpen}
      aria-label="Details of ${slug}"
    ></button>`;
  }

  /** What stands below the row of a project: its own view, where it is open. */
  renderOpened({ slug }: Project): TemplateResult | typeof nothing {
    const view = this.#view.value;
    if (slug !== this.#context.host.opened || view === undefined) return nothing;
    return html`<tr class="opened" part="opened">
      <td colspan=${this.#columns.length + 1}>${view.element}</td>
    </tr>`;
  }

  /** A head sorts, a row is chosen, the button in its head opens it. */
  onClick(target: Element, keys: Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'>): void {
    const { host } = this.#context;
    const head = target.closest<HTMLButtonElement>('[part=table] > thead button');
    const opener = target.closest<HTMLButtonElement>('.opener');
    const name = target.closest('[part=table] > tbody > tr:not(.opened)')?.querySelector('button');
    if (head) this.#sort(head.value);
    else if (opener) host.opened = host.opened === opener.value ? '' : opener.value;
    else if (name) this.#choose(name.value, keys);
  }

  #sort(key: string): void {
    const { host } = this.#context;
    if (host.sort === key) host.order = host.order === 'asc' ? 'desc' : 'asc';
    else {
      host.sort = key;
      host.order = isText(key) ? 'asc' : 'desc';
    }
  }

  /** A choice replaces the one before; with Ctrl, ⌘ or Shift it is added or taken away. */
  #choose(slug: string, { ctrlKey, metaKey, shiftKey }: Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'>): void {
    const chosen = this.#chosen;
    const others = chosen.filter((other) => other !== slug);
    const kept = ctrlKey || metaKey || shiftKey ? others : [];
    const leaves = chosen.includes(slug) && kept.length === others.length;
    this.#context.scope.changeFilter({ project: leaves ? kept : [...kept, slug] });
  }
}

/** The tools of a table, with what its attributes ask for. */
export const makeTools = (
  ...[host, scope, reading, window]: ConstructorParameters<typeof ProjectTools>
): Promise<ProjectTools> => new ProjectTools(host, scope, reading, window).getReady();
