import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { BASE_HEADERS } from './headers.js';
import { refuseRequest, wantsPage, type Refusal } from './refuse-request.js';

/** 128 bits each: none is found by trying. */
const RANDOM_BYTES = 16;
/** How long an address that was printed opens the page, if nobody has opened it. */
export const KEY_MINUTES = 10;

const OPENING = /^\/open\/([\w-]+)$/;
const INSIDE = /^\/k\/([\w-]+)(?=$|[/?])/;

const REFUSAL: Refusal = {
  title: 'This address does not open hm-elements',
  paragraphs: [
    `The server was started with <code>--token</code>: it answers only to who knows an address that it prints in its terminal. Each opens once, within ${KEY_MINUTES} minutes, and holds until the server ends.`,
    'Look into the terminal: where none is left, a new one stands there now.',
  ],
  detail:
    'This page has to be opened anew: the server was started again, or by an address it does not know. The terminal it runs in has a new one.',
};

export interface KeyGateParts {
  readonly port: number;
  /** Takes an address that opens the page, whenever there is a new one. */
  readonly offer: (address: string) => void;
  /** Takes one line about a key that was used a second time. */
  readonly warn: (line: string) => void;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
}

/**
 * Lets in only who knows a secret that stands before every path: `/k/SECRET/api/status`. Whatever a page fetches by an
 * address relative to its own modules has it by itself, events and workers too, where no header could be sent; a cookie
 * would go to every port of localhost.
 *
 * The secret is given once, to who opens `/open/KEY` first: that key may be seen in a list of processes, in a terminal or
 * in a history afterwards, where it is of no use any more. It never comes back: a new run has a new one.
 */
export class KeyGate {
  /** What stands before every path. */
  readonly base: string;
  readonly #parts: KeyGateParts;
  readonly #secret = makeRandom();
  #key: { readonly digest: Buffer; readonly until: number } | null = null;
  #used: Buffer | null = null;

  constructor(parts: KeyGateParts) {
    this.#parts = parts;
    this.base = `/k/${this.#secret}`;
  }

  /** Gives out an address with a new key; the one before it opens nothing any more. */
  offer(): void {
    const key = makeRandom();
    this.#key = { digest: digestOf(key), until: this.#now() + KEY_MINUTES * 60_000 };
    this.#parts.offer(`http://localhost:${this.#parts.port}/open/${key}`);
  }

  /** The listener for what has the secret before its path, which it gets without. */
  guard(listener: RequestListener): RequestListener {
    const secret = digestOf(this.#secret);
    return (request, response) => {
      const [prefix, given] = INSIDE.exec(request.url ?? '') ?? [];
      if (given !== undefined && timingSafeEqual(digestOf(given), secret)) {
        const path = request.url!.slice(prefix!.length);
        request.url = path.startsWith('/') ? path : `/${path}`;
        listener(request, response);
      } else if (this.#opens(request)) this.#letIn(response);
      else this.#refuse(request, response);
    };
  }

  /** Whether this request has the key, which is used by it. What a browser fetches in advance may never be looked at. */
  #opens({ method, url = '', headers }: IncomingMessage): boolean {
    const given = OPENING.exec(url)?.[1];
    if (given === undefined || method !== 'GET' || headers['sec-purpose'] !== undefined) return false;
    const digest = digestOf(given);
    if (this.#used !== null && timingSafeEqual(digest, this.#used)) {
      this.#parts.warn(
        'The address that was printed has been opened a second time. If the first was not you, end this server and start it again.',
      );
    }
    if (!this.#hasKey() || !timingSafeEqual(digest, this.#key!.digest)) return false;
    this.#used = digest;
    this.#key = null;
    return true;
  }

  #letIn(response: ServerResponse): void {
    const Location = `http://localhost:${this.#parts.port}${this.base}/`;
    response.writeHead(303, { ...BASE_HEADERS, 'Cache-Control': 'no-store', Location, 'Content-Length': 0 }).end();
  }

  /** Whoever wants a page is told to look into the terminal, so that there has to be something to see. */
  #refuse(request: IncomingMessage, response: ServerResponse): void {
    if (wantsPage(request) && !this.#hasKey()) this.offer();
    refuseRequest(request, response, REFUSAL);
  }

  #hasKey(): boolean {
    return this.#key !== null && this.#now() < this.#key.until;
  }

  #now(): number {
    return (this.#parts.now ?? Date.now)();
  }
}

function makeRandom(): string {
  return randomBytes(RANDOM_BYTES).toString('base64url');
}

/** Of equal length whatever was given, so that comparing takes equally long. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
