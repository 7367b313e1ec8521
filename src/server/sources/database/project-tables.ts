import type { WireProject } from '../../../api/project.js';
import { MARK } from './columns/call-fields.js';
import { eachChosen, MOST_CHOSEN, slotsBySignature, type SlotsOf } from './columns/call-sums.js';
import type { CallTable, Reals } from './columns/call-table.js';
import type { Chosen } from './columns/select-calls.js';
import type { SignatureField } from './columns/signature-table.js';
import { SumTable } from './columns/sum-table.js';
import { TimeBuckets } from './columns/time-buckets.js';
import type { LocalDays } from './local-days.js';
import { LatencyLevels } from './latency-levels.js';
import { instantOfMicros } from './stored-time.js';

const P95 = 0.95;

/** Calls and their cost; null as long as no call has one. */
interface Tally {
  calls: number;
  cost: number | null;
}

type Daily = WireProject['daily'];

/** The projects and days of calls that are gathered at once. */
const PROJECTS = new Int32Array(MOST_CHOSEN);
const DAYS = new Int32Array(MOST_CHOSEN);

/** What of a project follows from its calls. */
export type ProjectFigures = Omit<WireProject, 'slug' | 'name' | 'created_at' | 'archived_at' | 'capture'>;
export type ProjectCounts = Pick<NonNullable<WireProject['capture']>, 'bodies' | 'redacted'>;

/**
 * Sums over calls, by project: one pass over the columns for each kind of figure. A project is the code
 * that its id has among the signatures' projects.
 */
export class ProjectTables {
  readonly #table: CallTable;
  readonly #chosen: Chosen;
  readonly #projectOf: readonly number[];
  readonly #projectsOf: SlotsOf;
  readonly #projects: number;
  readonly #bySignature: SumTable;
  readonly #byProject: SumTable;
  readonly #first: Float64Array;
  readonly #last: Float64Array;
  readonly #stored: Uint32Array;
  readonly #redacted: Uint32Array;
  readonly #latencies: LatencyLevels;
  readonly #p95LatencyOf: (project: number) => number | null;
  /** The signatures of each project that have calls. */
  readonly #signaturesOf: readonly number[][];

  /** @param bySignature the sums of the same calls, a slot for each signature */
  constructor(table: CallTable, chosen: Chosen, bySignature: SumTable) {
    this.#table = table;
    this.#chosen = chosen;
    this.#projectOf = table.signatures.codes('projectId');
    this.#projectsOf = slotsBySignature(table, Int32Array.from(this.#projectOf));
    this.#projects = table.signatures.values('projectId').length;
    this.#bySignature = bySignature;
    this.#byProject = new SumTable(this.#projects);
    this.#first = new Float64Array(this.#projects).fill(Infinity);
    this.#last = new Float64Array(this.#projects).fill(-Infinity);
    this.#stored = new Uint32Array(this.#projects);
    this.#redacted = new Uint32Array(this.#projects);
    this.#byProject.addSlots(bySignature, (own) => this.#projectOf[own]!);
    this.#signaturesOf = Array.from({ length: this.#projects }, () => []);
    for (const [own, project] of this.#projectOf.entries()) {
      if (bySignature.calls(own) > 0) this.#signaturesOf[project]!.push(own);
    }
    this.#latencies = new LatencyLevels(this.#projects);
    this.#addCalls();
    this.#p95LatencyOf = this.#latencies.percentiles(P95, table.latencyMs, (take) =>
      this.#visit((places, count) => take(places, count, PROJECTS)),
    );
  }

  /** Every project's code that has a call. */
  get used(): number[] {
    return Array.from({ length: this.#projects }, (_, project) => project).filter(
      (project) => this.#byProject.calls(project) > 0,
    );
  }

  capture(project: number): ProjectCounts {
    return { bodies: this.#stored[project]!, redacted: this.#redacted[project]! };
  }

  figures(project: number): Omit<ProjectFigures, 'daily'> {
    const [first, last] = [this.#first[project]!, this.#last[project]!];
    return {
      tags: [...this.#tally(project, 'attribution')]
        .map(([method, { calls }]) => ({ method, calls }))
        .sort((a, b) => b.calls - a.calls || ((a.method ?? '') < (b.method ?? '') ? -1 : 1)),
      ...this.#byProject.toWire(project),
      avg_latency_ms: this.#latencies.mean(project),
      p95_latency_ms: this.#p95LatencyOf(project),
      first_call_at: first === Infinity ? null : instantOfMicros(first),
      last_call_at: last === -Infinity ? null : instantOfMicros(last),
      top_model: this.#findTop(project, 'model'),
      top_provider: this.#findTop(project, 'provider'),
    };
  }

  /** What cost most; then what was called most. */
  #findTop(project: number, field: 'model' | 'provider'): string | null {
    const [top] = [...this.#tally(project, field)].sort(
      ([a, left], [b, right]) =>
        (right.cost ?? 0) - (left.cost ?? 0) || right.calls - left.calls || ((a ?? '') < (b ?? '') ? -1 : 1),
    );
    return top?.[0] ?? null;
  }

  /** First and last instant of any call, null where there is none with a time. */
  get span(): { readonly first: number; readonly last: number } | null {
    const first = this.#first.reduce((least, at) => Math.min(least, at), Infinity);
    const last = this.#last.reduce((most, at) => Math.max(most, at), -Infinity);
    return first === Infinity ? null : { first, last };
  }

  /** Calls and cost by day, for each project, over days that follow each other. */
  daily(days: LocalDays, first: number, dates: readonly string[]): (project: number) => Daily {
    const projects = this.#projects;
    const calls = new Uint32Array(projects * dates.length);
    const priced = new Uint32Array(calls.length);
    const costs = new Float64Array(calls.length);
    const cost = this.#table.cost.data;
    const borders = Array.from({ length: dates.length + 1 }, (_, at) => days.startOf(first + at));
    const daysOf = new TimeBuckets(borders).bucketsOf(this.#table);
    this.#visit((places, count) => {
      daysOf(places, count, DAYS);
      addDays(places, count, projects, cost, calls, priced, costs);
    });
    return (project) =>
      dates.map((date, at) => {
        const slot = at * projects + project;
        const isUnpriced = calls[slot]! > 0 && priced[slot] === 0;
        return { date, calls: calls[slot]!, cost_millicents: isUnpriced ? null : costs[slot]! };
      });
  }

  #tally(project: number, field: SignatureField): Map<string | null, Tally> {
    const { signatures } = this.#table;
    const [values, codes] = [signatures.values(field), signatures.codes(field)];
    const tallies = new Map<string | null, Tally>();
    for (const own of this.#signaturesOf[project]!) {
      const calls = this.#bySignature.calls(own);
      const value = values[codes[own]!]!;
      const tally = tallies.get(value) ?? { calls: 0, cost: null };
      const cost = this.#bySignature.cost(own);
      tally.calls += calls;
      if (cost !== null) tally.cost = (tally.cost ?? 0) + cost;
      tallies.set(value, tally);
    }
    return tallies;
  }

  #addCalls(): void {
    const { micros, marks, latencyMs } = this.#table;
    this.#visit((places, count) => {
      addTimes(places, count, micros, this.#first, this.#last);
      addMarks(places, count, marks, this.#stored, this.#redacted);
      this.#latencies.count(places, count, PROJECTS, latencyMs);
    });
  }

  /** Gives the calls some at a time, with their projects in PROJECTS. */
  #visit(take: (places: Int32Array, count: number) => void): void {
    const { mask, begin, end } = this.#chosen;
    eachChosen(mask, begin, end, (places, count) => {
      this.#projectsOf(places, count, PROJECTS);
      take(places, count);
    });
  }
}

// Loops by themselves with their arrays as arguments, for the sake of their speed, like those of call-sums.ts. The
// projects, and the days, of the calls at `places` are in PROJECTS and DAYS.

function addTimes(
  places: Int32Array,
  count: number,
  micros: Float64Array,
  first: Float64Array,
  last: Float64Array,
): void {
  const projects = PROJECTS;
  for (let index = 0; index < count; index++) {
    const project = projects[index]!;
    const at = micros[places[index]!]!;
    if (at < first[project]!) first[project] = at;
    if (at > last[project]!) last[project] = at;
  }
}

function addMarks(
  places: Int32Array,
  count: number,
  marks: Uint8Array,
  stored: Uint32Array,
  redacted: Uint32Array,
): void {
  const projects = PROJECTS;
  for (let index = 0; index < count; index++) {
    const mark = marks[places[index]!]!;
    if (mark === 0) continue;
    const body = mark & MARK.body;
    if (body === 1 || body === 2) stored[projects[index]!]!++;
    if (mark & MARK.redacted) redacted[projects[index]!]!++;
  }
}

function addDays(
  places: Int32Array,
  count: number,
  perDay: number,
  cost: Reals,
  calls: Uint32Array,
  priced: Uint32Array,
  costs: Float64Array,
): void {
  const [projects, days] = [PROJECTS, DAYS];
  for (let index = 0; index < count; index++) {
    const day = days[index]!;
    if (day < 0) continue;
    const slot = day * perDay + projects[index]!;
    const millicents = cost[places[index]!]!;
    calls[slot]!++;
    if (millicents !== millicents) continue;
    priced[slot]!++;
    costs[slot]! += millicents;
  }
}
