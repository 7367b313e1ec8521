import type { WireProject } from '../../../api/project.js';
import { FLAG, type CallChunk } from './call-scan.js';
import type { LocalDays } from './local-days.js';
import { findPercentile } from './percentile.js';
import { toInstant } from './stored-time.js';

type SummedFields = Omit<WireProject, 'slug' | 'name' | 'created_at' | 'archived_at' | 'capture'>;

/** Calls and their cost; null as long as no call has one. */
interface Tally {
  calls: number;
  cost: number | null;
}

const P95 = 0.95;

function addTo<K>(tallies: Map<K, Tally>, key: K, cost: number | null): void {
  const tally = tallies.get(key);
  if (tally === undefined) {
    tallies.set(key, { calls: 1, cost });
    return;
  }
  tally.calls++;
  if (cost !== null) tally.cost = (tally.cost ?? 0) + cost;
}

/** Sums over the calls of one project, added one call at a time. */
export class ProjectSums {
  readonly #methods = new Map<string | null, Tally>();
  readonly #models = new Map<string | null, Tally>();
  readonly #providers = new Map<string | null, Tally>();
  readonly #days = new Map<string, Tally>();
  readonly #latenciesMs: number[] = [];
  readonly #all: Tally = { calls: 0, cost: null };
  #failed = 0;
  #unpriced = 0;
  #incomplete = 0;
  #imputed = 0;
  #input = 0;
  #output = 0;
  #thinking = 0;
  #cacheRead = 0;
  #cacheWrite = 0;
  #bodies = 0;
  #redacted = 0;
  #firstAt: string | null = null;
  #lastAt: string | null = null;
  firstDate: string | null = null;
  lastDate: string | null = null;

  get capture(): { bodies: number; redacted: number } {
    return { bodies: this.#bodies, redacted: this.#redacted };
  }

  add(
    chunk: CallChunk,
    place: number,
    days: LocalDays,
    body: { readonly isStored: boolean; readonly isRedacted: boolean } | undefined,
  ): void {
    const cost = chunk.costs[place] ?? null;
    const flags = chunk.flags[place]!;
    this.#all.calls++;
    if (cost === null) this.#unpriced++;
    else this.#all.cost = (this.#all.cost ?? 0) + cost;
    if (flags & FLAG.failed) this.#failed++;
    if (flags & FLAG.incomplete) this.#incomplete++;
    if (flags & FLAG.imputed) this.#imputed += cost ?? 0;
    this.#input += chunk.input[place]!;
    this.#output += chunk.output[place]!;
    this.#thinking += chunk.thinking[place]!;
    this.#cacheRead += chunk.cacheRead[place]!;
    this.#cacheWrite += chunk.cacheWrite[place]!;
    const latencyMs = chunk.latencyMs[place] ?? null;
    if (latencyMs !== null) this.#latenciesMs.push(latencyMs);
    if (body?.isStored) this.#bodies++;
    if (body?.isRedacted) this.#redacted++;
    addTo(this.#methods, chunk.attributions[place] ?? null, cost);
    addTo(this.#models, chunk.models[place] ?? null, cost);
    addTo(this.#providers, chunk.providers[place] ?? null, cost);
    this.#addTime(chunk.requestedAt[place] ?? null, cost, days);
  }

  #addTime(requestedAt: string | null, cost: number | null, days: LocalDays): void {
    const date = requestedAt === null ? null : days.dateOf(requestedAt);
    if (date === null || requestedAt === null) return;
    if (this.#firstAt === null || requestedAt < this.#firstAt) this.#firstAt = requestedAt;
    if (this.#lastAt === null || requestedAt > this.#lastAt) this.#lastAt = requestedAt;
    if (this.firstDate === null || date < this.firstDate) this.firstDate = date;
    if (this.lastDate === null || date > this.lastDate) this.lastDate = date;
    addTo(this.#days, date, cost);
  }

  /** The contract's fields, with `dates` as the days of `daily` where there is a call at all. */
  toWire(dates: readonly string[]): SummedFields {
    const { calls, cost } = this.#all;
    const latenciesMs = Float64Array.from(this.#latenciesMs);
    return {
      tags: [...this.#methods]
        .map(([method, tally]) => ({ method, calls: tally.calls }))
        .sort((a, b) => b.calls - a.calls || ((a.method ?? '') < (b.method ?? '') ? -1 : 1)),
      calls,
      failed_calls: this.#failed,
      unpriced_calls: this.#unpriced,
      incomplete_calls: this.#incomplete,
      cost_millicents: calls === 0 ? 0 : cost,
      imputed_millicents: Math.max(0, this.#imputed),
      input_tokens: this.#input,
      output_tokens: this.#output,
      thinking_tokens: this.#thinking,
      cache_read_tokens: this.#cacheRead,
      cache_write_tokens: this.#cacheWrite,
      avg_latency_ms:
        latenciesMs.length === 0 ? null : latenciesMs.reduce((sum, latency) => sum + latency, 0) / latenciesMs.length,
      p95_latency_ms: findPercentile(latenciesMs, P95),
      first_call_at: toInstant(this.#firstAt),
      last_call_at: toInstant(this.#lastAt),
      top_model: findTop(this.#models),
      top_provider: findTop(this.#providers),
      daily: calls === 0 ? [] : dates.map((date) => this.#writeDay(date)),
    };
  }

  #writeDay(date: string): SummedFields['daily'][number] {
    const tally = this.#days.get(date);
    return { date, calls: tally?.calls ?? 0, cost_millicents: tally === undefined ? 0 : tally.cost };
  }
}

function findTop(tallies: ReadonlyMap<string | null, Tally>): string | null {
  const [top] = [...tallies].sort(
    ([a, left], [b, right]) =>
      (right.cost ?? 0) - (left.cost ?? 0) || right.calls - left.calls || ((a ?? '') < (b ?? '') ? -1 : 1),
  );
  return top?.[0] ?? null;
}
