import * as z from 'zod/mini';
import { type CamelCased, fromWire } from '../api/camel-case.js';
import { problem } from '../api/problem.js';
import { ContractError, ProblemError, UnreachableError } from './errors.js';

/** The only place that fetches. Everything asked for is asked of one origin, with GET, without credentials. */

const TIMEOUT_MS = 20_000;

async function get(origin: string, path: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(origin + path, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      credentials: 'omit',
      redirect: 'error',
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new UnreachableError(
      origin,
      error instanceof DOMException && error.name === 'TimeoutError'
        ? `did not answer within ${TIMEOUT_MS / 1000} seconds.`
        : 'does not answer. Is it running, and may this page ask it?',
    );
  }
  if (!response.ok) throw await readProblem(origin, path, response);
  return response;
}

async function readProblem(origin: string, path: string, response: Response): Promise<Error> {
  const parsed = problem.safeParse(await response.json().catch(() => null));
  if (parsed.success) return new ProblemError(origin, parsed.data);
  return new ProblemError(origin, {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail: `no reason given for ${path}`,
  });
}

/**
 * Asks for JSON and checks it against its shape.
 * @throws UnreachableError, ProblemError, ContractError, or the signal's reason when it was aborted.
 */
export async function getJson<S extends z.ZodMiniType>(
  origin: string,
  path: string,
  shape: S,
  signal: AbortSignal,
): Promise<CamelCased<z.infer<S>>> {
  const response = await get(origin, path, signal);
  let json: unknown;
  try {
    json = await response.json();
  } catch {
    signal.throwIfAborted();
    throw new ContractError(origin, path, 'it is not JSON.');
  }
  const parsed = shape.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new ContractError(origin, path, `${issue.path.join('.') || 'the answer'}: ${issue.message}.`);
  }
  return fromWire(parsed.data);
}

/** Asks for text, exactly as stored. Throws what getJson throws. */
export async function getText(origin: string, path: string, signal: AbortSignal): Promise<string> {
  const response = await get(origin, path, signal);
  return response.text();
}
