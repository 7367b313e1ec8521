import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { judgeRequest, type House, type Verdict } from './guard.js';
import { API_HEADERS } from './headers.js';
import { rebasePages } from './rebase-pages.js';

/** Every request of a server: first the guard, on what came over the wire, then the app. */
export function createRequestListener(app: Hono, house: House): RequestListener {
  const answer = house.base === undefined ? app.fetch : rebasePages(app.fetch, house.base);
  const handle = getRequestListener(answer, { overrideGlobalObjects: false });
  return (request, response) => {
    const verdict = judge(request, house);
    if (verdict.kind === 'pass') void handle(request, response);
    else turnAway(request, response, verdict);
  };
}

export function judge(request: IncomingMessage, house: House): Verdict {
  const { method = '', url = '', rawHeaders } = request;
  return judgeRequest({ method, target: url, rawHeaders }, house);
}

/** Answers what the guard did not let pass: a redirect to this server's own name, or a problem. */
export function turnAway(
  request: IncomingMessage,
  response: ServerResponse,
  verdict: Exclude<Verdict, { kind: 'pass' }>,
): void {
  // What the client may still be sending is not read.
  if (request.method !== 'GET' && request.method !== 'HEAD') response.shouldKeepAlive = false;
  if (verdict.kind === 'redirect') {
    response.writeHead(307, { ...API_HEADERS, Location: verdict.location, 'Content-Length': 0 }).end();
    return;
  }
  const bytes = Buffer.from(JSON.stringify(verdict.problem), 'utf8');
  response.writeHead(verdict.problem.status, {
    ...API_HEADERS,
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': bytes.length,
    ...(verdict.allow !== undefined && { Allow: verdict.allow }),
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}
