import type { Hono } from 'hono';

type Answer = Hono['fetch'];

/** Scripts and styles inside a page are passed over: the policy allows them by the hash of their text. */
const TAG = /(<(script|style)\b[^>]*>)([^]*?<\/\2>)|<[a-z][^>]*>/gi;
const LINK = /(\s(?:href|src|action|poster|data)=["'])\/(?!\/)/g;

/** Lets every link of the pages that are answered, and every redirect, lead below `base`: they are written for a server at the root. */
export function rebasePages(answer: Answer, base: string): Answer {
  return async (...asked) => {
    const response = await answer(...asked);
    const { status } = response;
    const headers = new Headers(response.headers);
    const location = headers.get('location');
    if (location !== null && /^\/(?!\/)/.test(location)) headers.set('location', base + location);
    const isPage = response.body !== null && (headers.get('content-type') ?? '').startsWith('text/html');
    if (!isPage) return location === null ? response : new Response(response.body, { status, headers });
    const html = rebaseLinks(await response.text(), base);
    if (headers.has('content-length')) headers.set('content-length', String(Buffer.byteLength(html)));
    return new Response(html, { status, headers });
  };
}

/** The page with `base` before each path that begins at the root. */
export function rebaseLinks(html: string, base: string): string {
  const rebase = (tag: string): string => tag.replace(LINK, (_, before: string) => `${before}${base}/`);
  return html.replace(TAG, (tag, opening: string | undefined, _name, rest: string) =>
    opening === undefined ? rebase(tag) : rebase(opening) + rest,
  );
}
