import * as z from 'zod/mini';
import { count, instant, text, textOrNull } from './primitives.js';

/** A column of the picture from 0 at the left, how many calls stand in it, and the id of the newest of them. */
const laneMark = z.object({ column: count, calls: count, id: text });

/**
 * `GET /api/calls/strip`: the cost of every call of the filter over time, ready to be drawn. Time runs from `since`
 * (first call, or the filter's own border) to `until` in `columns` equal stretches; cost from `min_millicents` to
 * `max_millicents` in `rows` equal steps of its logarithm. Up to some thousands `points` holds each priced call and
 * `bins` is null; above, `bins` counts them and `points` is null. Calls that failed, that
 * have no price, or a recorded cost of 0 (under a millicent, or nothing used), are on lanes.
 */
export const stripAnswer = z.object({
  since: z.nullable(instant),
  until: z.nullable(instant),
  columns: count,
  rows: count,
  min_millicents: z.nullable(z.int()),
  max_millicents: z.nullable(z.int()),
  /** Priced calls above 0, that is those that points or bins hold. */
  priced_calls: count,
  points: z.nullable(z.array(z.object({ id: text, at: instant, cost_millicents: z.int() }))),
  bins: z.nullable(z.array(z.object({ column: count, row: count, calls: count, id: text }))),
  zero: z.array(laneMark),
  failed: z.array(laneMark),
  unpriced: z.array(laneMark),
  /** Rolling 10, 50 and 90 % of the cost of the calls around a column; columns without enough calls are left out. */
  band: z.array(
    z.object({
      column: count,
      calls: count,
      p10_millicents: z.number(),
      p50_millicents: z.number(),
      p90_millicents: z.number(),
    }),
  ),
  /** When something changed that bears on the cost, and what: a rate, or the model most of a project's calls use. */
  changes: z.array(
    z.object({
      at: instant,
      kind: z.enum(['rate', 'model', 'provider']),
      project: textOrNull,
      from: textOrNull,
      to: textOrNull,
    }),
  ),
});

export type WireStripAnswer = z.infer<typeof stripAnswer>;
