import { Agent, get, type IncomingMessage } from 'node:http';
import * as z from 'zod/mini';
import {
  health,
  v1Page,
  v1Projects,
  v1ProjectStats,
  v1Rates,
  v1Stats,
  type V1Page,
  type V1Project,
  type V1Rate,
} from './shapes.js';
import { V1Error } from './v1-error.js';

/** With a million calls the daemon takes some ten seconds for its projects. */
const ANSWER_TIMEOUT_MS = 60_000;
const HEALTH_TIMEOUT_MS = 2_000;

const MOST_BYTES = 16 * 1024 * 1024;
const MOST_HEALTH_BYTES = 65_536;
const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** The daemon gives no more at once. */
export const PAGE_CALLS = 200;

/** Which calls of a project: both bounds are inclusive, `cursor` leaves out its own instant. */
export interface PageQuery {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly provider?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

/**
 * Asks one daemon, one question after the other, with GET and nothing else. Every verb throws a `V1Error` that names the
 * route where no usable answer comes. An agent of its own: no proxy of the environment.
 */
export class V1Client {
  readonly #url: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #closing = new AbortController();

  constructor(url: string) {
    this.#url = new URL(url);
  }

  health(): Promise<z.infer<typeof health>> {
    return this.#ask('/health', '/health', health, { timeoutMs: HEALTH_TIMEOUT_MS, mostBytes: MOST_HEALTH_BYTES });
  }

  projects(): Promise<readonly V1Project[]> {
    return this.#ask('/v1/projects', '/v1/projects', v1Projects);
  }

  rates(): Promise<readonly V1Rate[]> {
    return this.#ask('/v1/pricing-rates', '/v1/pricing-rates', v1Rates);
  }

  stats(): Promise<z.infer<typeof v1Stats>> {
    return this.#ask('/v1/stats', '/v1/stats', v1Stats);
  }

  /** Newest first. */
  calls(slug: string, { limit = PAGE_CALLS, ...query }: PageQuery): Promise<V1Page> {
    return this.#askProject(slug, 'requests', { ...query, limit: String(limit) }, v1Page);
  }

  /** Of which providers a project has calls between two instants. */
  async providers(slug: string, { since, until }: PageQuery): Promise<readonly (string | null)[]> {
    const { by_provider } = await this.#askProject(slug, 'stats', { since, until, limit: '1' }, v1ProjectStats);
    return by_provider.map(({ provider }) => provider);
  }

  /** What is under way fails. */
  close(): void {
    this.#closing.abort();
    this.#agent.destroy();
  }

  #askProject<T>(
    slug: string,
    what: string,
    query: Readonly<Record<string, string | undefined>>,
    shape: z.ZodMiniType<T>,
  ): Promise<T> {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
    const path = `/v1/projects/${encodeURIComponent(slug)}/${what}?${search}`;
    return this.#ask(path, `/v1/projects/{slug}/${what}`, shape);
  }

  async #ask<T>(
    path: string,
    route: string,
    shape: z.ZodMiniType<T>,
    { timeoutMs = ANSWER_TIMEOUT_MS, mostBytes = MOST_BYTES } = {},
  ): Promise<T> {
    const name = `GET ${route}`;
    const text = await this.#getText(path, name, timeoutMs, mostBytes);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new V1Error('unusable', name, 'did not answer with valid JSON');
    }
    const parsed = z.safeParse(shape, value);
    if (parsed.success) return parsed.data;
    const place = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new V1Error('unusable', name, `answered something of another shape${place === '' ? '' : ` (at ${place})`}`);
  }

  #getText(path: string, name: string, timeoutMs: number, mostBytes: number): Promise<string> {
    const { hostname, port } = this.#url;
    const late = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([late, this.#closing.signal]);
    return new Promise((resolve, reject) => {
      const failSilent = (error: Error): void => {
        const { code } = error as NodeJS.ErrnoException;
        const why = late.aborted
          ? `was not answered within ${timeoutMs / 1000} seconds`
          : `was not answered (${code ?? error.name})`;
        reject(new V1Error('silent', name, why));
      };
      const request = get(
        {
          host: hostname.replace(/^\[|\]$/g, ''),
          port: port === '' ? 80 : Number(port),
          path,
          agent: this.#agent,
          signal,
          headers: { Accept: 'application/json', 'Accept-Encoding': 'identity' },
        },
        (response) => {
          const refuse = (fault: string): void => {
            reject(new V1Error('unusable', name, fault, response.statusCode));
            request.destroy();
          };
          const fault = findFault(response);
          if (fault !== null) return refuse(fault);
          const pieces: Buffer[] = [];
          let bytes = 0;
          response.on('data', (piece: Buffer) => {
            bytes += piece.length;
            if (bytes > mostBytes) refuse(`answered more than ${mostBytes} bytes`);
            else pieces.push(piece);
          });
          response.on('error', failSilent);
          response.on('end', () => resolve(Buffer.concat(pieces).toString('utf8')));
        },
      );
      request.on('error', failSilent);
    });
  }
}

function findFault({ statusCode, headers }: IncomingMessage): string | null {
  if (statusCode !== 200) return `answered with the status ${statusCode}`;
  if (headers['content-encoding'] !== undefined) return 'answered in an encoding that was not asked for';
  const type = headers['content-type'] ?? '';
  return JSON_TYPE.test(type) ? null : `answered with the type ${JSON.stringify(type.slice(0, 60))} instead of JSON`;
}
