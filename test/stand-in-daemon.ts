import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { WireStatus } from '../src/api/status.js';
import { createApp } from '../src/server/app.js';
import { EventStreams } from '../src/server/event-streams.js';
import { openDatabaseSource } from '../src/server/sources/database/database-source.js';

export interface StandInOptions {
  /** The database it serves. */
  readonly path: string;
  /** The one origin whose pages it lets in, as the published daemon does with http://localhost:3000. */
  readonly pageOrigin: string;
  readonly port?: number;
  readonly version?: string;
  /** Serve what the daemon's own documentation names, and nothing more of ours. */
  readonly isPlain?: boolean;
}

export interface StandIn {
  readonly url: string;
  readonly port: number;
  /** Paths it was asked for, in order, with the Origin that asked. */
  readonly asked: readonly { readonly path: string; readonly origin: string | undefined }[];
  stop(): Promise<void>;
}

/** What api.md does not name. */
const ADDED = /^\/api\/(calls\/(groups|strip|reprice)|bodies\/summary|openapi\.json)$/;

/**
 * A daemon that serves the documented `/api` itself, as none that is published does yet: our own routes over a real
 * database, on a port of their own, under the daemon's rule for origins. It looks at no Host, as the daemon does not.
 */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const { path, pageOrigin, port = 0, version = '0.7.0', isPlain = false } = options;
  const source = await openDatabaseSource(path);
  const asked: { path: string; origin: string | undefined }[] = [];
  const daemonOf = (url: string): WireStatus['daemon'] => ({ url, reachable: true, version, active_requests: 0 });
  const readDaemon = (): Promise<WireStatus['daemon']> => Promise.resolve(daemonOf(url));
  const events = new EventStreams({ source, readDaemon });
  const readStatus = async (): Promise<WireStatus> => {
    const known = await source.status();
    const status: WireStatus = { source: 'database', daemon: daemonOf(url), ...known };
    return isPlain ? makePlain(status) : status;
  };
  const app = createApp({ source, readStatus, events, files: new Map(), log: () => undefined });
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const origin = request.headers.get('origin') ?? undefined;
    asked.push({ path: pathname, origin });
    const isMissing = !pathname.startsWith('/api/') || (isPlain && ADDED.test(pathname));
    const response = isMissing ? Response.json({ detail: 'Not Found' }, { status: 404 }) : await app.fetch(request);
    response.headers.delete('Access-Control-Allow-Origin');
    if (origin === pageOrigin) response.headers.set('Access-Control-Allow-Origin', origin);
    return response;
  };
  const handle = getRequestListener(answer, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void handle(request, response));
  server.listen({ host: '127.0.0.1', port });
  await once(server, 'listening');
  const taken = (server.address() as AddressInfo).port;
  const url = `http://127.0.0.1:${taken}`;
  return { url, port: taken, asked, stop: () => stop(server, events, source) };
}

async function stop(server: Server, events: EventStreams, source: { close(): Promise<void> }): Promise<void> {
  events.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await source.close();
}

/** As api.md has it, without a field more. */
function makePlain({ source, daemon, database, capture, cloud, features }: WireStatus): WireStatus {
  const { url, reachable, version, active_requests } = daemon;
  return {
    source,
    daemon: { url, reachable, version, active_requests },
    database: database && {
      schema_version: database.schema_version,
      calls: database.calls,
      bodies: database.bodies,
      oldest_call_at: database.oldest_call_at,
      newest_call_at: database.newest_call_at,
    },
    capture: capture && {
      enabled: capture.enabled,
      max_body_bytes: capture.max_body_bytes,
      retention_days: capture.retention_days,
      bodies: capture.bodies,
      stored_bytes: capture.stored_bytes,
      truncated: capture.truncated,
      failed: capture.failed,
      redacted: capture.redacted,
      categories: capture.categories,
    },
    cloud: cloud && { paired: cloud.paired, workspace: cloud.workspace, uploaded_bodies: cloud.uploaded_bodies },
    features: features.filter((name) => ['bodies', 'sort', 'series', 'events'].includes(name)),
  };
}
