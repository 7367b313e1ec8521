import { ContractError } from './errors.js';
import { get, TIMEOUT_MS } from './get.js';

/**
 * Asks for an answer that may go on for long: its beginning has to come in time, and then `signal` alone ends it.
 * Throws what getJson throws until then.
 */
export async function getStream(
  origin: string,
  path: string,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new DOMException('', 'TimeoutError')), TIMEOUT_MS);
  try {
    const response = await get(origin, path, signal, late.signal);
    if (response.body === null) throw new ContractError(origin, path, 'it is empty.');
    return response.body;
  } finally {
    clearTimeout(timer);
  }
}
