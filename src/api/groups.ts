import * as z from 'zod/mini';
import { instant, milliseconds, sums, textOrNull, totals } from './primitives.js';
import { GROUP_KEYS } from './query.js';

/** `GET /api/calls/groups`, dearest first. The key of a day is `YYYY-MM-DD` in `tz`, of a project its slug. */
export const groupsAnswer = z.object({
  by: z.enum(GROUP_KEYS),
  groups: z.array(
    z.object({
      key: textOrNull,
      ...sums,
      avg_latency_ms: milliseconds,
      first_call_at: z.nullable(instant),
      last_call_at: z.nullable(instant),
    }),
  ),
  totals,
});

export type WireGroupsAnswer = z.infer<typeof groupsAnswer>;
