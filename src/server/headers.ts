/** Response headers, as they were measured to work together in Chromium with no violation. */

type Headers = Readonly<Record<string, string>>;

/** On every answer, refusals and errors too. */
export const BASE_HEADERS: Headers = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html hm-worker',
].join('; ');

export const PAGE_HEADERS: Headers = {
  ...BASE_HEADERS,
  'Content-Security-Policy': PAGE_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'no-cache',
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
