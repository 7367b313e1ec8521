import type { IncomingMessage, ServerResponse } from 'node:http';
import { BASE_HEADERS } from './headers.js';

/** What is told to who may not come in, whatever was asked for: to people a page, to programs a problem. */
export interface Refusal {
  readonly title: string;
  /** HTML of the page's paragraphs. */
  readonly paragraphs: readonly string[];
  /** The problem's detail, which elements of an open page show. */
  readonly detail: string;
}

const HEADERS = {
  ...BASE_HEADERS,
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  Connection: 'close',
};

/** Answers 403. Nothing of the request is in the answer. */
export function refuseRequest(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const isPage = wantsPage(request);
  const bytes = Buffer.from(isPage ? writePage(refusal) : writeProblem(refusal), 'utf8');
  response.writeHead(403, {
    ...HEADERS,
    'Content-Type': isPage ? 'text/html; charset=utf-8' : 'application/problem+json; charset=utf-8',
    'Content-Length': bytes.length,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

export function wantsPage(request: IncomingMessage): boolean {
  return (request.headers.accept ?? '').includes('text/html');
}

function writeProblem({ detail }: Refusal): string {
  return JSON.stringify({ type: 'about:blank', title: 'Refused', status: 403, detail });
}

function writePage({ title, paragraphs }: Refusal): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="color-scheme" content="light dark" />
    <title>${title}</title>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
${paragraphs.map((paragraph) => `      <p>${paragraph}</p>\n`).join('')}    </main>
  </body>
</html>
`;
}
