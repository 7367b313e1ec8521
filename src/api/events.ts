import * as z from 'zod/mini';
import { count, instant } from './primitives.js';

/** What can have happened to calls: new ones, a cost recomputed, a call moved to another project, another file. */
export const change = z.enum(['insert', 'cost', 'project', 'file']);

/** `event: calls` of `GET /api/events`: the database changed. */
export const callsEvent = z.object({
  newest_call_at: z.nullable(instant),
  calls: count,
  changed: z.array(change),
});

export type WireCallsEvent = z.infer<typeof callsEvent>;
