import * as z from 'zod/mini';

/**
 * What the published daemon answers under `/v1`, as far as it is used; fields that are not named here are not looked
 * at. Money is millicents, times are UTC, with up to six digits behind the second.
 */

const MOST_TEXT = 4096;

const count = z.int().check(z.nonnegative());
const text = z.string().check(z.maxLength(MOST_TEXT));
/** A time without a zone is UTC. */
const time = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)?$/));

/** `GET /health` */
export const health = z.object({ status: text, version: text, active_requests: z.optional(z.nullable(count)) });

/** One of `GET /v1/projects` */
export const v1Project = z.object({
  id: text,
  name: text,
  slug: text,
  created_at: time,
  archived_at: z.nullable(time),
  stats: z.object({ all_time_requests: count, all_time_cost_usd_minor_units: z.int() }),
});

export const v1Projects = z.array(v1Project);

/** One call of `GET /v1/projects/{slug}/requests` */
export const v1Call = z.object({
  id: text,
  provider: text,
  model: text,
  mode: text,
  input_tokens: count,
  output_tokens: count,
  thinking_tokens: count,
  cache_read_tokens: count,
  cache_write_tokens: count,
  cost_usd_minor_units: z.nullable(z.int()),
  latency_ms: z.nullable(z.number()),
  tokens_complete: z.boolean(),
  requested_at: time,
  status: text,
});

/** `total` counts what `since`, `until` and `provider` leave, on all pages together. */
export const v1Page = z.object({ items: z.array(v1Call), next_cursor: z.nullable(text), total: count });

/** `GET /v1/projects/{slug}/stats`, as far as it tells which providers there are in a stretch of time. */
export const v1ProjectStats = z.object({ by_provider: z.array(z.object({ provider: z.nullable(text) })) });

/** `GET /v1/stats` */
export const v1Stats = z.object({ summary: z.object({ total_requests: count, total_cost_usd_minor_units: z.int() }) });

/** One of `GET /v1/pricing-rates`, in US dollars per million tokens. */
export const v1Rate = z.object({
  id: text,
  provider: text,
  model: text,
  mode: text,
  effective_from: time,
  effective_to: z.nullable(time),
  input_rate: z.number(),
  output_rate: z.number(),
  thinking_rate: z.number(),
  cache_read_rate: z.number(),
  cache_write_rate: z.number(),
  last_verified_at: z.nullable(time),
});

export const v1Rates = z.array(v1Rate);

export type V1Project = z.infer<typeof v1Project>;
export type V1Call = z.infer<typeof v1Call>;
export type V1Page = z.infer<typeof v1Page>;
export type V1Rate = z.infer<typeof v1Rate>;

/** A time as the daemon stores it, `2026-11-24 07:53:30.386836`: six digits always, so that texts compare as times. */
export function toStored(instant: string): string {
  const [, day, clock, fraction = ''] = /^(.{10})T(.{8})(?:\.(\d+))?/.exec(instant)!;
  return `${day} ${clock}.${fraction.padEnd(6, '0')}`;
}
