import type { WireBodySummary } from '../../../api/body-summary.js';
import { addCounts, type BodyFacts } from './body-facts.js';
import { BODY_MARKS } from './columns/call-fields.js';
import { eachChosen, MOST_CHOSEN, slotsBySignature } from './columns/call-sums.js';
import type { CallTable } from './columns/call-table.js';
import type { Chosen } from './columns/select-calls.js';
import { instantOfMicros } from './stored-time.js';

export type BodyFigures = WireBodySummary['totals'];

/** What explains a call without a row of bodies, in microseconds. */
export interface CaptureRules {
  /** When each project's own switch was turned off; infinite where it wasn't. */
  readonly offFrom: Float64Array;
  /** Calls before it are older than bodies are kept. */
  readonly expiredBefore: number;
  /** The daemon's master switch is off. */
  readonly isOff: boolean;
}

/** States of a project's calls, the first four as BODY_MARKS has them, then two counts. */
const COUNTS = 8;
const [EXPIRED, OFF, REDACTED, UPLOADED] = [4, 5, 6, 7];

const PROJECTS = new Int32Array(MOST_CHOSEN);

/**
 * What is kept of the bodies of calls, by project: a project is the code that its id has among the signatures' projects.
 * One pass over the calls, and one over the redactions.
 */
export class BodyTables {
  readonly #facts: BodyFacts;
  readonly #projects: number;
  readonly #counts: Uint32Array;
  readonly #bytes: Float64Array;
  readonly #first: Float64Array;
  readonly #last: Float64Array;
  /** By project, then category. */
  readonly #redactions: Map<number, number>[];

  constructor(table: CallTable, facts: BodyFacts, { mask, begin, end }: Chosen, rules: CaptureRules) {
    const { micros, marks, signatures, signature } = table;
    const projectOf = Int32Array.from(signatures.codes('projectId'));
    this.#facts = facts;
    this.#projects = signatures.values('projectId').length;
    this.#counts = new Uint32Array(this.#projects * COUNTS);
    this.#bytes = new Float64Array(this.#projects);
    this.#first = new Float64Array(this.#projects).fill(Infinity);
    this.#last = new Float64Array(this.#projects).fill(-Infinity);
    const projectsOf = slotsBySignature(table, projectOf);
    eachChosen(mask, begin, end, (places, count) => {
      projectsOf(places, count, PROJECTS);
      countStates(places, count, marks, micros, rules, this.#counts);
      addKept(places, count, marks, micros, facts.storedBytes, this.#bytes, this.#first, this.#last);
    });
    this.#redactions = Array.from({ length: this.#projects }, () => new Map<number, number>());
    facts.eachRedaction((place, category, count) => {
      if (mask[place] !== 1) return;
      const sums = this.#redactions[projectOf[signature.data[place]!]!]!;
      sums.set(category, addCounts(sums.get(category) ?? 0, count));
    });
  }

  /** Every project's code that has a call. */
  get used(): number[] {
    return Array.from(this.#redactions.keys()).filter((project) => this.#sumCalls(project) > 0);
  }

  figures(project: number): BodyFigures {
    const counts = this.#counts.subarray(project * COUNTS, (project + 1) * COUNTS);
    const [first, last] = [this.#first[project]!, this.#last[project]!];
    return this.#write(this.#sumCalls(project), counts, this.#bytes[project]!, first, last, this.#redactions[project]!);
  }

  /** Of a project without a call. */
  get none(): BodyFigures {
    return this.#write(0, new Uint32Array(COUNTS), 0, Infinity, -Infinity, new Map());
  }

  get totals(): BodyFigures {
    const counts = new Uint32Array(COUNTS);
    const redactions = new Map<number, number>();
    let calls = 0;
    for (let project = 0; project < this.#projects; project++) {
      calls += this.#sumCalls(project);
      for (let at = 0; at < COUNTS; at++) counts[at]! += this.#counts[project * COUNTS + at]!;
      for (const [category, count] of this.#redactions[project]!) {
        redactions.set(category, addCounts(redactions.get(category) ?? 0, count));
      }
    }
    const bytes = this.#bytes.reduce((sum, own) => sum + own, 0);
    const first = this.#first.reduce((least, at) => Math.min(least, at), Infinity);
    const last = this.#last.reduce((most, at) => Math.max(most, at), -Infinity);
    return this.#write(calls, counts, bytes, first, last, redactions);
  }

  #sumCalls(project: number): number {
    let calls = 0;
    for (let at = 0; at <= OFF; at++) calls += this.#counts[project * COUNTS + at]!;
    return calls;
  }

  #write(
    calls: number,
    counts: Uint32Array,
    bytes: number,
    first: number,
    last: number,
    redactions: ReadonlyMap<number, number>,
  ): BodyFigures {
    const { categories } = this.#facts;
    const kept = (mark: (typeof BODY_MARKS)[number]): number => counts[BODY_MARKS.indexOf(mark)]!;
    return {
      calls,
      stored: kept('stored'),
      truncated: kept('truncated'),
      failed: kept('failed'),
      expired: counts[EXPIRED]!,
      off: counts[OFF]!,
      none: kept('none'),
      stored_bytes: bytes,
      uploaded: counts[UPLOADED]!,
      redacted_bodies: counts[REDACTED]!,
      categories: [...redactions]
        .map(([code, count]) => ({ category: categories[code] ?? '', count }))
        .sort((a, b) => b.count - a.count || (a.category < b.category ? -1 : 1)),
      oldest_body_at: first === Infinity ? null : instantOfMicros(first),
      newest_body_at: last === -Infinity ? null : instantOfMicros(last),
    };
  }
}

// Loops by themselves with their arrays as arguments, for the sake of their speed, like those of call-sums.ts; and with
// the numbers of MARK and COUNTS as plain ones. The projects of the calls at `places` are in PROJECTS.

function countStates(
  places: Int32Array,
  count: number,
  marks: Uint8Array,
  micros: Float64Array,
  { offFrom, expiredBefore, isOff }: CaptureRules,
  counts: Uint32Array,
): void {
  const projects = PROJECTS;
  const otherwise = isOff ? 5 : 0;
  for (let index = 0; index < count; index++) {
    const project = projects[index]!;
    const place = places[index]!;
    const mark = marks[place]!;
    let state = mark & 3;
    if ((mark & 16) === 0) {
      // A time that can't be read is in no comparison.
      const at = micros[place]!;
      state = at >= offFrom[project]! ? 5 : at < expiredBefore ? 4 : otherwise;
    }
    const from = project * 8;
    counts[from + state]!++;
    counts[from + 6]! += (mark >> 2) & 1;
    counts[from + 7]! += (mark >> 5) & 1;
  }
}

function addKept(
  places: Int32Array,
  count: number,
  marks: Uint8Array,
  micros: Float64Array,
  storedBytes: Uint32Array,
  bytes: Float64Array,
  first: Float64Array,
  last: Float64Array,
): void {
  const projects = PROJECTS;
  for (let index = 0; index < count; index++) {
    const place = places[index]!;
    const body = marks[place]! & 3;
    if (body !== 1 && body !== 2) continue;
    const project = projects[index]!;
    const at = micros[place]!;
    // Shorter than the calls where the last of them hold empty texts.
    if (place < storedBytes.length) bytes[project]! += storedBytes[place]!;
    if (at < first[project]!) first[project] = at;
    if (at > last[project]!) last[project] = at;
  }
}
