import * as z from 'zod/mini';
import { count, textOrNull } from './primitives.js';

/**
 * Sums over calls at other rates than the ones they were recorded with, millicents. Every call is in one of four: it is
 * repriced, added, has no rate, or has no tokens. Each is priced by itself, as the daemon would have, and floored.
 */
const repriced = {
  calls: count,
  /** Calls with a recorded cost that were priced anew: what was recorded, and what they would have cost. */
  repriced_calls: count,
  recorded_millicents: z.int(),
  repriced_millicents: z.int(),
  /** The parts of the two that a subscription covers. */
  recorded_imputed_millicents: z.int(),
  repriced_imputed_millicents: z.int(),
  /** Of the repriced ones: those that failed, and those whose counts are not complete, whose figures are lower bounds. */
  failed_calls: count,
  incomplete_calls: count,
  /** Calls without a recorded cost that these rates price, and what they would have cost. */
  added_calls: count,
  added_millicents: z.int(),
  /** Calls that these rates have no price for, and what of their cost was recorded. */
  no_rate_calls: count,
  no_rate_millicents: z.int(),
  /** Calls without a recorded cost whose counts are not complete: there is nothing to price. */
  no_tokens_calls: count,
};

/** `GET /api/calls/reprice`: projects by their slugs, the one with the greatest recorded cost first. */
export const repriceAnswer = z.object({
  projects: z.array(z.object({ project: textOrNull, ...repriced })),
  totals: z.object(repriced),
});

export type WireRepriceAnswer = z.infer<typeof repriceAnswer>;
