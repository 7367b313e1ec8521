/** An address that is not on this machine alone; the message goes on after the name of what it was given for. */
export class LoopbackError extends Error {}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The origin of a daemon on this machine: `http://127.0.0.1:8765`.
 * @throws LoopbackError for anything else than `http://`, a loopback name and a port.
 */
export function parseLoopbackUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const shown = JSON.stringify(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new LoopbackError(`takes an address such as http://127.0.0.1:8765, not ${shown}.`);
  }
  if (!LOOPBACK.has(url.hostname)) {
    throw new LoopbackError(`takes an address on this machine (127.0.0.1, localhost or [::1]), not ${shown}.`);
  }
  if (url.protocol !== 'http:') throw new LoopbackError(`takes an address that begins with http://, not ${shown}.`);
  if (url.username !== '' || url.password !== '' || url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new LoopbackError(`takes an address without anything after the port, not ${shown}.`);
  }
  return url.origin;
}

/**
 * The origin of pages on this machine that may hold elements, as a browser writes it: `http://localhost:5173`.
 * @throws LoopbackError for `null`, `*`, public origins, and whatever a browser would write in another way: it compares
 *   letter by letter, so such an origin would never be allowed.
 */
export function parsePageOrigin(text: string): string {
  const shown = JSON.stringify(text);
  if (text === 'null') {
    throw new LoopbackError(`does not take "null": every file and every sandboxed frame, a hostile one too, has it.`);
  }
  if (text.includes('*')) {
    throw new LoopbackError(`takes one exact origin, not ${shown}: what is recorded would be open to any page.`);
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new LoopbackError(`takes an origin such as http://localhost:5173, not ${shown}.`);
  }
  if (!LOOPBACK.has(url.hostname)) {
    throw new LoopbackError(`takes an origin on this machine (localhost, 127.0.0.1 or [::1]), not ${shown}.`);
  }
  if (url.origin !== text) {
    throw new LoopbackError(`takes an origin as the browser writes it, ${url.origin}, not ${shown}.`);
  }
  return text;
}
