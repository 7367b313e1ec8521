import { type CamelCased, fromWire } from '../api/camel-case.js';
import type { Problem } from '../api/problem.js';
import { ContractError, ProblemError, UnreachableError } from './errors.js';
import { findFault, type Shape } from './shape.js';

/** The only place that fetches. Everything asked for is asked of one origin, with GET, without credentials. */

/** Daemons, by the server that sent us on to one: it is asked itself from then on. */
const direct = new Map<string, string>();

/** What a server may send on to: a port of this machine. */
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1]):\d+/;

/** Time until an answer has to be there. */
export const TIMEOUT_MS = 20_000;

/** Asks, and gives an answer that says yes, unless `late` ends it before. Throws what getJson throws. */
export async function get(
  origin: string,
  path: string,
  signal: AbortSignal,
  late = AbortSignal.timeout(TIMEOUT_MS),
): Promise<Response> {
  const ask = (base: string, mode?: RequestMode): Promise<Response> =>
    fetch(base + path, { signal: AbortSignal.any([signal, late]), credentials: 'omit', mode });
  // Only our own server knows where things stand.
  let asked = (path !== '/api/status' && direct.get(origin)) || origin;
  let response: Response;
  try {
    response = await ask(asked).catch(() => {
      signal.throwIfAborted();
      direct.delete(origin);
      // In this mode a server answers itself, or says why it can't.
      return ask((asked = origin), 'same-origin');
    });
    if (response.redirected) direct.set(origin, (asked = LOOPBACK.exec(response.url)![0]));
  } catch (error) {
    signal.throwIfAborted();
    throw new UnreachableError(
      asked,
      (error as Error).name === 'TimeoutError'
        ? `did not answer within ${TIMEOUT_MS / 1000} seconds.`
        : 'does not answer. Is it running, and may this page ask it?',
    );
  }
  if (!response.ok) throw await readProblem(asked, path, response);
  return response;
}

async function readProblem(origin: string, path: string, response: Response): Promise<Error> {
  const answer = (await response.json().catch(() => null)) as Partial<Problem> | null;
  const detail = typeof answer?.detail === 'string' ? answer.detail : `no reason given for ${path}`;
  return new ProblemError(origin, response.status, detail);
}

/**
 * Asks for JSON and checks it against its shape.
 * @throws UnreachableError, ProblemError, ContractError, or the signal's reason when it was aborted.
 */
export async function getJson<T>(
  origin: string,
  path: string,
  shape: Shape<T>,
  signal: AbortSignal,
): Promise<CamelCased<T>> {
  const response = await get(origin, path, signal);
  let json: unknown;
  try {
    json = await response.json();
  } catch {
    signal.throwIfAborted();
    throw new ContractError(origin, path, 'it is not JSON.');
  }
  const fault = findFault(json, shape);
  if (fault !== null) throw new ContractError(origin, path, `${fault}.`);
  return fromWire(json as T);
}
