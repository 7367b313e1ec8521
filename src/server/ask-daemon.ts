import { Agent, get } from 'node:http';

const TIMEOUT_MS = 1000;
/** A status that counts many kinds of secrets is still far below. */
const MOST_CHARACTERS = 262_144;

export interface DaemonAnswer {
  /** Of HTTP. */
  readonly status: number;
  /** Origin whose pages may read such an answer, as the daemon names it; null where it names none. */
  readonly allowedOrigin: string | null;
  /** Null for anything but JSON. */
  readonly json: unknown;
}

/**
 * What a daemon answers to one GET, or null where none comes in time (within a second unless told otherwise). It is asked
 * as a page of `pageOrigin` would, so that the answer tells whether it may. An agent of its own: no proxy of the environment.
 */
export function askDaemon(
  url: string,
  path: string,
  {
    pageOrigin,
    timeoutMs = TIMEOUT_MS,
  }: { readonly pageOrigin?: string | undefined; readonly timeoutMs?: number } = {},
): Promise<DaemonAnswer | null> {
  return new Promise((resolve) => {
    const options = {
      agent: new Agent(),
      signal: AbortSignal.timeout(timeoutMs),
      headers: { Accept: 'application/json', ...(pageOrigin !== undefined && { Origin: pageOrigin }) },
    };
    const request = get(url + path, options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('error', () => resolve(null));
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > MOST_CHARACTERS) request.destroy();
      });
      response.on('close', () => {
        if (!response.complete) return resolve(null);
        const allowedOrigin = response.headers['access-control-allow-origin'] ?? null;
        resolve({ status: response.statusCode!, allowedOrigin, json: parseJson(text) });
      });
    });
    request.on('error', () => resolve(null));
  });
}

/** Null for anything but JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
