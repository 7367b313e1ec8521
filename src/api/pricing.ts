import * as z from 'zod/mini';
import { count, instant, millicents, text, textOrNull, tokenCounts } from './primitives.js';

/** One row of the daemon's price list, millicents per million tokens. `provider` is the calls' name for it. */
export const rate = z.object({
  id: text,
  provider: text,
  model: text,
  mode: text,
  /** `bundled` with the daemon, `auto` updated, `operator` set by the user; other values are kept. */
  source: text,
  effective_from: instant,
  effective_to: z.nullable(instant),
  last_verified_at: z.nullable(instant),
  input: z.int(),
  output: z.int(),
  thinking: z.int(),
  cache_read: z.int(),
  cache_write: z.int(),
  /** Calls of its provider, model and mode within its period. */
  calls: count,
});

/** A model seen in calls for which the daemon publishes no rate. */
export const unlistedModel = z.object({
  provider: textOrNull,
  model: textOrNull,
  calls: count,
  cost_millicents: millicents,
  unpriced_calls: count,
  /** Tokens of its priced calls: what the rate is told from that they imply. A daemon that serves this itself has none. */
  priced_tokens: z.optional(z.object(tokenCounts)),
  /**
   * Where `implied=true` asks for them: rates, in whole steps of so many millicents, that give every one of so many priced
   * calls its recorded cost to the millicent, while none a step beside them do. A rate is null where no call used its kind
   * of tokens. Null where there are no such rates, or where the calls can't tell them from others.
   */
  implied: z.optional(
    z.nullable(
      z.object({
        input: z.nullable(z.int()),
        output: z.nullable(z.int()),
        thinking: z.nullable(z.int()),
        cache_read: z.nullable(z.int()),
        cache_write: z.nullable(z.int()),
        step: count,
        calls: count,
      }),
    ),
  ),
  /** Modes of its calls that could be priced: not those whose counts were not seen. */
  unpriced_modes: z.optional(z.array(text)),
});

/** `GET /api/pricing` */
export const pricingAnswer = z.object({
  rates: z.array(rate),
  unlisted: z.array(unlistedModel),
  /** The date in the newest `bundled-YYYY-MM-DD` that a call's rates_source names. */
  bundled_date: textOrNull,
});

export type WireRate = z.infer<typeof rate>;
export type WirePricingAnswer = z.infer<typeof pricingAnswer>;
