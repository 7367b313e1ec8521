import type { WireSearchHit, WireSearchProgress } from '../api/body-search.js';
import { type CamelCased, fromWire } from '../api/camel-case.js';
import { type Filter, filterToParams } from '../api/filter.js';
import { ContractError, UnreachableError } from './errors.js';
import { getStream } from './get-stream.js';
import { findFault, type Shape } from './shape.js';

/** Calls with stored bodies: looked through, and in all. `calls`: those of the filter, with or without. */
export type SearchProgress = CamelCased<WireSearchProgress>;
/** A body that holds the text. Places are UTF-16 code units of the stored text. */
export type SearchHit = CamelCased<WireSearchHit>;

const progressShape: Shape<WireSearchProgress> = { scanned: 'n', of: 'n', calls: 'n' };

const hitShape: Shape<WireSearchHit> = {
  call_id: 's',
  side: 's',
  count: 'n',
  excerpt: 's',
  at: 'n',
  length: 'n',
  excerpt_at: 'n',
  project: 's',
  provider: 's?',
  model: 's?',
  requested_at: 's',
};

/**
 * `GET /api/bodies/search`: what is found, newest call first, and how far the search is, as it comes. The server
 * searches only as fast as this is read; leaving the loop, or `signal`, ends it.
 * @throws what getStream throws, and UnreachableError where the search breaks off.
 */
export async function* searchBodies(
  origin: string,
  filter: Filter,
  text: string,
  signal: AbortSignal,
): AsyncGenerator<SearchProgress | SearchHit, void, void> {
  const params = filterToParams(filter);
  params.set('text', text);
  const stream = await getStream(origin, `/api/bodies/search?${params}`, signal);
  let isWhole = false;
  for await (const line of readLines(stream, origin, signal)) {
    const read = readLine(line, origin);
    if ('scanned' in read) isWhole = read.scanned >= read.of;
    yield read;
  }
  if (!isWhole) throw new UnreachableError(origin, BROKE_OFF);
}

const BROKE_OFF = 'broke off the search.';

function readLine(line: string, origin: string): SearchProgress | SearchHit {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw new ContractError(origin, '/api/bodies/search', 'a line is not JSON.');
  }
  const isProgress = typeof json === 'object' && json !== null && 'scanned' in json;
  const fault = isProgress ? findFault(json, progressShape) : findFault(json, hitShape);
  if (fault !== null) throw new ContractError(origin, '/api/bodies/search', `${fault}.`);
  return isProgress ? fromWire(json as WireSearchProgress) : fromWire(json as WireSearchHit);
}

async function* readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  origin: string,
  signal: AbortSignal,
): AsyncGenerator<string, void, void> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        signal.throwIfAborted();
        throw new UnreachableError(origin, BROKE_OFF);
      });
      if (done) break;
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
