/** Where a daemon's API is by its own documentation, when nothing nearer is known. */
const DOCUMENTED_ORIGIN = 'http://127.0.0.1:8765';

/**
 * Base address of the server that an element's module came from, so that one script tag is enough on any page: it serves
 * the API too. With `--token`, `/k/SECRET` is part of it. A module from a file or a bundle without an address falls back to
 * the documented one.
 */
export function moduleOrigin(moduleUrl: string): string {
  return /^https?:\/\/[^/]+(\/k\/[\w-]{22}(?=\/))?/.exec(moduleUrl)?.[0] ?? DOCUMENTED_ORIGIN;
}
