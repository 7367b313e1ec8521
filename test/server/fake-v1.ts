import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeCall {
  readonly id: string;
  readonly project: string;
  readonly provider?: string;
  readonly model?: string;
  /** Microseconds since 1970. */
  readonly micros: number;
  readonly cost?: number | null;
  readonly input?: number;
  readonly status?: string;
  readonly isComplete?: boolean;
}

interface FakeProject {
  readonly id: string;
  name: string;
  archivedAt: string | null;
}

/** What one question is answered with in place of the truth. */
export type Override = (request: IncomingMessage, response: ServerResponse) => void;

const MOST_PAGE_CALLS = 200;
const JSON_TYPE = { 'content-type': 'application/json' };

/**
 * Answers as halton-meter 0.6.4 does under `/v1`, faults and all: its cursor means "before this instant" and loses the
 * calls that share it, a slug with a slash is a 404, one that nobody uses an empty page, and zeros behind the second are
 * left out where there are six.
 */
export class FakeV1 {
  /** `GET /v1/projects` for each question, in order. */
  readonly asked: string[] = [];
  readonly calls: FakeCall[] = [];
  readonly projects = new Map<string, FakeProject>();
  rates: unknown[] = [];
  version = '0.6.4';
  /** The daemon gives 200; less makes the same faults with fewer calls. */
  pageCalls = MOST_PAGE_CALLS;
  /** Counted in `all_time_requests` of each project, and never given. */
  phantoms = new Map<string, number>();
  /** Answers in place of the daemon, while it gives something. */
  override: (path: string, asked: number) => Override | null | undefined = () => null;
  /** Told of each question before it is answered. */
  onAsk: (path: string, asked: number) => void = () => undefined;
  #server: Server | null = null;
  #port = 0;

  /** Takes the port it had before, where it had one. */
  async start(): Promise<void> {
    this.#server = createServer((request, response) => this.#answer(request, response));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Dies as a killed process does: connections break off. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    server.closeAllConnections();
    await once(server.close(), 'close');
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  add(...calls: readonly FakeCall[]): void {
    for (const call of calls) {
      this.addProject(call.project);
      this.calls.push(call);
    }
  }

  addProject(slug: string, id = `id of ${slug}`): FakeProject {
    const project = this.projects.get(slug) ?? { id, name: slug, archivedAt: null };
    this.projects.set(slug, project);
    return project;
  }

  /** Changes calls that were recorded before, as `retag` and `recompute-costs` do. */
  change(matches: (call: FakeCall) => boolean, change: Partial<FakeCall>): void {
    if (change.project !== undefined) this.addProject(change.project);
    for (const [at, call] of this.calls.entries()) if (matches(call)) this.calls[at] = { ...call, ...change };
  }

  /** Another database: what was there is gone. */
  clear(): void {
    this.calls.length = 0;
    this.projects.clear();
  }

  /** The JSON of one path with its query, and the status. */
  read(path: string): readonly [status: number, body: unknown] {
    const [encoded = '', search = ''] = path.split('?');
    // Decoded before it is taken apart, which is why no slug with a slash is ever found.
    const [version, ...names] = decodeURIComponent(encoded).slice(1).split('/');
    const query = new URLSearchParams(search);
    const route = [version, ...names].join('/');
    if (route === 'health') return [200, { status: 'ok', version: this.version, active_requests: 0 }];
    if (route === 'v1/daemon/status') return [200, { last_seen_at: null, request_count_last_hour: 0 }];
    if (route === 'v1/projects') return [200, [...this.projects].map(([slug]) => this.#readProject(slug)).reverse()];
    if (route === 'v1/pricing-rates') return [200, this.rates];
    if (route === 'v1/stats') {
      const { calls, cost } = sum(this.calls);
      const phantoms = [...this.phantoms.values()].reduce((all, more) => all + more, 0);
      return [200, { summary: { total_requests: calls + phantoms, total_cost_usd_minor_units: cost }, by_day: [] }];
    }
    const [list, slug, what, ...rest] = names;
    const isRoute = version === 'v1' && list === 'projects' && slug !== '' && rest.length === 0;
    if (!isRoute || !['requests', 'stats'].includes(what ?? '')) return [404, { detail: 'Not Found' }];
    return what === 'stats' ? this.#readStats(slug!, query) : this.#readPage(slug!, query);
  }

  #readProject(slug: string): unknown {
    const { id, name, archivedAt } = this.projects.get(slug)!;
    const { calls, cost } = sum(this.calls.filter(({ project }) => project === slug));
    const stats = {
      requests_this_month: 0,
      all_time_requests: calls + (this.phantoms.get(slug) ?? 0),
      all_time_cost_usd_minor_units: cost,
      last_active_at: null,
    };
    return { id, name, slug, created_at: '2026-11-01T08:00:00Z', archived_at: archivedAt, stats };
  }

  #readPage(slug: string, query: URLSearchParams): readonly [number, unknown] {
    const limit = Number(query.get('limit') ?? 50);
    if (!(limit >= 1 && limit <= MOST_PAGE_CALLS)) return [422, { detail: [{ loc: ['query', 'limit'] }] }];
    const found = this.#find(slug, query);
    const cursor = query.get('cursor');
    const before = cursor === null ? Infinity : toMicros(Buffer.from(cursor, 'base64').toString('utf8'));
    const rest = found.filter(({ micros }) => micros < before);
    const items = rest.slice(0, Math.min(limit, this.pageCalls));
    const last = items.at(-1);
    const isEnd = last === undefined || items.length === rest.length;
    const next = isEnd ? null : Buffer.from(toInstant(last.micros, '+00:00')).toString('base64');
    return [200, { items: items.map(toItem), next_cursor: next, total: found.length }];
  }

  #readStats(slug: string, query: URLSearchParams): readonly [number, unknown] {
    if (!this.projects.has(slug)) return [404, { detail: `Project '${slug}' not found` }];
    const providers = new Set(this.#find(slug, query).map(({ provider = 'anthropic' }) => provider));
    const byProvider = [...providers].map((provider) => ({ provider, requests: 1, cost_usd_minor_units: 1 }));
    return [200, { summary: {}, by_provider: byProvider }];
  }

  /** Newest first. Both bounds are inclusive; `model` is accepted and ignored. */
  #find(slug: string, query: URLSearchParams): readonly FakeCall[] {
    const [since, until, provider] = ['since', 'until', 'provider'].map((name) => query.get(name));
    return this.calls
      .filter((call) => call.project === slug)
      .filter(({ micros }) => since == null || micros >= toMicros(since))
      .filter(({ micros }) => until == null || micros <= toMicros(until))
      .filter((call) => provider == null || (call.provider ?? 'anthropic') === provider)
      .sort((a, b) => b.micros - a.micros);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    this.asked.push(`${request.method} ${path}`);
    this.onAsk(path, this.asked.length);
    // Whoever dies meanwhile answers no more.
    if (this.#server === null) return void response.destroy();
    const override = this.override(path, this.asked.length);
    if (override != null) return override(request, response);
    const [status, body] = this.read(path);
    response.writeHead(status, JSON_TYPE).end(JSON.stringify(body));
  }
}

function sum(calls: readonly FakeCall[]): { readonly calls: number; readonly cost: number } {
  return { calls: calls.length, cost: calls.reduce((all, { cost = 100 }) => all + (cost ?? 0), 0) };
}

function toItem(call: FakeCall): unknown {
  return {
    id: call.id,
    provider: call.provider ?? 'anthropic',
    model: call.model ?? 'claude-sonnet-4-6',
    mode: 'standard',
    input_tokens: call.input ?? 10,
    output_tokens: 2,
    thinking_tokens: 0,
    cache_read_tokens: 0,
    cache_write_tokens: 0,
    cost_usd_minor_units: call.cost === undefined ? 100 : call.cost,
    latency_ms: 1200.5,
    tokens_complete: call.isComplete ?? true,
    requested_at: toInstant(call.micros, 'Z'),
    status: call.status ?? 'success',
    rates_source: null,
  };
}

/** As Python writes it: six digits behind the second, or none. */
export function toInstant(micros: number, zone: string): string {
  const fraction = micros % 1_000_000;
  const second = new Date((micros - fraction) / 1000).toISOString().slice(0, 19);
  return `${second}${fraction === 0 ? '' : `.${String(fraction).padStart(6, '0')}`}${zone}`;
}

function toMicros(instant: string): number {
  const [, second, fraction = ''] = /^(.{19})(?:\.(\d+))?/.exec(instant)!;
  return Date.parse(`${second}Z`) * 1000 + Number(fraction.padEnd(6, '0'));
}
