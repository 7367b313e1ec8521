import type { CamelCased } from '../api/camel-case.js';
import type { WireShownStatus } from '../api/status.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';

export type Status = CamelCased<WireShownStatus>;

const statusShape: Shape<WireShownStatus> = {
  source: 's',
  reason: ['!', 's'],
  waiting: ['!', 'b'],
  daemon: { url: 's', reachable: 'b', unreachable_since: ['!', 's?'], version: 's?' },
  database: ['?', { path: ['!', 's'], schema_version: 'n', calls: 'n', newest_call_at: 's?' }],
  capture: ['?', { enabled: 'b?', retention_days: 'n?' }],
  features: ['s'],
};

/** `GET /api/status`. `origin` is where `/api` is served, here and in every verb; each throws what `getJson` throws. */
export function getStatus(origin: string, signal: AbortSignal): Promise<Status> {
  return getJson<WireShownStatus>(origin, '/api/status', statusShape, signal);
}
