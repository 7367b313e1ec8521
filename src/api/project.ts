import * as z from 'zod/mini';
import { count, instant, milliseconds, millicents, sums, text, textOrNull, totals } from './primitives.js';

/**
 * One project in the window of the filter. `tags` tell how its calls came to it (`null` method: the daemon did not
 * say); `capture.enabled` is the project's own switch, `changed_at` null where nobody ever touched it.
 */
export const project = z.object({
  slug: text,
  name: text,
  created_at: z.nullable(instant),
  archived_at: z.nullable(instant),
  tags: z.array(z.object({ method: textOrNull, calls: count })),
  capture: z.nullable(
    z.object({ enabled: z.boolean(), changed_at: z.nullable(instant), bodies: count, redacted: count }),
  ),
  ...sums,
  avg_latency_ms: milliseconds,
  p95_latency_ms: milliseconds,
  first_call_at: z.nullable(instant),
  last_call_at: z.nullable(instant),
  top_model: textOrNull,
  top_provider: textOrNull,
  daily: z.array(
    z.object({ date: z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/)), calls: count, cost_millicents: millicents }),
  ),
});

/** `GET /api/projects`, dearest first. */
export const projectsAnswer = z.object({ projects: z.array(project), totals });

export type WireProject = z.infer<typeof project>;
export type WireProjectsAnswer = z.infer<typeof projectsAnswer>;

/** What a page shows of one, and all that it checks. */
export interface WireShownProject extends Omit<WireProject, 'daily'> {
  daily: Pick<WireProject['daily'][number], 'cost_millicents'>[];
}

export interface WireShownProjects extends Pick<WireProjectsAnswer, 'totals'> {
  projects: WireShownProject[];
}
