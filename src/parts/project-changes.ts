import { html } from 'lit';
import { changeFilter, type Filter } from '../api/filter.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import { type Group, listGroups } from '../daemon/groups.js';
import type { Project } from '../daemon/projects.js';
import type { Totals } from '../daemon/sums.js';
import { DAY_MS } from '../filter/zone-time.js';
import { findPreviousPeriod, type PreviousPeriod } from '../view/previous-period.js';
import { describeChange } from '../view/project-change.js';
import { dash, type ProjectColumn } from '../view/project-columns.js';
import type { ProjectsHost } from './project-tools.js';

interface Options {
  readonly origin: () => string;
  readonly filter: () => Filter;
  /** True while the filter's own projects are drawn and no newer ones are waited for. */
  readonly isReady: () => boolean;
}

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
  readonly #options: Options;
  readonly #task: DaemonTask<[question: string, minute: number], Previous | null>;

  constructor(host: ProjectsHost, options: Options) {
    this.#options = options;
    this.#task = new DaemonTask(host, {
      args: () => [options.origin(), this.#question, this.#minute],
      run: async ([origin, question], signal) => {
        const filter = options.filter();
        const period = this.#findPeriod();
        if (period === null) return null;
        const before = changeFilter(filter, { since: period.since, until: period.until, last: '' });
        const { groups, totals } = await listGroups(origin, 'project', before, signal);
        return { question, period, groups: new Map(groups.map((group) => [group.key, group])), totals };
      },
      when: options.isReady,
      quiet: true,
    });
  }

  /** The filter has a beginning, so that there is a period before. */
  get isKnown(): boolean {
    return this.#findPeriod() !== null;
  }

  get column(): ProjectColumn {
    const period = this.#findPeriod();
    const previous = this.#current;
    const { error } = this.#task;
    const key = { key: 'change', label: 'Change', classes: 'number' };
    if (period === null || (previous === null && error !== undefined)) {
      const title =
        period === null
          ? 'The filter has no beginning, so there is no period before it to compare with.'
          : `The period before could not be read. ${error instanceof Error ? error.message : String(error)}`;
      return { ...key, title, cell: () => dash, total: () => dash };
    }
    const { label, title } = previous?.period ?? period;
    const of = (now: Totals, before: Totals | undefined): unknown => {
      if (previous === null) return html`<span class="muted">…</span>`;
      const { text, ratio, sentence } = describeChange(now, before);
      return html`<span class=${ratio === null || ratio === Infinity ? 'muted' : ''} title=${sentence}>${text}</span>`;
    };
    const ratioOf = (project: Project): number | null =>
      previous && describeChange(project, previous.groups.get(project.slug)).ratio;
    return {
      ...key,
      label: `vs ${label.replace(/^the /, '')}`,
      title: `Cost, compared with ${label}. ${title}`,
      sortBy: ratioOf,
      cell: (project) => of(project, previous?.groups.get(project.slug)),
      total: (totals) => of(totals, previous?.totals),
    };
  }

  /** What there is to compare with; null while it isn't known for the filter that is drawn. */
  get #current(): Previous | null {
    const { data } = this.#task;
    // While newer projects are waited for, what is drawn belongs to the older question, as our answer does.
    return data && (data.question === this.#question || !this.#options.isReady()) ? data : null;
  }

  #findPeriod(): PreviousPeriod | null {
    const filter = this.#options.filter();
    return findPreviousPeriod(filter, Date.now(), filter.tz ?? 'UTC');
  }

  /** Stands still where the filter ends before today: then nothing moves. */
  get #minute(): number {
    const endMs = Date.parse(this.#options.filter().until ?? '');
    const isOver = endMs + 2 * DAY_MS < Date.now();
    return isOver ? 0 : Math.floor(Date.now() / MOVES_EVERY_MS);
  }

  get #question(): string {
    return JSON.stringify([this.#options.origin(), this.#options.filter()]);
  }
}
