import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { apiHeaders } from './answer.js';
import { SourceError } from './source.js';

/** A daemon that answers `/api` itself. */
export interface Direct {
  readonly url: string;
  /** Origin of this server's pages where the daemon lets them ask it; null where it does not. */
  readonly pageOrigin: string | null;
  /** It does not answer any more. */
  readonly onLost: () => void;
}

const PASSED_BACK = ['content-type', 'content-length', 'content-disposition', 'etag', 'allow', 'retry-after'] as const;
const agent = new Agent({ keepAlive: true });

/** These are answered here, whatever serves the rest: what is shown, what is new, and what all this is. */
const OWN = new Set(['/api/status', '/api/events', '/api/openapi.json']);

/** A segment that a browser would climb out of `/api` by. */
const CLIMBING = /\/(\.|%2e){1,2}(\/|$)/i;

/**
 * Sends a question on to the daemon that answers it: a page of this server is told where, so that it asks there itself. For
 * who can not go there (a page of another origin, which the daemon refuses; one whose policy was written before the
 * daemon was there, which asks in the mode `same-origin`) this server asks, and passes the answer on as it comes.
 * Null where it is a question for this server.
 */
export function sendOn(context: Context, path: string, direct: Direct): Promise<Response> | Response | null {
  if (!path.startsWith('/api/') || OWN.has(path) || CLIMBING.test(path)) return null;
  // As it was sent, percent signs and all.
  const [, target = path] = /^[^:]+:\/\/[^/]*([^#]*)/.exec(context.req.url) ?? [];
  if (!mayGoThere(context, direct.pageOrigin)) return pass(context, target, direct);
  const headers = { ...apiHeaders(context), Location: direct.url + target, 'Content-Length': '0' };
  return new Response(null, { status: 307, headers });
}

function mayGoThere({ req }: Context, pageOrigin: string | null): boolean {
  const origin = req.header('origin');
  if (pageOrigin === null || (origin !== undefined && origin !== pageOrigin)) return false;
  return req.header('sec-fetch-mode') !== 'same-origin';
}

function pass(context: Context, target: string, { url, onLost }: Direct): Promise<Response> {
  const { req } = context;
  const { signal } = req.raw;
  const known = req.header('if-none-match');
  const headers = { Accept: req.header('accept') ?? '*/*', ...(known !== undefined && { 'If-None-Match': known }) };
  return new Promise((resolve, reject) => {
    const outgoing = request(url + target, { method: req.method, agent, headers, signal });
    outgoing.on('error', () => {
      if (!signal.aborted) onLost();
      reject(new SourceError('waiting', `The daemon at ${url} does not answer.`));
    });
    outgoing.on('response', (incoming) => {
      const status = incoming.statusCode!;
      const isEmpty = req.method === 'HEAD' || status === 304 || status === 204;
      if (isEmpty) incoming.resume();
      resolve(
        new Response(isEmpty ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>), {
          status,
          headers: { ...passBack(incoming.headers, isEmpty), ...apiHeaders(context) },
        }),
      );
    });
    outgoing.end();
  });
}

function passBack(headers: IncomingHttpHeaders, isEmpty: boolean): Record<string, string> {
  const passed = PASSED_BACK.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]]));
  // Named, so that nothing is read in advance to find out whether it is short.
  if (!isEmpty && headers['content-length'] === undefined) passed.push(['transfer-encoding', 'chunked']);
  return Object.fromEntries(passed) as Record<string, string>;
}
