import type { WireBodySummary } from '../api/body-summary.js';
import type { CamelCased } from '../api/camel-case.js';
import { type Filter, filterToSearch } from '../api/filter.js';
import type { WireCaptureStatus } from '../api/status.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';

export type CaptureStatus = CamelCased<WireCaptureStatus>;
export type BodySummary = CamelCased<WireBodySummary>;

const captureShape: Shape<WireCaptureStatus> = {
  source: 's',
  reason: ['!', 's'],
  waiting: ['!', 'b'],
  database: ['?', { calls: 'n' }],
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
      oldest_body_at: ['!', 's?'],
      categories: { '*': 'n' },
    },
  ],
  cloud: ['?', { paired: 'b', workspace: 's?', uploaded_bodies: 'n', uploads_bodies: ['!', 'b?'] }],
  index: ['!', { loaded: 'n', of: 'n' }],
  features: ['s'],
};

const figuresShape: Shape<WireBodySummary['totals']> = {
  calls: 'n',
  stored: 'n',
  truncated: 'n',
  failed: 'n',
  expired: 'n',
  off: 'n',
  none: 'n',
  stored_bytes: 'n',
  uploaded: 'n',
  redacted_bodies: 'n',
  categories: [{ category: 's', count: 'n' }],
  oldest_body_at: 's?',
  newest_body_at: 's?',
};

const summaryShape: Shape<WireBodySummary> = {
  projects: [{ slug: 's', archived_at: 's?', capture_enabled: 'b', changed_at: 's?', ...figuresShape }],
  totals: figuresShape,
};

/** `GET /api/status`, as far as it is about capture. */
export function getCapture(origin: string, signal: AbortSignal): Promise<CaptureStatus> {
  return getJson<WireCaptureStatus>(origin, '/api/status', captureShape, signal);
}

/** `GET /api/bodies/summary` */
export function summarizeBodies(origin: string, filter: Filter, signal: AbortSignal): Promise<BodySummary> {
  return getJson<WireBodySummary>(origin, `/api/bodies/summary${filterToSearch(filter)}`, summaryShape, signal);
}
