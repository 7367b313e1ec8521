import * as z from 'zod/mini';
import { count, instant, text } from './primitives.js';

/** Every call is in exactly one of the first six after `calls`: they sum to it. */
const states = {
  calls: count,
  /** Kept whole. */
  stored: count,
  /** Kept up to the daemon's size cap. */
  truncated: count,
  /** The daemon tried and could not. */
  failed: count,
  /** Older than the daemon keeps bodies. */
  expired: count,
  /** Made while capture was off, for the project or for all. */
  off: count,
  /** Nothing is kept, and none of these reasons is known. */
  none: count,
};

const figures = {
  ...states,
  /** UTF-8 size of the texts that are kept. */
  stored_bytes: count,
  /** Calls whose bodies the daemon sent to its vendor's cloud. */
  uploaded: count,
  /** Calls in whose bodies something was redacted. */
  redacted_bodies: count,
  /**
   * Marks set, most first; names are the daemon's own and may be any text. One secret may be counted under two names, so
   * these are "up to".
   */
  categories: z.array(z.object({ category: text, count })),
  /** When the first and the last of the calls was made whose bodies are kept. */
  oldest_body_at: z.nullable(instant),
  newest_body_at: z.nullable(instant),
};

/**
 * `GET /api/bodies/summary`: what is kept of the bodies of the filter's calls, by project, those with the most calls
 * first. The states are those that `GET /api/bodies` tells of each call, what it calls `stored` split by whether it was
 * cut. `capture_enabled` is the project's own switch, `changed_at` null where nobody ever touched it.
 */
export const bodySummaryAnswer = z.object({
  projects: z.array(
    z.object({
      slug: text,
      archived_at: z.nullable(instant),
      capture_enabled: z.boolean(),
      changed_at: z.nullable(instant),
      ...figures,
    }),
  ),
  totals: z.object(figures),
});

export type WireBodySummary = z.infer<typeof bodySummaryAnswer>;
