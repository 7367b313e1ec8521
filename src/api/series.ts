import * as z from 'zod/mini';
import { instant, sums, textOrNull } from './primitives.js';
import { BUCKETS } from './query.js';

/**
 * `GET /api/calls/series`. Buckets start at local midnight, hour, Monday or the first of the month in `tz`; empty ones
 * are there with zeros; each series has the same buckets. `by=none` has one series, its key is `all`.
 */
export const seriesAnswer = z.object({
  bucket: z.enum(BUCKETS),
  tz: z.string(),
  series: z.array(z.object({ key: textOrNull, points: z.array(z.object({ start: instant, ...sums })) })),
});

export type WireSeriesAnswer = z.infer<typeof seriesAnswer>;
