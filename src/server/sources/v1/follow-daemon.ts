import type { WireStatus } from '../../../api/status.js';
import type { Copy } from './copy.js';
import type { Mirror } from './mirror.js';
import type { V1Client } from './v1-client.js';
import { V1Error } from './v1-error.js';

type DaemonState = WireStatus['daemon'];

/** Least time from the end of one question to the next, while the page is idle. */
const POLL_EVERY_MS = 10_000;
/** A daemon that takes long to answer is asked less often: it has this many times as long for other work. */
const REST_FACTOR = 9;
/** While nobody answers there is nobody to burden, and a daemon that starts is to be seen soon. */
const RETRY_EVERY_MS = 2_000;
/** In place of a look at the calls. */
const RATES_EVERY_MS = 5 * 60_000;

export interface FollowParts {
  readonly url: string;
  readonly client: V1Client;
  readonly copy: Copy;
  readonly mirror: Mirror;
  /** Milliseconds on a clock that nobody sets. */
  readonly clock: () => number;
}

/** What went wrong last, and since when. */
export interface Trouble {
  readonly error: V1Error;
  readonly since: string;
}

/**
 * Follows one daemon as long as somebody wants to know: each `look` asks it once at most, and no sooner than ten seconds
 * after the last answer. That one question is its list of projects, which tells both that it is there and whether calls
 * came; only then are calls asked for. Its health is asked where it is met for the first time, or again.
 */
export class DaemonFollower {
  readonly #parts: FollowParts;
  #round: Promise<void> | null = null;
  #met: Promise<void> | null = null;
  #endedAtMs = -Infinity;
  #pauseMs = 0;
  #currentAtMs = -Infinity;
  #ratesAtMs = -Infinity;
  #version: string | null = null;
  #isReachable = false;
  #unreachableSince: string | null = null;
  #trouble: Trouble | null = null;
  #isClosed = false;

  constructor(parts: FollowParts) {
    this.#parts = parts;
  }

  /** What the daemon's last answer failed by; null while all is well. */
  get trouble(): Trouble | null {
    return this.#trouble;
  }

  /** How long ago the copy was last known to hold all, in milliseconds. */
  get ageMs(): number {
    return this.#parts.clock() - this.#currentAtMs;
  }

  /** The daemon as it was last seen; waits only where it was never asked. */
  async ask(): Promise<DaemonState> {
    void this.look();
    await this.#met;
    return {
      url: this.#parts.url,
      reachable: this.#isReachable,
      unreachable_since: this.#unreachableSince,
      version: this.#version,
      active_requests: null,
    };
  }

  /** Asks the daemon where it is time to, and resolves when the copy has caught up, or could not. */
  look(): Promise<void> {
    if (this.#round === null && !this.#isClosed && this.#parts.clock() - this.#endedAtMs >= this.#pauseMs) {
      const { promise, resolve } = withResolver();
      this.#met ??= promise;
      this.#round = this.#run(resolve).finally(() => {
        resolve();
        this.#endedAtMs = this.#parts.clock();
        this.#round = null;
      });
    }
    return this.#round ?? Promise.resolve();
  }

  /** Asks nothing more; what is under way ends. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#parts.client.close();
    await this.#round;
  }

  async #run(onMet: () => void): Promise<void> {
    const { client, copy, mirror, clock } = this.#parts;
    const isWatched = this.ageMs < 2 * this.#pauseMs + POLL_EVERY_MS;
    this.#pauseMs = POLL_EVERY_MS;
    try {
      if (!this.#isReachable) await this.#meet();
      else if (isWatched && copy.isWhole && clock() - this.#ratesAtMs >= RATES_EVERY_MS) {
        // Where nobody has asked for long, what came meanwhile goes first.
        mirror.writeRates(await client.rates());
        this.#ratesAtMs = clock();
        copy.retryRefused();
        return;
      }
      onMet();
      const startedAtMs = clock();
      const projects = await client.projects();
      this.#pauseMs = Math.max(POLL_EVERY_MS, (clock() - startedAtMs) * REST_FACTOR);
      await copy.catchUp(projects);
      this.#currentAtMs = clock();
      this.#trouble = null;
    } catch (error) {
      this.#note(error instanceof V1Error ? error : toCopyError(error));
    }
  }

  async #meet(): Promise<void> {
    const { client, copy, mirror, clock } = this.#parts;
    copy.retryRefused();
    const { version } = await client.health();
    mirror.writeRates(await client.rates());
    this.#ratesAtMs = clock();
    this.#version = version;
    this.#isReachable = true;
    this.#unreachableSince = null;
  }

  #note(error: V1Error): void {
    const now = new Date().toISOString();
    if (this.#trouble?.error.message !== error.message) this.#trouble = { error, since: now };
    if (error.kind !== 'silent' && this.#isReachable) return;
    if (this.#isReachable) this.#unreachableSince = now;
    this.#isReachable = false;
    this.#version = null;
    if (error.kind === 'silent') this.#pauseMs = RETRY_EVERY_MS;
  }
}

/** The disk is full, for example. */
function toCopyError(error: unknown): V1Error {
  const { code, name } = error as NodeJS.ErrnoException;
  return new V1Error('unusable', 'The copy of its answers', `can not be written (${code ?? name ?? 'unknown reason'})`);
}

function withResolver(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}
