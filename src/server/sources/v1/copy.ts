import type { Figures, Mirror, Taken } from './mirror.js';
import { readCalls } from './read-calls.js';
import type { V1Project } from './shapes.js';
import type { V1Client } from './v1-client.js';
import { V1Error } from './v1-error.js';

/** Calls that came while a project was read make its figures uncertain: so often it is read again before that is told. */
const MOST_TRIES = 3;

/** A daemon that gives so many more calls than it says it has would go on for ever. */
const MOST_SURPLUS = 100_000;

/** What of the daemon's own figures the copy lacks. */
export interface Lack extends Figures {
  readonly slug: string;
  /**
   * `slug`: it can't be asked for. `refused`: whoever asks for its calls is answered with an error. `instant`: more calls of one instant than a page shows. `differs`: its own figures
   * and its calls tell two things.
   */
  readonly cause: 'slug' | 'refused' | 'instant' | 'differs';
}

/** How far a copy is, in calls. */
export interface CopyProgress {
  readonly loaded: number;
  readonly of: number;
}

/**
 * Keeps the mirror equal to the daemon's calls. The daemon's list of projects says by its figures which of them have
 * changed; only those are read, and only as far as it takes to find what explains the change.
 */
export class Copy {
  readonly #client: V1Client;
  readonly #mirror: Mirror;
  /** By the project's id. */
  readonly #lacks = new Map<string, Lack>();
  readonly #retried = new Set<string>();
  #refusal: V1Error | null = null;
  #isWhole = false;
  #unlisted = NONE;
  #progress: CopyProgress = { loaded: 0, of: 0 };

  constructor(client: V1Client, mirror: Mirror) {
    this.#client = client;
    this.#mirror = mirror;
  }

  /** Whether all that the daemon gives has been copied once. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  get progress(): CopyProgress {
    return this.#progress;
  }

  /** What the last copy lacks, by project. */
  get lacks(): readonly Lack[] {
    return [...this.#lacks.values()];
  }

  /** What the daemon counts beyond its projects; below 0 where it counts less than they have together. */
  get unlisted(): Figures {
    return this.#unlisted;
  }

  /** What was answered with an error is asked for again. */
  retryRefused(): void {
    for (const [id, { cause }] of this.#lacks) if (cause === 'refused') this.#retried.add(id);
  }

  /** Brings the mirror up to what these projects say. What it throws leaves the last whole copy as it was. */
  async catchUp(projects: readonly V1Project[]): Promise<void> {
    this.#forgetOthers(projects);
    let suspects: ReadonlySet<string> = new Set();
    let before = projects;
    for (let attempt = 1; ; attempt++) {
      const reading = await this.#readChanged(before, suspects);
      if (reading === null) {
        if (!this.#isWhole || !this.#mirror.lists(this.#findReadable(before)))
          this.#commit({ before, after: before, hidden: new Map(), isLast: true });
        return;
      }
      const { hidden, needsStats } = reading;
      const stats = needsStats ? (await this.#client.stats()).summary : null;
      const after = await this.#client.projects();
      suspects = this.#commit({ before, after, hidden, isLast: attempt === MOST_TRIES });
      if (suspects.size === 0) {
        if (stats === null) return;
        const total = { calls: stats.total_requests, cost: stats.total_cost_usd_minor_units };
        this.#unlisted = findExcess(total, sumFigures(before), sumFigures(after));
        return;
      }
      before = after;
    }
  }

  /** What of each changed project stayed hidden, null there where it was not read to its end. Null: nothing changed. */
  async #readChanged(
    projects: readonly V1Project[],
    suspects: ReadonlySet<string>,
  ): Promise<{ hidden: Map<string, number | null>; needsStats: boolean } | null> {
    const changed = projects.filter((project) => suspects.has(project.id) || !this.#isSettled(project));
    const of = sumFigures(projects).calls;
    this.#progress = { loaded: of - sumFigures(changed).calls, of };
    if (changed.length === 0) return null;
    this.#mirror.discard();
    const hidden = new Map<string, number | null>();
    for (const project of changed) hidden.set(project.id, await this.#read(project, suspects.has(project.id)));
    // Where no project can be read, it is not the projects that something is wrong with.
    const used = projects.filter(({ stats }) => stats.all_time_requests > 0);
    if (used.length > 0 && used.every(({ id }) => this.#lacks.get(id)?.cause === 'refused')) throw this.#refusal!;
    return { hidden, needsStats: !this.#isWhole || [...hidden.values()].some((calls) => calls !== null) };
  }

  #findReadable(projects: readonly V1Project[]): readonly V1Project[] {
    return projects.filter(({ id }) => !isUnreadable(this.#lacks.get(id)));
  }

  #isSettled({ id, slug, stats }: V1Project): boolean {
    const lack = this.#lacks.get(id);
    if (this.#retried.has(id) || (lack !== undefined && lack.slug !== slug)) return false;
    return isEqual(addFigures(this.#mirror.figuresOf(id), lack ?? NONE), figuresOf(stats));
  }

  /** What a project that can be read is known to lack. */
  #findGap(id: string): Figures {
    const lack = this.#lacks.get(id);
    return lack === undefined || isUnreadable(lack) ? NONE : lack;
  }

  async #read({ id, slug, stats }: V1Project, isToEnd: boolean): Promise<number | null> {
    this.#retried.delete(id);
    const [mirror, client] = [this.#mirror, this.#client];
    const taken: Taken = { seen: 0, fresh: NONE, changed: 0 };
    const known = addFigures(mirror.figuresOf(id), this.#findGap(id));
    const { loaded, of } = this.#progress;
    let hidden = 0;
    try {
      const pages = readCalls({
        calls: (query) => client.calls(slug, query),
        providers: (query) => client.providers(slug, query),
      });
      for await (const page of pages) {
        if (isUnreadable(this.#lacks.get(id))) this.#lacks.delete(id);
        mirror.take(id, page.calls, taken);
        hidden += page.hidden;
        if (!this.#isWhole) mirror.flush();
        this.#progress = { loaded: Math.min(of, loaded + taken.seen), of };
        if (taken.seen > stats.all_time_requests + MOST_SURPLUS) throw tooMany();
        if (!isToEnd && taken.changed === 0 && explains(addFigures(known, taken.fresh), figuresOf(stats))) return null;
      }
    } catch (error) {
      if (!(error instanceof V1Error) || !isRefusal(error.status)) throw error;
      mirror.discard(id);
      this.#lacks.set(id, { slug, cause: error.status === 404 ? 'slug' : 'refused', ...figuresOf(stats) });
      this.#refusal = error;
      return null;
    }
    return hidden;
  }

  /**
   * Takes in what was read where it fits the daemon's figures before and after; else the projects that do not fit, to be
   * read to their end. What does not fit after the last try, or in a daemon where nothing happens, is a lack.
   */
  #commit({ before, after, hidden, isLast }: Reading): ReadonlySet<string> {
    const readable = this.#findReadable(after).filter(({ id }) => before.some((project) => project.id === id));
    const whole = [...hidden].flatMap(([id, calls]) => (calls === null ? [] : [id]));
    const suspects = new Set<string>();
    const lacks = new Map<string, Lack | null>();
    const isDone = this.#mirror.commit(readable, [...hidden.keys()], whole, (figures) => {
      for (const { id, slug, stats } of readable) {
        const calls = hidden.get(id);
        if (calls === undefined) continue;
        const first = figuresOf(before.find((project) => project.id === id)!.stats);
        const last = figuresOf(stats);
        const mine = figures(id);
        const known = calls === null ? this.#findGap(id) : NONE;
        const lacking = subtractFigures(last, mine);
        const isCalm = isEqual(first, last);
        if (isBetween(addFigures(mine, known), first, last)) {
          if (calls !== null) lacks.set(id, null);
        } else if (calls !== null && (isLast || isCalm)) {
          lacks.set(id, { slug, cause: calls > 0 ? 'instant' : 'differs', ...lacking });
        } else if (!isLast) suspects.add(id);
      }
      return suspects.size === 0;
    });
    if (!isDone) return suspects;
    for (const [id, lack] of lacks) {
      if (lack === null) this.#lacks.delete(id);
      else this.#lacks.set(id, lack);
    }
    this.#isWhole = true;
    return suspects;
  }

  /** Lacks of projects that went; and where none is left that was known, this is another daemon's database. */
  #forgetOthers(projects: readonly V1Project[]): void {
    const ids = new Set(projects.map(({ id }) => id));
    for (const id of this.#lacks.keys()) if (!ids.has(id)) this.#lacks.delete(id);
    const known = this.#mirror.projectIds;
    if (known.length === 0 || known.some((id) => ids.has(id))) return;
    this.#isWhole = false;
    this.#mirror.clear();
  }
}

interface Reading {
  readonly before: readonly V1Project[];
  readonly after: readonly V1Project[];
  /** Of the projects that were read, how many calls stayed hidden; null where it was not read to its end. */
  readonly hidden: ReadonlyMap<string, number | null>;
  readonly isLast: boolean;
}

const isUnreadable = (lack: Lack | undefined): boolean => lack?.cause === 'slug' || lack?.cause === 'refused';

const isRefusal = (status: number | null): boolean => status === 404 || (status !== null && status >= 500);

const NONE: Figures = { calls: 0, cost: 0 };

const figuresOf = (stats: V1Project['stats']): Figures => ({
  calls: stats.all_time_requests,
  cost: stats.all_time_cost_usd_minor_units,
});

const addFigures = (a: Figures, b: Figures): Figures => ({ calls: a.calls + b.calls, cost: a.cost + b.cost });
const subtractFigures = (a: Figures, b: Figures): Figures => ({ calls: a.calls - b.calls, cost: a.cost - b.cost });
const isEqual = (a: Figures, b: Figures): boolean => a.calls === b.calls && a.cost === b.cost;

const sumFigures = (projects: readonly V1Project[]): Figures =>
  projects.reduce((sum, { stats }) => addFigures(sum, figuresOf(stats)), NONE);

/** Figures only grow while calls are added. */
const isBetween = (figures: Figures, first: Figures, last: Figures): boolean =>
  first.calls <= figures.calls &&
  figures.calls <= last.calls &&
  first.cost <= figures.cost &&
  figures.cost <= last.cost;

/** Whether these calls are all that the daemon told of, or more that came meanwhile. */
const explains = (found: Figures, told: Figures): boolean =>
  found.calls === told.calls ? found.cost === told.cost : found.calls > told.calls && found.cost >= told.cost;

function findExcess(total: Figures, first: Figures, last: Figures): Figures {
  const excess = (value: number, least: number, most: number): number =>
    value > most ? value - most : value < least ? value - least : 0;
  return {
    calls: excess(total.calls, first.calls, last.calls),
    cost: excess(total.cost, first.cost, last.cost),
  };
}

const tooMany = (): V1Error =>
  new V1Error(
    'unusable',
    'GET /v1/projects/{slug}/requests',
    'goes on beyond the number of calls that the daemon counts',
  );
