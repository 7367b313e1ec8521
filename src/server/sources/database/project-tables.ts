import type { WireProject } from '../../../api/project.js';
import { MARK } from './columns/call-fields.js';
import type { CallTable } from './columns/call-table.js';
import type { Chosen } from './columns/select-calls.js';
import type { SignatureField } from './columns/signature-table.js';
import { SumTable } from './columns/sum-table.js';
import type { LocalDays } from './local-days.js';
import { findPercentile } from './percentile.js';
import { instantOfMicros } from './stored-time.js';

const P95 = 0.95;

/** Calls and their cost; null as long as no call has one. */
interface Tally {
  calls: number;
  cost: number | null;
}

type Daily = WireProject['daily'];

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
  readonly #projects: number;
  readonly #bySignature: SumTable;
  readonly #byProject: SumTable;
  readonly #first: Float64Array;
  readonly #last: Float64Array;
  readonly #stored: Uint32Array;
  readonly #redacted: Uint32Array;
  readonly #latencies: readonly Float64Array[];

  /** @param bySignature the sums of the same calls, a slot for each signature */
  constructor(table: CallTable, chosen: Chosen, bySignature: SumTable) {
    this.#table = table;
    this.#chosen = chosen;
    this.#projectOf = table.signatures.codes('projectId');
    this.#projects = table.signatures.values('projectId').length;
    this.#bySignature = bySignature;
    this.#byProject = new SumTable(this.#projects);
    this.#first = new Float64Array(this.#projects).fill(Infinity);
    this.#last = new Float64Array(this.#projects).fill(-Infinity);
    this.#stored = new Uint32Array(this.#projects);
    this.#redacted = new Uint32Array(this.#projects);
    this.#byProject.addSlots(bySignature, (own) => this.#projectOf[own]!);
    this.#addMarks();
    this.#latencies = this.#groupLatencies();
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
    const latencies = this.#latencies[project]!;
    let sum = 0;
    for (const latency of latencies) sum += latency;
    return {
      tags: [...this.#tally(project, 'attribution')]
        .map(([method, { calls }]) => ({ method, calls }))
        .sort((a, b) => b.calls - a.calls || ((a.method ?? '') < (b.method ?? '') ? -1 : 1)),
      ...this.#byProject.toWire(project),
      avg_latency_ms: latencies.length === 0 ? null : sum / latencies.length,
      p95_latency_ms: findPercentile(latencies, P95),
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
    const calls = new Uint32Array(this.#projects * dates.length);
    const priced = new Uint32Array(calls.length);
    const costs = new Float64Array(calls.length);
    const { micros } = this.#table;
    const cost = this.#table.cost.data;
    const signature = this.#table.signature.data;
    const { mask, begin, end: stop } = this.#chosen;
    let [start, end, day] = [0, 0, 0];
    for (let place = begin; place < stop; place++) {
      if (mask[place] === 0) continue;
      const at = micros[place]!;
      if (!(at >= start && at < end)) {
        if (Number.isNaN(at)) continue;
        day = days.dayOf(at);
        [start, end] = [days.startOf(day), days.startOf(day + 1)];
      }
      if (day < first) continue;
      const slot = this.#projectOf[signature[place]!]! * dates.length + day - first;
      const millicents = cost[place]!;
      calls[slot]!++;
      if (millicents !== millicents) continue;
      priced[slot]!++;
      costs[slot]! += millicents;
    }
    return (project) =>
      dates.map((date, at) => {
        const slot = project * dates.length + at;
        const isUnpriced = calls[slot]! > 0 && priced[slot] === 0;
        return { date, calls: calls[slot]!, cost_millicents: isUnpriced ? null : costs[slot]! };
      });
  }

  #tally(project: number, field: SignatureField): Map<string | null, Tally> {
    const { signatures } = this.#table;
    const [values, codes] = [signatures.values(field), signatures.codes(field)];
    const tallies = new Map<string | null, Tally>();
    for (const [own, owner] of this.#projectOf.entries()) {
      const calls = this.#bySignature.calls(own);
      if (owner !== project || calls === 0) continue;
      const value = values[codes[own]!]!;
      const tally = tallies.get(value) ?? { calls: 0, cost: null };
      const cost = this.#bySignature.cost(own);
      tally.calls += calls;
      if (cost !== null) tally.cost = (tally.cost ?? 0) + cost;
      tallies.set(value, tally);
    }
    return tallies;
  }

  #addMarks(): void {
    const { mask, begin, end } = this.#chosen;
    const { micros, marks } = this.#table;
    const signature = this.#table.signature.data;
    for (let place = begin; place < end; place++) {
      if (mask[place] === 0) continue;
      const project = this.#projectOf[signature[place]!]!;
      const at = micros[place]!;
      if (at < this.#first[project]!) this.#first[project] = at;
      if (at > this.#last[project]!) this.#last[project] = at;
      const mark = marks[place]!;
      if (mark === 0) continue;
      const body = mark & MARK.body;
      if (body === 1 || body === 2) this.#stored[project]!++;
      if (mark & MARK.redacted) this.#redacted[project]!++;
    }
  }

  /** The latencies that were measured, each project's together, in the order of the calls. */
  #groupLatencies(): Float64Array[] {
    const { mask, begin, end } = this.#chosen;
    const { latencyMs } = this.#table;
    const signature = this.#table.signature.data;
    const counts = new Uint32Array(this.#projects);
    for (let place = begin; place < end; place++) {
      if (mask[place] !== 0 && latencyMs[place]! === latencyMs[place]!) {
        counts[this.#projectOf[signature[place]!]!]!++;
      }
    }
    const groups = Array.from(counts, (count) => new Float64Array(count));
    counts.fill(0);
    for (let place = begin; place < end; place++) {
      const latency = latencyMs[place]!;
      if (mask[place] === 0 || latency !== latency) continue;
      const project = this.#projectOf[signature[place]!]!;
      groups[project]![counts[project]!++] = latency;
    }
    return groups;
  }
}
