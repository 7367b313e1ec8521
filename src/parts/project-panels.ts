import { html, nothing, type TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import type { Project } from '../daemon/projects.js';
import { command } from '../styles/command.js';
import { projectPanels } from '../styles/project-panels.js';
import { projectWays } from '../styles/project-ways.js';
import { formatPlural } from '../view/format.js';
import { isShown, type ProjectColumn } from '../view/project-columns.js';
import { ALL_COLUMNS, describeColumn, pickColumns } from '../view/project-more-columns.js';
import { searchProjects } from '../view/project-search.js';
import { renderAttribution } from './project-attribution.js';
import type { ProjectsContext } from './project-tools.js';

export type PanelName = 'Search' | 'Attribution' | 'Columns';

/** What the buttons beside the heading open, and what is chosen there: a search, and columns. */
export class ProjectPanels {
  /** The button whose panel is open. */
  open: PanelName | undefined;

  readonly #context: ProjectsContext;
  readonly #shown: () => readonly ProjectColumn[];
  readonly #change: () => ProjectColumn | undefined;

  /** `shown`: the columns that are drawn. `change`: that of the change, once it is there. */
  constructor(
    context: ProjectsContext,
    shown: () => readonly ProjectColumn[],
    change: () => ProjectColumn | undefined,
  ) {
    this.#context = context;
    this.#shown = shown;
    this.#change = change;
    if (context.host.search !== '') this.open = 'Search';
    adoptSheet(context.host.renderRoot, command);
    adoptSheet(context.host.renderRoot, projectWays);
    adoptSheet(context.host.renderRoot, projectPanels);
  }

  /** Opens a panel and puts the focus into it, or closes the one that is open. */
  toggle(panel: PanelName): void {
    const { host } = this.#context;
    this.open = this.open === panel ? undefined : panel;
    // A search that can't be seen would hide projects without saying why.
    if (this.open !== 'Search') host.search = '';
    host.requestUpdate();
    if (this.open === undefined) return;
    void host.updateComplete.then(() =>
      host.renderRoot.querySelector<HTMLElement>('[part=panel] :is(input, button)')?.focus(),
    );
  }

  /** Every column that there is, in the usual order. */
  get #known(): ProjectColumn[] {
    const change = this.#change();
    return ALL_COLUMNS.flatMap((column) => (column.key === 'trend' && change ? [column, change] : [column]));
  }

  /** The columns of these names; null where none is known. */
  pick(names: string): readonly ProjectColumn[] | null {
    const { columns } = pickColumns(names, this.#known);
    return columns.length > 0 ? columns : null;
  }

  /** The projects that the search leaves. */
  find(projects: readonly Project[]): readonly Project[] {
    const search = this.#context.host.search.trim();
    return search === '' ? projects : searchProjects(projects, search);
  }

  /** The open panel, and what was asked for and can't be done. */
  render(): TemplateResult {
    const { host } = this.#context;
    const { unknown } = pickColumns(host.columns, this.#known);
    // That of the change comes later.
    const faults = unknown.filter((name) => name !== 'change');
    return html`${
      this.open === undefined
        ? nothing
        : html`<div part="panel" role="group" aria-label=${this.open} @keydown=${this.#onKey}>
            ${this.#renderPanel(this.open)}
          </div>`
    }
    ${faults.map((name) => html`<p class="fault" role="alert">There is no column ${JSON.stringify(name)}.</p>`)}`;
  }

  #renderPanel(panel: PanelName): TemplateResult {
    if (panel === 'Attribution') return renderAttribution(this.#context);
    return panel === 'Columns' ? this.#renderColumns() : this.#renderSearch();
  }

  #renderSearch(): TemplateResult {
    const { host, reading } = this.#context;
    const projects = reading.data?.projects ?? [];
    const found = this.find(host.archived ? projects : projects.filter(isShown)).length;
    return html`<div class="choices">
      <input
        class="search"
        type="search"
        aria-label="Search projects"
        placeholder="Project, model or how attributed"
        spellcheck="false"
        autocomplete="off"
        .value=${host.search}
        @input=${(event: InputEvent) => (host.search = (event.target as HTMLInputElement).value)}
      />
      <span class="muted" role="status">
        ${host.search.trim() === '' ? nothing : found === 0 ? 'No project matches.' : formatPlural(found, 'project')}
      </span>
    </div>`;
  }

  #renderColumns(): TemplateResult {
    const { host } = this.#context;
    const known = this.#known;
    const shown = this.#seen();
    const onToggle = (key: string): void => {
      const isOn = (other: string): boolean => shown.has(other) !== (other === key);
      // In their order, but with what was chosen in another left as it is.
      const kept = host.columns === '' ? [] : [...shown].filter(isOn);
      const keys = known.map((column) => column.key).filter(isOn);
      host.columns = (kept.length > 0 && kept.length < shown.size ? kept : keys).join();
    };
    return html`<div class="choices">
      ${known.map(
        (column) =>
          html`<label title=${describeColumn(column) ?? nothing}
            ><input
              type="checkbox"
              value=${column.key}
              .checked=${shown.has(column.key)}
              ?disabled=${shown.has(column.key) && shown.size === 1}
              @change=${() => onToggle(column.key)}
            />${column.label}</label
          >`,
      )}
      <button
        class="button"
        part="button"
        type="button"
        ?disabled=${host.columns === ''}
        @click=${() => (host.columns = '')}
      >
        Usual columns
      </button>
    </div>`;
  }

  /** Columns that stand: of the usual ones those that the width allows. */
  #seen(): ReadonlySet<string> {
    const { host } = this.#context;
    const heads = host.renderRoot.querySelectorAll<HTMLElement>('[part=table] > thead th');
    const isSeen = (index: number): boolean => host.columns !== '' || (heads[index + 1]?.offsetWidth ?? 0) > 0;
    return new Set(
      this.#shown()
        .filter((_, index) => isSeen(index))
        .map(({ key }) => key),
    );
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.open === undefined) return;
    event.preventDefault();
    const opener = this.#context.host.renderRoot.querySelector<HTMLElement>(`.tools [value=${this.open}]`);
    this.toggle(this.open);
    opener?.focus();
  };
}
