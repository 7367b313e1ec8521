import { ContractError } from './errors.js';
import { get, TIMEOUT_MS } from './get.js';

export type BodySide = 'request' | 'response';

/** `GET /api/bodies/{id}/{side}`: the stored characters. */
export async function getBodyText(origin: string, id: string, side: BodySide, signal: AbortSignal): Promise<string> {
  const response = await get(origin, `/api/bodies/${encodeURIComponent(id)}/${side}`, signal);
  // Response.text() would take a byte order mark away, and that is one of the stored characters.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
}

/** The bytes of a stored body as they come. */
export interface BodyBytes {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Null: the answer doesn't say. */
  readonly totalBytes: number | null;
}

/** The same, as a stream: it has to begin in time, and then only `signal` ends it. */
export async function openBodyBytes(
  origin: string,
  id: string,
  side: BodySide,
  signal: AbortSignal,
): Promise<BodyBytes> {
  const path = `/api/bodies/${encodeURIComponent(id)}/${side}`;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new DOMException('', 'TimeoutError')), TIMEOUT_MS);
  try {
    const response = await get(origin, path, signal, late.signal);
    if (response.body === null) throw new ContractError(origin, path, 'it is empty.');
    const length = response.headers.get('content-length');
    return { chunks: readChunks(response.body), totalBytes: length === null ? null : Number(length) };
  } finally {
    clearTimeout(timer);
  }
}

async function* readChunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    // Who leaves early wants no more of it.
    await reader.cancel().catch(() => undefined);
  }
}
