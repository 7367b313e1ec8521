import * as z from 'zod/mini';
import { statusAnswer, type WireStatus } from '../api/status.js';
import { askDaemon } from './ask-daemon.js';

type DaemonState = WireStatus['daemon'];

const PROBE_EVERY_MS = 10_000;
/** A status is made of sums: a daemon that has just started takes its time. */
const STATUS_TIMEOUT_MS = 3000;

const health = z.object({
  status: z.string(),
  version: z.string(),
  active_requests: z.optional(z.nullable(z.int().check(z.nonnegative()))),
});

const v1Status = z.object({ request_count_last_hour: z.number() });

/** What a daemon serves besides its health: the documented `/api`, else `/v1`; null for neither, or no daemon. */
export type Served =
  /** `isDirect`: it lets the pages of this server ask it. */
  { readonly kind: 'api'; readonly isDirect: boolean } | { readonly kind: 'v1' };

export interface DaemonView {
  readonly state: DaemonState;
  readonly serves: Served | null;
}

export interface ProbeOptions {
  /** Origin of this server's pages, which the daemon is asked for. */
  readonly pageOrigin?: string;
  /** Tells this server's own status from a daemon's. */
  readonly isOwn?: (status: WireStatus) => boolean;
}

/**
 * Asks the daemon on this machine whether it is there, when someone wants to know and at most every ten seconds: its
 * health, and once for each start of a daemon what it serves. Nothing but GET is ever sent.
 */
export class DaemonProbe {
  readonly #findUrl: () => Promise<string>;
  readonly #options: ProbeOptions;
  #askedAtMs = -Infinity;
  #answer: Promise<DaemonState> | null = null;
  #wasReachable = false;
  #unreachableSince: string | null = null;
  /** Of the daemon whose services are known: where it is, and which version. */
  #known: { readonly daemon: string; readonly serves: Served | null } | null = null;
  #looked: { readonly answer: Promise<DaemonState>; readonly view: Promise<DaemonView> } | null = null;

  /** @param findUrl asked before each probe, because a daemon that starts again may take another port */
  constructor(findUrl: () => Promise<string>, options: ProbeOptions = {}) {
    this.#findUrl = findUrl;
    this.#options = options;
  }

  /** Whether it is there: its health is enough for that. */
  ask(): Promise<DaemonState> {
    const nowMs = performance.now();
    if (this.#answer === null || nowMs - this.#askedAtMs >= PROBE_EVERY_MS) {
      this.#askedAtMs = nowMs;
      this.#answer = this.#probe();
    }
    return this.#answer;
  }

  /** The same, and what it serves. */
  look(): Promise<DaemonView> {
    const answer = this.ask();
    if (this.#looked?.answer !== answer) this.#looked = { answer, view: this.#view(answer) };
    return this.#looked.view;
  }

  /** Something tells that a daemon came, went or took another's place: the next question asks anew. */
  forget(): void {
    this.#answer = null;
    this.#known = null;
  }

  async #probe(): Promise<DaemonState> {
    const url = await this.#findUrl();
    const answer = await askDaemon(url, '/health');
    const parsed = health.safeParse(answer?.status === 200 ? answer.json : null);
    if (parsed.success) {
      this.#wasReachable = true;
      this.#unreachableSince = null;
    } else if (this.#wasReachable) {
      this.#unreachableSince ??= new Date().toISOString();
    }
    return {
      url,
      reachable: parsed.success,
      unreachable_since: this.#unreachableSince,
      version: parsed.data?.version ?? null,
      active_requests: parsed.data?.active_requests ?? null,
    };
  }

  async #view(answer: Promise<DaemonState>): Promise<DaemonView> {
    const state = await answer;
    const daemon = `${state.url} ${state.version}`;
    if (state.reachable && this.#known?.daemon === daemon) return { state, serves: this.#known.serves };
    const serves = (await this.#findApi(state.url)) ?? (state.reachable ? await findV1(state.url) : null);
    this.#known = state.reachable ? { daemon, serves } : null;
    // The documented API says nothing of a health: who serves it is there.
    return { state: { ...state, reachable: state.reachable || serves !== null }, serves };
  }

  async #findApi(url: string): Promise<Served | null> {
    const { pageOrigin, isOwn } = this.#options;
    const answer = await askDaemon(url, '/api/status', { pageOrigin, timeoutMs: STATUS_TIMEOUT_MS });
    const parsed = statusAnswer.safeParse(answer?.status === 200 ? answer.json : null);
    // One that itself sends on to a daemon is none, least of all when it is this one.
    if (!parsed.success || parsed.data.source === 'api' || isOwn?.(parsed.data)) return null;
    // Pages follow to an address that names its port.
    return { kind: 'api', isDirect: answer?.allowedOrigin === pageOrigin && new URL(url).port !== '' };
  }
}

async function findV1(url: string): Promise<Served | null> {
  const answer = await askDaemon(url, '/v1/daemon/status');
  return answer?.status === 200 && v1Status.safeParse(answer.json).success ? { kind: 'v1' } : null;
}
