import * as z from 'zod/mini';
import { count, instant, text, textOrNull } from './primitives.js';

/**
 * `off`: the project's capture is off; `expired`: older than the daemon keeps bodies; `failed`: the daemon tried and
 * could not, see `reason`; `none`: nothing stored and none of these reasons known; `unavailable`: this source has none.
 */
export const bodyState = z.enum(['stored', 'off', 'expired', 'failed', 'none', 'unavailable']);

const side = {
  /** Size before cutting, as the daemon noted it; null where it noted none. */
  bytes: z.nullable(count),
  /** UTF-8 size of the text that is stored, 0 for an empty body, null where no text is stored. */
  stored_bytes: z.nullable(count),
  truncated: z.boolean(),
  content_type: textOrNull,
  error: textOrNull,
};

export const body = z.object({
  call_id: text,
  state: bodyState,
  reason: textOrNull,
  captured_at: z.nullable(instant),
  /** When the daemon sent the body to its vendor's cloud, if it did. */
  uploaded_at: z.nullable(instant),
  /** How many marks of each category. One secret may be counted under two names, so these are "up to". */
  redactions: z.record(z.string(), count),
  request: z.object(side),
  /** `incomplete`: the stream ended before its last event. */
  response: z.extend(z.object(side), { incomplete: z.boolean() }),
});

/** `GET /api/bodies?call=…` in the order asked for. */
export const bodiesAnswer = z.object({ bodies: z.array(body) });

export type BodyState = z.infer<typeof bodyState>;
export type WireBody = z.infer<typeof body>;
export type WireBodiesAnswer = z.infer<typeof bodiesAnswer>;
