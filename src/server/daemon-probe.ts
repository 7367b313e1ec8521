import { Agent, get } from 'node:http';
import * as z from 'zod/mini';
import type { WireStatus } from '../api/status.js';

type DaemonState = WireStatus['daemon'];

const PROBE_TIMEOUT_MS = 1000;
const PROBE_EVERY_MS = 10_000;
const MOST_CHARACTERS = 65_536;

const health = z.object({
  status: z.string(),
  version: z.string(),
  active_requests: z.optional(z.nullable(z.int().check(z.nonnegative()))),
});

/**
 * Asks the daemon on 127.0.0.1 whether it is there, when someone wants to know and at most every ten seconds. Nothing
 * but `GET /health` is ever sent.
 */
export class DaemonProbe {
  readonly #findPort: () => Promise<number>;
  #askedAtMs = -Infinity;
  #answer: Promise<DaemonState> | null = null;
  #wasReachable = false;
  #unreachableSince: string | null = null;

  /** @param findPort asked before each probe, because a daemon that starts again may take another port */
  constructor(findPort: () => Promise<number>) {
    this.#findPort = findPort;
  }

  ask(): Promise<DaemonState> {
    const nowMs = performance.now();
    if (this.#answer === null || nowMs - this.#askedAtMs >= PROBE_EVERY_MS) {
      this.#askedAtMs = nowMs;
      this.#answer = this.#probe();
    }
    return this.#answer;
  }

  async #probe(): Promise<DaemonState> {
    const port = await this.#findPort();
    const url = `http://127.0.0.1:${port}`;
    const parsed = health.safeParse(await getJson(port, '/health'));
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
}

/** What 127.0.0.1 answers, or null for anything but JSON within a second. An agent of its own: no proxy of the environment. */
function getJson(port: number, path: string): Promise<unknown> {
  return new Promise((resolve) => {
    const agent = new Agent();
    const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
    const request = get({ host: '127.0.0.1', port, path, agent, signal }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('error', () => resolve(null));
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > MOST_CHARACTERS) request.destroy();
      });
      response.on('close', () => resolve(response.complete && response.statusCode === 200 ? parseJson(text) : null));
    });
    request.on('error', () => resolve(null));
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
