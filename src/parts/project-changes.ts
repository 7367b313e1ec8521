import { html, nothing, type TemplateResult } from 'lit';
import { changeFilter } from '../api/filter.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import { type Group, listGroups } from '../daemon/groups.js';
import type { Totals } from '../daemon/sums.js';
import { DAY_MS } from '../filter/zone-time.js';
import { findPreviousPeriod, type PreviousPeriod } from '../view/previous-period.js';
import { describeChange } from '../view/project-change.js';
import type { ProjectColumn } from '../view/project-columns.js';
import type { SortBy } from '../view/project-sorts.js';
import type { ProjectsContext } from './project-tools.js';

interface Previous {
  readonly question: string;
  readonly period: PreviousPeriod;
  readonly groups: ReadonlyMap<string | null, Group>;
  readonly totals: Totals;
}

/** How long sums of the period before stay good while the period moves with the clock. */
const MOVES_EVERY_MS = 60_000;

/** What each project cost in the period before: asked once the filter's own projects are there. */
export class ProjectChanges {
  readonly #context: ProjectsContext;
  readonly #task: DaemonTask<[question: string, minute: number], Previous | null>;

  constructor(context: ProjectsContext) {
    this.#context = context;
    this.#task = new DaemonTask(context.host, {
      args: () => [context.scope.origin, this.#question, this.#minute],
      run: async ([origin, question], signal) => {
        const period = this.#findPeriod();
        if (period === null) return null;
        const before = changeFilter(context.window(), { since: period.since, until: period.until, last: '' });
        const { groups, totals } = await listGroups(origin, 'project', before, signal);
        return { question, period, groups: new Map(groups.map((group) => [group.key, group])), totals };
      },
      when: () => this.#isReady,
      quiet: true,
    });
  }

  /** The filter's own projects are drawn and no newer ones are waited for. */
  get #isReady(): boolean {
    const { data, pending, error } = this.#context.reading;
    return data !== undefined && !pending && error === undefined;
  }

  /** The filter has a beginning, so that there is a period before. */
  get isKnown(): boolean {
    return this.#findPeriod() !== null;
  }

  /** The column of the changes. */
  get column(): ProjectColumn {
    const period = this.#findPeriod();
    const previous = this.#current;
    const { error } = this.#task;
    const about = { key: 'change', label: 'Change', classes: 'number' };
    if (period === null || (previous === null && error !== undefined)) {
      const title =
        period === null
          ? 'The filter has no beginning, so there is no period before it to compare with.'
          : `The period before could not be read. ${error instanceof Error ? error.message : String(error)}`;
      const cell = (): TemplateResult => html`<span class="muted" title=${title}>–</span>`;
      return { ...about, title, cell, total: cell };
    }
    const { label, title } = previous?.period ?? period;
    const draw = (now: Totals, before: Totals | undefined): TemplateResult => {
      if (previous === null) return html`<span class="muted">…</span>`;
      const { text, bound, ratio, sentence } = describeChange(now, before);
      const isFigure = ratio !== null && ratio !== Infinity;
      return html`<span class=${isFigure ? '' : 'muted'} title="${sentence} Compared with: ${title}"
        >${bound ? html`<span class="muted">${bound}&nbsp;</span>` : nothing}${text}</span
      >`;
    };
    return {
      ...about,
      label: `vs ${label.replace(/^the /, '')}`,
      title: `Cost, compared with ${label}. ${title}`,
      cell: (project) => draw(project, previous?.groups.get(project.slug)),
      total: (totals) => draw(totals, previous?.totals),
    };
  }

  /** Rows by their change. */
  get sort(): SortBy {
    const previous = this.#current;
    return (project) => previous && describeChange(project, previous.groups.get(project.slug)).ratio;
  }

  /** What there is to compare with; null while it isn't known for the filter that is drawn. */
  get #current(): Previous | null {
    const { data } = this.#task;
    // While newer projects are waited for, what is drawn belongs to the older question, as our answer does.
    return data && (data.question === this.#question || !this.#isReady) ? data : null;
  }

  #findPeriod(): PreviousPeriod | null {
    const filter = this.#context.window();
    return findPreviousPeriod(filter, Date.now(), filter.tz ?? 'UTC');
  }

  /** Stands still where the filter ends before today: then nothing moves. */
  get #minute(): number {
    const endMs = Date.parse(this.#context.window().until ?? '');
    const isOver = endMs + 2 * DAY_MS < Date.now();
    return isOver ? 0 : Math.floor(Date.now() / MOVES_EVERY_MS);
  }

  get #question(): string {
    return JSON.stringify([this.#context.scope.origin, this.#context.window()]);
  }
}
