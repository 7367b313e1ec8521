import type { Problem } from '../api/problem.js';

/** What the guard looks at: the request as it came over the wire, before anything normalised it. */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  /** Names and values in turn, as they came: two Host headers are two here. */
  readonly rawHeaders: readonly string[];
}

export interface House {
  readonly port: number;
  /** Paths that a link on somebody else's page may lead to. */
  readonly pages: ReadonlySet<string>;
  /** Origins of other pages that may hold elements: these load them, and ask the API. */
  readonly allowedOrigins?: readonly string[];
}

export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'refuse'; readonly problem: Problem; readonly allow?: string };

const PASS: Verdict = { kind: 'pass' };

/** Absolute path, printable ASCII, no fragment, no backslash before the query, no second slash that could be a host. */
const TARGET = /^\/(?!\/)[!"$->@-[\]-~]*(?:\?[!"$-~]*)?$/;

/** Names that mean this folder or the one above, in any writing: no browser sends one, and paths are compared letter by letter. */
const DOTS = /\/(?:\.|%2e){1,2}(?:\/|$)/i;

/** What an allowed origin has access to. */
const FOR_ELEMENTS = /^\/(?:api|elements)\//;

/** Pages made to be held by a frame of another site. */
const FRAMES = /^\/embed\/[\w-]+$/;

/** Pages of the user's own folder. A dot at the beginning of a name is none of theirs: it would lead elsewhere. */
const OWN_PAGES = /^\/pages(?:\/(?!\.|%2e)[^/]*)*$/i;

/**
 * Says whether a request may come in. It runs before routing, for every path, so that no route can be without it.
 *
 * The Host must be this server's own name (else a page whose name was rebound to 127.0.0.1 could read everything), an
 * Origin must be this server's own, and without one `Sec-Fetch-Site` must not tell of another site. Navigations to a
 * page are let through from anywhere: they are links, and their answer can't be read by who sent them.
 */
export function judgeRequest(request: RawRequest, house: House): Verdict {
  const own = authority('localhost', house.port);
  const hosts = readHeader(request, 'host');
  if (hosts.length > 1) return refuse(400, 'Bad request', 'The request carries more than one Host header.');
  const host = hosts[0];
  const numeric = [authority('127.0.0.1', house.port), authority('[::1]', house.port)];
  if (host !== own && !(host !== undefined && numeric.includes(host) && isNavigation(request))) {
    return refuse(421, 'Misdirected request', `This server answers to the name http://${own} only.`);
  }
  const path = request.target.split('?', 1)[0]!;
  if (!TARGET.test(request.target) || DOTS.test(path)) {
    return refuse(400, 'Bad request', 'The request target is not a percent-encoded path and query.');
  }
  if (host !== own) return { kind: 'redirect', location: `http://${own}${request.target}` };

  const origins = readHeader(request, 'origin');
  const isKnown = (origin: string): boolean =>
    origin === `http://${own}` || (house.allowedOrigins?.includes(origin) === true && FOR_ELEMENTS.test(path));
  if (!origins.every(isKnown) || origins.length > 1) {
    return refuse(403, 'Refused', 'Pages of another origin may not read from this server.');
  }
  if (origins.length === 0 && comesFromAnotherSite(request) && !mayNavigateHere(request, path, house)) {
    return refuse(403, 'Refused', 'Pages of another site may not read from this server.');
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const problem = refuse(405, 'Method not allowed', 'This server only reads: GET and HEAD.');
    return { ...problem, allow: 'GET, HEAD' };
  }
  return PASS;
}

/** The Host header a browser sends for this port: without it where it is HTTP's own. */
function authority(name: string, port: number): string {
  return port === 80 ? name : `${name}:${port}`;
}

function readHeader(request: RawRequest, name: string): string[] {
  const values: string[] = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    if (request.rawHeaders[index]!.toLowerCase() === name) values.push(request.rawHeaders[index + 1]!);
  }
  return values;
}

/** A page being opened, in a tab or in a frame. Browsers that send no fetch metadata are known by what they accept. */
function isNavigation(request: RawRequest, into = 'document'): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const modes = readHeader(request, 'sec-fetch-mode');
  if (modes.length === 0) return readHeader(request, 'accept').some((accept) => accept.startsWith('text/html'));
  return modes.join() === 'navigate' && readHeader(request, 'sec-fetch-dest').join() === into;
}

function comesFromAnotherSite(request: RawRequest): boolean {
  return readHeader(request, 'sec-fetch-site').some((site) => site !== 'same-origin' && site !== 'none');
}

function mayNavigateHere(request: RawRequest, path: string, { pages }: House): boolean {
  if (readHeader(request, 'sec-fetch-mode').length === 0) return false;
  if (FRAMES.test(path) && isNavigation(request, 'iframe')) return true;
  return isNavigation(request) && (pages.has(path) || FRAMES.test(path) || OWN_PAGES.test(path));
}

function refuse(status: number, title: string, detail: string): Verdict & { kind: 'refuse' } {
  return { kind: 'refuse', problem: { type: 'about:blank', title, status, detail } };
}
