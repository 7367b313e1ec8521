import * as z from 'zod/mini';
import { count, instant, text, textOrNull } from './primitives.js';

/**
 * Where the figures come from: a daemon that serves `/api`, which pages ask themselves; the daemon's file; its `/v1` over
 * HTTP (all there is then); or calls we made up.
 */
export const sourceKind = z.enum(['api', 'database', 'daemon', 'demo']);

/** `GET /api/status` */
export const statusAnswer = z.object({
  source: sourceKind,
  /** Why this source: one sentence for people, naming the file or address. */
  reason: z.optional(text),
  /** The source is not there (yet): nothing can be told of it, and `reason` says what is waited for. */
  waiting: z.optional(z.boolean()),
  /** Of hm-elements itself; a daemon that serves `/api` on its own has none. */
  server: z.optional(z.object({ version: text, started_at: instant })),
  daemon: z.object({
    url: text,
    reachable: z.boolean(),
    /** Since when it has not answered, as far as this server saw; null while it answers or never did. */
    unreachable_since: z.optional(z.nullable(instant)),
    version: textOrNull,
    active_requests: z.nullable(count),
  }),
  database: z.nullable(
    z.object({
      /** Of its file and of SQLite, where this server reads it; a daemon need not tell. */
      path: z.optional(text),
      schema_version: count,
      sqlite_version: z.optional(text),
      calls: count,
      bodies: count,
      oldest_call_at: z.nullable(instant),
      newest_call_at: z.nullable(instant),
    }),
  ),
  /** Null where there is no table for bodies, and until the index has gone through it. */
  capture: z.nullable(
    z.object({
      /** The master switch in the daemon's config.toml, on unless it says otherwise; null where it can't be read. */
      enabled: z.nullable(z.boolean()),
      max_body_bytes: z.nullable(count),
      retention_days: z.nullable(count),
      bodies: count,
      stored_bytes: count,
      truncated: count,
      failed: count,
      redacted: count,
      /** When the oldest of the stored bodies was captured. */
      oldest_body_at: z.optional(z.nullable(instant)),
      categories: z.record(z.string(), count),
    }),
  ),
  cloud: z.nullable(
    z.object({
      paired: z.boolean(),
      workspace: textOrNull,
      uploaded_bodies: count,
      /** Whether the daemon's config.toml lets bodies go there; null where it can't be read. */
      uploads_bodies: z.optional(z.nullable(z.boolean())),
    }),
  ),
  /** Rows of the index that answers from memory; until all are loaded, `capture` is null and lists may take longer. */
  index: z.optional(z.object({ loaded: count, of: count })),
  features: z.array(text),
  /** What of the daemon's calls is missing in the answers, or wrong with them: a sentence or two each. */
  notes: z.optional(z.array(text)),
});

export type WireStatus = z.infer<typeof statusAnswer>;

/** What is shown of capture, and all that is checked for it. */
export interface WireCaptureStatus extends Pick<
  WireStatus,
  'source' | 'reason' | 'waiting' | 'capture' | 'cloud' | 'index' | 'features'
> {
  database: Pick<NonNullable<WireStatus['database']>, 'calls'> | null;
}

/** What the elements show of it, and all that a page checks. */
export interface WireShownStatus extends Pick<WireStatus, 'source' | 'reason' | 'waiting' | 'features'> {
  daemon: Omit<WireStatus['daemon'], 'active_requests'>;
  database: Pick<NonNullable<WireStatus['database']>, 'path' | 'schema_version' | 'calls' | 'newest_call_at'> | null;
  capture: Pick<NonNullable<WireStatus['capture']>, 'enabled' | 'retention_days'> | null;
}
