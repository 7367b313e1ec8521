import { html, nothing, type ReactiveController, render, type TemplateResult } from 'lit';
import type { Filter } from '../api/filter.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import { type GroupsAnswer, listGroups } from '../daemon/groups.js';
import type { Project } from '../daemon/projects.js';
import { command } from '../styles/command.js';
import { projectView } from '../styles/project-view.js';
import { projectWays } from '../styles/project-ways.js';
import { visuallyHidden } from '../styles/visually-hidden.js';
import { describeAttribution, UNATTRIBUTED } from '../view/attribution.js';
import { joinGroups, stripModelDate } from '../view/model-names.js';
import { renderFacts } from '../view/project-facts.js';
import { renderRetagging } from '../view/project-fix.js';
import { type PartKey, renderParts, sortByCost } from '../view/project-parts.js';
import { renderWays } from '../view/project-ways.js';
import { renderError, renderLoading } from '../view/states.js';
import { formatClock } from '../view/time.js';
import { copyText } from './copy-text.js';
import type { ProjectsContext } from './project-tools.js';

const PARTS: readonly (readonly [PartKey, string])[] = [
  ['model', 'Models'],
  ['provider', 'Providers'],
  ['machine', 'Machines'],
  ['workdir', 'Folders'],
];

type Groups = GroupsAnswer['groups'];

interface Answer {
  readonly slug: string;
  readonly parts: readonly Groups[];
  readonly ways: Groups;
}

/** What stands below the row of the opened project, in an element of its own that goes with its row. */
export class ProjectView implements ReactiveController {
  readonly element = document.createElement('div');

  readonly #context: ProjectsContext;
  readonly #task: DaemonTask<[slug: string, filter: Filter], Answer | null>;
  /** Tables that show all their rows. */
  readonly #whole = new Set<PartKey>();
  #isSplit = false;
  /** The project that was drawn last. */
  #slug = '';
  /** What in it had the focus before its row changed its place. */
  #held: HTMLElement | null = null;

  constructor(context: ProjectsContext) {
    this.#context = context;
    const { host, scope } = context;
    this.element.className = 'view';
    this.element.role = 'group';
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      this.#close();
    });
    // While no project is open there is nothing to ask for, also not again when the data changed.
    this.#task = new DaemonTask(host, {
      args: (): readonly [string, string, Filter] => [scope.origin, host.opened, context.window()],
      run: ([origin, slug, filter], signal) =>
        slug === '' ? Promise.resolve(null) : askParts(origin, slug, filter, signal),
      live: true,
      quiet: true,
    });
    for (const sheet of [command, visuallyHidden, projectWays, projectView]) adoptSheet(host.renderRoot, sheet);
    host.addController(this);
  }

  hostUpdate(): void {
    const { host } = this.#context;
    if (host.opened !== this.#slug) {
      this.#slug = host.opened;
      this.#whole.clear();
    }
    const active = (host.renderRoot as ShadowRoot).activeElement;
    this.#held = this.element.contains(active) ? (active as HTMLElement) : null;
    const project = this.#context.reading.data?.projects.find(({ slug }) => slug === host.opened);
    if (project !== undefined) render(this.#render(project), this.element);
  }

  /** A row that changes its place takes the view with it, and a button that is gone leaves the focus to the view. */
  hostUpdated(): void {
    const held = this.#held;
    if (held === null || !this.element.isConnected || held.matches(':focus')) return;
    if (held.isConnected) held.focus({ preventScroll: true });
    else this.element.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
  }

  #close(): void {
    const { host } = this.#context;
    const slug = host.opened;
    host.opened = '';
    void host.updateComplete.then(() => {
      const openers = host.renderRoot.querySelectorAll<HTMLButtonElement>('.opener');
      [...openers].find(({ value }) => value === slug)?.focus();
    });
  }

  #render(project: Project): TemplateResult {
    const { scope } = this.#context;
    this.element.ariaLabel = `Details of ${project.slug}`;
    const { data, error } = this.#task;
    return html`${renderFacts(project, scope.timeZone, copyText)}
    ${error === undefined ? nothing : this.#renderError(project, error)}
    ${
      data?.slug === project.slug
        ? this.#renderAnswer(project, data)
        : error === undefined
          ? renderLoading(`what ${project.slug} is made of`)
          : nothing
    }`;
  }

  #renderError({ slug }: Project, error: unknown): TemplateResult {
    const { data, loadedAt, refresh } = this.#task;
    const kept =
      data?.slug === slug && loadedAt
        ? ` What stands below is from ${formatClock(loadedAt, this.#context.scope.timeZone)}.`
        : '';
    return renderError(`what ${slug} is made of`, error, kept, refresh);
  }

  #renderAnswer(project: Project, { parts, ways }: Answer): TemplateResult {
    if (project.calls === 0) return html``;
    const joined = sortByCost(joinGroups(ways, describeAttribution)).map((way) => ({
      ...way,
      word: way.name ?? describeAttribution(null),
      methods: way.keys,
    }));
    const fallen = joined.find(({ word }) => word === UNATTRIBUTED)?.calls ?? 0;
    return html`<div class="parts">
        ${PARTS.map(([by, title], index) => this.#renderPart(by, title, parts[index]!, project))}
      </div>
      <div class="parts">
        <div class="part">
          <h3>How its calls came to it</h3>
          ${renderWays(joined, { label: `How calls came to ${project.slug}`, ...this.#choice('attribution', project) })}
        </div>
        ${fallen > 0 ? html`<div class="part fix">${renderRetagging(project.slug, fallen, copyText)}</div>` : nothing}
      </div>`;
  }

  #renderPart(by: PartKey, title: string, groups: Groups, project: Project): TemplateResult {
    const joined = joinGroups(groups, stripModelDate);
    const canJoin = by === 'model' && joined.length < groups.length;
    const shown = by === 'model' && !this.#isSplit ? joined : joinGroups(groups, (name) => name);
    const onSplit = (): void => {
      this.#isSplit = !this.#isSplit;
      this.#context.host.requestUpdate();
    };
    return renderParts({
      by,
      title,
      groups: sortByCost(shown),
      showsAll: this.#whole.has(by),
      showAll: () => {
        this.#whole.add(by);
        this.#context.host.requestUpdate();
      },
      ...this.#choice(by, project),
      tools: canJoin
        ? html`<button type="button" class="split" aria-pressed=${this.#isSplit} @click=${onSplit}>
            Split dated names
          </button>`
        : nothing,
    });
  }

  /** How a value is chosen: the filter then holds it and its project. */
  #choice(
    by: PartKey | 'attribution',
    { slug }: Project,
  ): {
    chosen: readonly string[];
    choose: ((keys: readonly string[]) => void) | null;
  } {
    const { scope } = this.#context;
    const isFixed = scope.fixed[by] !== undefined;
    const project = scope.fixed.project === undefined ? { project: [slug] } : {};
    return {
      chosen: scope.filter[by] ?? [],
      choose: isFixed ? null : (keys) => scope.changeFilter({ ...project, [by]: keys }),
    };
  }
}

async function askParts(origin: string, slug: string, filter: Filter, signal: AbortSignal): Promise<Answer> {
  const ask = async (by: GroupsAnswer['by']): Promise<Groups> =>
    (await listGroups(origin, by, { ...filter, project: [slug] }, signal)).groups;
  const [ways, ...parts] = await Promise.all([ask('attribution'), ...PARTS.map(([by]) => ask(by))]);
  return { slug, parts, ways };
}
