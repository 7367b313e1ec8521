import * as z from 'zod/mini';
import { count, instant } from './primitives.js';
import { statusAnswer } from './status.js';

/**
 * What can have happened to calls: new ones, a cost recomputed, a call moved to another project, bodies captured or
 * gone, another file.
 */
export const change = z.enum(['insert', 'cost', 'project', 'body', 'file']);

/** `event: calls` of `GET /api/events`: the database changed. Its `id` tells a later stream what this one heard. */
export const callsEvent = z.object({
  newest_call_at: z.nullable(instant),
  calls: count,
  changed: z.array(change),
});

/** `event: status`: the daemon came or went; null where the source can't be read any more, and a question says why. */
export const statusEvent = z.object({ daemon: z.nullable(statusAnswer.shape.daemon) });

export type WireCallsEvent = z.infer<typeof callsEvent>;
