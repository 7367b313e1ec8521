import { createHash } from 'node:crypto';

/** Response headers, as they were measured to work together in Chromium with no violation. */

type Headers = Readonly<Record<string, string>>;

/** On every answer, refusals and errors too. */
export const BASE_HEADERS: Headers = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** What a page may do; `styles` and `scripts`: exactly these texts may stand in it; `frames`: who may hold it. */
export function writePagePolicy({
  styles,
  scripts,
  frames = "'none'",
}: {
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
  readonly frames?: string;
}): string {
  const allow = (texts: readonly string[]): string => texts.map((text) => ` '${hashInline(text)}'`).join('');
  return [
    "default-src 'none'",
    `script-src 'self'${allow(scripts)}`,
    `style-src 'self'${allow(styles)}`,
    "connect-src 'self'",
    "img-src 'self' blob:",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frames}`,
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

/** Pages on this machine alone; `*` would not take in files. */
const LOCAL_PAGES = "'self' http://localhost:* http://127.0.0.1:* file:";

/** Pages made to stand in a frame, of any page on this machine. */
export const FRAME_HEADERS: Headers = {
  ...BASE_HEADERS,
  'Content-Security-Policy': writePagePolicy({ styles: [], scripts: [], frames: LOCAL_PAGES }),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
};

/**
 * The user's own pages: what stands in them runs, and nothing is had from elsewhere or sent there. `connect`: origins
 * besides our own that elements ask.
 */
export function ownPageHeaders(connect: readonly string[] = []): Headers {
  return {
    ...BASE_HEADERS,
    'Content-Security-Policy': [
      "default-src 'self'",
      "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
      "style-src 'self' 'unsafe-inline'",
      ['connect-src', "'self'", ...connect].join(' '),
      "img-src 'self' data: blob:",
      "media-src 'self' data: blob:",
      "font-src 'self' data:",
      "worker-src 'self' blob:",
      "object-src 'none'",
      "base-uri 'self'",
      "form-action 'self'",
      "frame-ancestors 'self'",
    ].join('; '),
    'X-DNS-Prefetch-Control': 'off',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': 'no-cache',
  };
}

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
