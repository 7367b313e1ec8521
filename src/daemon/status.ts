import type { CamelCased } from '../api/camel-case.js';
import type { WireStatus } from '../api/status.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';

export type Status = CamelCased<WireStatus>;

const statusShape: Shape<WireStatus> = {
  source: 's',
  reason: ['!', 's'],
  server: ['!', { version: 's', started_at: 's' }],
  daemon: {
    url: 's',
    reachable: 'b',
    unreachable_since: ['!', 's?'],
    version: 's?',
    active_requests: 'n?',
  },
  database: [
    '?',
    {
      path: 's',
      schema_version: 'n',
      sqlite_version: 's',
      calls: 'n',
      bodies: 'n',
      oldest_call_at: 's?',
      newest_call_at: 's?',
    },
  ],
  capture: [
    '?',
    {
      enabled: 'b?',
      max_body_bytes: 'n?',
      retention_days: 'n?',
      bodies: 'n',
      stored_bytes: 'n',
      truncated: 'n',
      failed: 'n',
      redacted: 'n',
      categories: { '*': 'n' },
    },
  ],
  cloud: ['?', { paired: 'b', workspace: 's?', uploaded_bodies: 'n' }],
  index: ['!', { loaded: 'n', of: 'n' }],
  features: ['s'],
};

/** `GET /api/status`. `origin` is where `/api` is served, here and in every verb; each throws what `getJson` throws. */
export function getStatus(origin: string, signal: AbortSignal): Promise<Status> {
  return getJson<WireStatus>(origin, '/api/status', statusShape, signal);
}
