import * as z from 'zod/mini';

/**
 * What every answer is made of. Source: the daemon's SQLite file, as `published.md` of the daemon's facts tells it.
 * Shapes are zod/mini, because the browser loads them too.
 */

/** An instant, RFC 3339 in UTC with `Z`, at the precision that was stored: `2026-11-24T07:53:30.386836Z`. */
export const instant = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/));

/** A count: a whole number from 0. */
export const count = z.int().check(z.nonnegative());

/** Millicents, 100,000 to the US dollar. `null` is "not priced" and never the same as 0. */
export const millicents = z.nullable(z.int());

/** Milliseconds, with fractions; `null` where the daemon did not measure. */
export const milliseconds = z.nullable(z.number());

export const text = z.string();
export const textOrNull = z.nullable(z.string());

/** The five disjoint token counts: input excludes cached input, output excludes thinking. */
export const tokenCounts = {
  input_tokens: count,
  output_tokens: count,
  thinking_tokens: count,
  cache_read_tokens: count,
  cache_write_tokens: count,
};

/**
 * Sums over a set of calls. `cost_millicents` is a lower bound where `unpriced_calls` is above 0, `null` where no call
 * of a non-empty set is priced, and includes `imputed_millicents`: what calls covered by a subscription would have cost.
 */
export const sums = {
  calls: count,
  failed_calls: count,
  unpriced_calls: count,
  incomplete_calls: count,
  cost_millicents: millicents,
  imputed_millicents: count,
  ...tokenCounts,
};

export const totals = z.object(sums);
