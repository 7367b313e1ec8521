import { createHash } from 'node:crypto';
import type Database from 'libsql';
import { captureBody } from './bodies/capture.js';
import { DAY_MS, formatStored } from './clock.js';
import { isFailure, isRetryable, refuse } from './failures.js';
import type { CallPlan } from './plan.js';
import type { PriceList } from './prices.js';
import type { ProjectProfile } from './projects.js';
import { Random } from './random.js';

const REQUEST_COLUMNS = 31;
const BODY_COLUMNS = 15;

function insertInto(db: Database.Database, table: string, columns: number): Database.Statement {
  return db.prepare(`INSERT INTO ${table} VALUES (${Array.from({ length: columns }, () => '?').join(', ')})`);
}

function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** When the daemon wrote a call down, in Unix milliseconds: soon after it ended. */
export function recordedAtMs({ requestedAtMs, latencyMs, session }: CallPlan): number {
  return Math.ceil(requestedAtMs + latencyMs) + 4 + (session.seed % 31);
}

/** Writes the demo's rows through prepared statements. Everything it makes up comes from `seed`. */
export class DemoWriter {
  readonly #db: Database.Database;
  readonly #prices: PriceList;
  readonly #insertRequest: Database.Statement;
  readonly #insertBody: Database.Statement;
  readonly #projectIds = new Map<string, string>();
  readonly #messageHashes = new Map<string, string>();
  readonly #random: Random;

  constructor(db: Database.Database, prices: PriceList, seed: number) {
    this.#db = db;
    this.#prices = prices;
    this.#random = new Random(seed, 11);
    this.#insertRequest = insertInto(db, 'requests', REQUEST_COLUMNS);
    this.#insertBody = insertInto(db, 'request_bodies', BODY_COLUMNS);
    for (const row of db.prepare('SELECT slug, id FROM projects').raw().all()) {
      const [slug, id] = row as [string, string];
      this.#projectIds.set(slug, id);
    }
  }

  writeRates(): void {
    const insert = insertInto(this.#db, 'pricing_rates', 14);
    for (const row of this.#prices.rows(this.#random)) insert.run(...row);
  }

  /** The projects, their settings on body capture, and since when they are what they are. */
  writeProjects(profiles: readonly ProjectProfile[], nowMs: number): void {
    const insertProject = insertInto(this.#db, 'projects', 5);
    const insertSetting = insertInto(this.#db, 'project_settings', 3);
    for (const { slug, bornDaysAgo, archivedDaysAgo, capture } of profiles) {
      const id = this.#random.uuid();
      this.#projectIds.set(slug, id);
      const within = this.#random.integer(0, DAY_MS / 4);
      const ago = (days: number): number => nowMs - days * DAY_MS - within;
      const archived = archivedDaysAgo === undefined ? null : formatStored(ago(archivedDaysAgo - 0.3), 0);
      insertProject.run(id, slug, slug, formatStored(ago(bornDaysAgo), this.#random.integer(0, 999)), archived);
      if (!capture) continue;
      // Unlike all other times, these have a T and an offset.
      const changed = `${new Date(ago(capture.sinceDaysAgo)).toISOString().slice(0, 23)}${this.#random.integer(100, 999)}+00:00`;
      insertSetting.run(id, capture.enabled ? 1 : 0, changed);
    }
  }

  /** Adds a call, with its bodies where its session keeps them and `withBodies` is set; returns its id. */
  writeCall(call: CallPlan, withBodies: boolean): string {
    const { session, tokens, outcome, provider, model, requestedAtMs } = call;
    const projectId = this.#projectIds.get(session.profile.slug);
    if (projectId === undefined) throw new Error(`no project ${session.profile.slug} in the demo database`);
    // In the order of writing: a stream of its own for each call would make two alike among a million.
    const own = this.#random;
    const id = own.uuid();
    const micros = own.bits() % 1000;
    const recordedMs = recordedAtMs(call);
    const failure = isFailure(outcome) ? outcome : null;
    const refusal = failure && refuse(provider, failure);
    // Nothing counted means nothing to price: unknown, not free.
    const unknown = outcome === 'silent' || outcome === 'blocked';
    const price = unknown
      ? { costMillicents: null, ratesSource: null }
      : this.#prices.price(provider, model, tokens, requestedAtMs);
    const retryable = failure && isRetryable(failure);
    const idempotencyKey = own.chance(session.profile.idempotent ?? 0) ? `stainless-node-retry-${own.uuid()}` : null;
    const clock = session.clockInPrompt ? requestedAtMs : 0;
    this.#insertRequest.run(
      id,
      projectId,
      provider,
      model,
      tokens.thinking > 0 ? 'thinking' : 'standard',
      tokens.input,
      tokens.output,
      tokens.thinking,
      tokens.cacheRead,
      tokens.cacheWrite,
      price.costMillicents,
      call.latencyMs,
      unknown || outcome === 'cut' ? 0 : 1,
      formatStored(requestedAtMs, micros),
      formatStored(recordedMs, own.bits() % 1000),
      session.machine,
      session.workdir,
      session.attribution,
      outcome === 'blocked' ? 'blocked_by_policy' : failure ? 'error' : 'success',
      call.firstTokenMs,
      null,
      call.kind,
      new Random(session.seed, call.turn, clock, session.profile.slug.length).hex(64),
      idempotencyKey,
      price.ratesSource,
      refusal ? refusal.status : outcome === 'blocked' ? null : 200,
      refusal?.code ?? null,
      failure,
      refusal ? this.#hashMessage(refusal.message) : null,
      retryable === null ? null : retryable ? 1 : 0,
      call.billing,
    );
    if (withBodies && session.stored) this.#writeBody(id, call, recordedMs);
    return id;
  }

  #writeBody(id: string, call: CallPlan, recordedMs: number): void {
    const body = captureBody(call);
    if (!body) return;
    this.#insertBody.run(
      id,
      body.request.text,
      body.response.text,
      body.request.bytes,
      body.response.bytes,
      body.request.contentType,
      body.response.contentType,
      body.request.truncated ? 1 : 0,
      body.response.truncated ? 1 : 0,
      body.streamingIncomplete ? 1 : 0,
      body.redactions ? 1 : 0,
      body.captureError,
      body.redactions && JSON.stringify(body.redactions),
      formatStored(recordedMs + 1, call.session.seed % 1000),
      null,
    );
  }

  #hashMessage(message: string): string {
    let hash = this.#messageHashes.get(message);
    if (hash === undefined) this.#messageHashes.set(message, (hash = hashText(message)));
    return hash;
  }
}
