import * as z from 'zod/mini';

/** An error, RFC 9457, `application/problem+json`. `parameter` names the query parameter that was wrong. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  parameter: z.optional(z.string()),
});

export type Problem = z.infer<typeof problem>;
