import { createHash } from 'node:crypto';

/** Response headers, as they were measured to work together in Chromium with no violation. */

type Headers = Readonly<Record<string, string>>;

/** On every answer, refusals and errors too. */
export const BASE_HEADERS: Headers = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** What a page may do; `styles` and `scripts`: exactly these texts may stand in it. */
export function writePagePolicy(inline: {
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
}): string {
  const allow = (texts: readonly string[]): string => texts.map((text) => ` '${hashInline(text)}'`).join('');
  return [
    "default-src 'none'",
    `script-src 'self'${allow(inline.scripts)}`,
    `style-src 'self'${allow(inline.styles)}`,
    "connect-src 'self'",
    "img-src 'self' blob:",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html hm-worker',
  ].join('; ');
}

/** Lets what these headers come with, a page or a worker, ask this origin too; nothing that may ask nobody. */
export function allowConnect(headers: globalThis.Headers, origin: string | null): void {
  const policy = headers.get('Content-Security-Policy');
  if (policy === null || origin === null) return;
  headers.set('Content-Security-Policy', policy.replace("connect-src 'self'", `$& ${origin}`));
}

function hashInline(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

export const PAGE_HEADERS: Headers = {
  ...BASE_HEADERS,
  'Content-Security-Policy': writePagePolicy({ styles: [], scripts: [] }),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'no-cache',
  // Some who ask for a page get the newest calls in it, others do not.
  Vary: 'Sec-Fetch-Dest, Sec-Fetch-Mode, Sec-Fetch-Site',
};

/** Scripts carry a policy of their own, because a worker does not inherit its page's. */
export const ELEMENT_HEADERS: Headers = {
  ...BASE_HEADERS,
  'Content-Security-Policy': "default-src 'none'; connect-src 'self'; script-src 'self'",
  Vary: 'Origin',
  'Cache-Control': 'no-cache',
};

/** `no-store`: nothing of what the daemon recorded is to be left behind in a browser's cache on disk. */
export const API_HEADERS: Headers = {
  ...BASE_HEADERS,
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  Vary: 'Origin, Sec-Fetch-Site',
  'Cache-Control': 'no-store',
};
